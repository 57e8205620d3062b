import { MAX_REST_PAGE_ROWS } from '../../api/rest-api';
import { keyVariable } from '../key';
import { shellPrint, shellWord, type ShellLine } from '../literals/shell';
import { partsWithoutSecrets, wordsOf } from '../secrets';
import { Expression, isTemplateList, isTemplateRecord, type Template } from '../template';
import { requireWellFormed, type ResolvedRestCall } from './call';

/**
 * A POSIX shell script for a request over REST v2: it gets a token with curl, sends the request, prints the JSON of the answer and logs
 * out. Its exit code is 1 for an error. No secret is on a command line, where other users of the machine could read it. The shell
 * interprets no text of the call or the store.
 */
export function curlRestProgram(call: ResolvedRestCall): string {
  const hidden = partsWithoutSecrets<{ readonly value: Template }>(
    [{ value: call.body ?? null }],
    ({ variable }) => `"$(json "$${variable}")"`,
  );
  const needed = [
    `: "\${${keyVariable}:?Set it to the API key.}"`,
    ...hidden.taken.map(({ attribute, variable }) => `: "\${${variable}:?Set it to the ${wordsOf(attribute)}.}"`),
  ];
  const login: Template = { grant_type: 'api_user', username: call.user, api_key: new Expression(`"$(json "$${keyVariable}")"`) };
  const notes = [
    call.title,
    ...(call.conditions.length === 0 ? [] : [conditionNote(call)]),
    ...(call.part === undefined ? [] : [partNote(call.part)]),
  ];
  return `#!/bin/sh
${notes.map((note) => `# ${note}`).join('\n')}
set -eu
${needed.join('\n')}
api=${shellWord(call.api)}
token=

# A text as the inside of a JSON string.
json() {
  printf '%s' "$1" | sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g' -e "s/$(printf '\\t')/\\\\\\\\t/g" -e "s/$(printf '\\r')/\\\\\\\\r/g" | awk 'NR > 1 { printf "\\\\n" } { printf "%s", $0 }'
}

# send METHOD PATH [KEY]: sends standard input, where it holds something, and prints the answer, with its status on a line of its own at
# the end. Header and body go to curl in its own file format, so that no other user of this machine can see them.
send() {
  body=$(cat | sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g' | tr -d '\\n')
  {
    printf 'request = "%s"\\nheader = "Accept: application/json"\\n' "$1"
    if [ -n "$token" ]; then printf 'header = "Authorization: Bearer %s"\\n' "$token"; fi
    if [ -n "\${3-}" ]; then printf 'header = "X-Idempotency-Key: %s"\\n' "$3"; fi
    if [ -n "$body" ]; then printf 'header = "Content-Type: application/json"\\ndata-raw = "%s"\\n' "$body"; fi
  } | curl --silent --show-error --globoff --proto '=http,https' --config - --write-out '\\n%{http_code}' --url "$api$2"
}

# Ends the script with the answer where its status says that there was an error.
check() {
  case $(printf '%s' "$1" | tail -n 1) in
    2??) ;;
    *) printf '%s\\n' "$1" >&2; logout; exit 1 ;;
  esac
}

logout() {
  if [ -n "$token" ]; then printf '{}' | send POST /auth/logout >/dev/null 2>&1 || :; fi
}

login() {
${shellPrint(jsonLines(login))}
}
${call.body === undefined ? '' : `\nbody() {\n${shellPrint(jsonLines(hidden.value[0]?.value ?? null))}\n}\n`}
answer=$(login | send POST /auth/token)
check "$answer"
token=$(printf '%s' "$answer" | sed -n 's/.*"token":"\\([A-Za-z0-9._-]*\\)".*/\\1/p' | head -n 1)
[ -n "$token" ] || { echo 'The answer holds no token.' >&2; exit 1; }

${call.paged ? pages(call) : once(call)}
logout
`;
}

function once({ http, target, body }: ResolvedRestCall): string {
  const sent = body === undefined ? `send ${http} ${shellWord(target)} </dev/null` : `body | send ${http} ${shellWord(target)} "$key"`;
  const key = `# With the same key a write whose answer was lost can be sent again. Each write needs a key of its own.
key=$(od -An -tx1 -N16 /dev/urandom | tr -d ' \\n')
`;
  return `${body === undefined ? '' : key}answer=$(${sent})
check "$answer"
printf '%s\\n' "$answer" | sed '$d'`;
}

function pages({ target }: ResolvedRestCall): string {
  const path = `${target}${target.includes('?') ? '&' : '?'}itemsPerPage=${MAX_REST_PAGE_ROWS}&page=`;
  return `# A page has ${MAX_REST_PAGE_ROWS} rows at most, whatever is asked for, and nothing says how many there are in all: an empty one is the end.
page=1
before=
printf '['
while :; do
  answer=$(send GET ${shellWord(path)}"$page" </dev/null)
  check "$answer"
  rows=$(printf '%s\\n' "$answer" | sed '$d' | sed -e 's/^\\[//' -e 's/]$//')
  if [ -z "$rows" ] || [ "$rows" = "$before" ]; then break; fi
  if [ "$page" -gt 1 ]; then printf ','; fi
  printf '%s' "$rows"
  before=$rows
  page=$((page + 1))
done
printf ']\\n'`;
}

/** A value as JSON on one line. The value of a shell expression becomes the content of a JSON text. */
function jsonLines(value: Template): readonly ShellLine[] {
  return [jsonParts(value)];
}

function jsonParts(value: Template): ShellLine {
  if (value instanceof Expression) return ['"', value, '"'];
  if (isTemplateList(value)) return ['[', ...separated(value.map(jsonParts)), ']'];
  if (isTemplateRecord(value))
    return ['{', ...separated(Object.entries(value).map(([key, inner]) => [`${jsonText(key)}:`, ...jsonParts(inner)])), '}'];
  return [typeof value === 'string' ? jsonText(value) : JSON.stringify(value)];
}

function separated(parts: readonly ShellLine[]): ShellLine {
  return parts.flatMap((part, index) => (index === 0 ? part : [',', ...part]));
}

/** A text as JSON in ASCII, so that it does not depend on the encoding of the shell or terminal. */
function jsonText(text: string): string {
  requireWellFormed(text);
  return JSON.stringify(text).replace(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function conditionNote({ conditions }: ResolvedRestCall): string {
  // Attribute names come from the table of REST. Other characters must not end the comment.
  const names = [...new Set(conditions.map(({ attribute }) => attribute.replace(/[^\w]/g, '_')))].join(', ');
  return `REST cannot look for this, so every customer is printed: keep those that fit, by ${names}.`;
}

function partNote(part: string): string {
  return `The answer is the whole customer: what is wanted is in "${part}".`;
}
