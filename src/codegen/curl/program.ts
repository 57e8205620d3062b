import { dialectLabels, type SoapDialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import type { CodeCall, ResolvedCall } from '../call';
import { keyVariable } from '../key';
import { endpointFor } from '../endpoint';
import { shellNote } from '../empty';
import { shellPrint, shellWord, type ShellLine } from '../literals/shell';
import { isGuarded, partsWithoutSecrets, variableFor, wordsOf, type TakenSecret } from '../secrets';
import { Expression } from '../template';
import { callParts, envelopeLines } from './envelope';

/**
 * A POSIX shell script for a call: it logs in with curl, calls, prints the XML of the answer, and ends its session. Its exit code is 1 for
 * a fault and for an answer that is not SOAP. No secret is on a command line, where other users of the machine could read it. The shell
 * interprets no text of the call or the store.
 */
export function curlProgram(call: ResolvedCall): string {
  const hidden = partsWithoutSecrets(callParts(call), read);
  return script(
    call,
    call.empty.length === 0 ? call.title : `${call.title}\n${shellNote(call.empty)}`,
    hidden.taken,
    envelopeLines(call, call.operation, hidden.value, call.wrapper),
  );
}

/** A raw envelope to generate a program for. */
export interface RawEnvelope extends Pick<CodeCall, 'url' | 'user' | 'dialect' | 'namespace'> {
  /** XML with `{{$session}}` for the session, and the name of the attribute in braces for a secret, such as `{{password}}`. */
  readonly envelope: string;
}

/**
 * Like {@link curlProgram}, for a handwritten envelope, which is posted unchanged.
 * @throws {ToolkitError} of kind `input`, `forbidden-character`, for an envelope with U+0000, which no shell script can contain
 */
export function envelopeProgram({ envelope, url, user, dialect, namespace = 'urn:Maho' }: RawEnvelope): string {
  if (envelope.includes('\0'))
    throw new ToolkitError('input', {
      code: 'forbidden-character',
      what: 'The envelope holds the character U+0000, which XML cannot carry.',
      next: 'Remove the character.',
    });
  const taken = new Map<string, TakenSecret>();
  const parts = envelope
    .trimEnd()
    .split(/(\\?\{\{[^{}]*\}\})/)
    .map((part) => {
      const name = /^\{\{\s*(.*?)\s*\}\}$/.exec(part)?.[1];
      // A backslash escapes the braces, as in request files.
      if (part.startsWith('\\{{')) return part.slice(1);
      if (name === '$session') return new Expression('"$session"');
      if (name === undefined || !isGuarded(name)) return part;
      const secret = { attribute: name, name, variable: variableFor(name) };
      taken.set(name, secret);
      return new Expression(read(secret));
    });
  return script(
    { dialect, namespace, user, endpoint: endpointFor(url, dialect) },
    `An envelope that was written by hand (SOAP ${dialectLabels[dialect]}).`,
    [...taken.values()],
    [parts],
  );
}

function read({ variable }: Pick<TakenSecret, 'variable'>): string {
  return `"$(xml "$${variable}")"`;
}

interface Conversation {
  readonly dialect: SoapDialect;
  readonly namespace: string;
  readonly user: string;
  readonly endpoint: string;
}

/** @param body the envelope to post between login and logout */
function script(call: Conversation, title: string, taken: readonly TakenSecret[], body: readonly ShellLine[]): string {
  const needed = [
    `: "\${${keyVariable}:?Set it to the API key.}"`,
    ...taken.map(({ attribute, variable }) => `: "\${${variable}:?Set it to the ${wordsOf(attribute)}.}"`),
  ];
  const login = [
    { name: 'username', value: call.user },
    { name: 'apiKey', value: new Expression(read({ variable: keyVariable })) },
  ];
  const end = [{ name: 'sessionId', value: new Expression('"$session"') }];
  return `#!/bin/sh
# ${title}
set -eu
${needed.join('\n')}
url=${shellWord(call.endpoint)}

soap() { curl --silent --show-error --globoff --proto '=http,https' --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- --url "$url"; }
xml() { printf '%s' "$1" | sed -e 's/&/\\&amp;/g' -e 's/</\\&lt;/g' -e 's/>/\\&gt;/g'; }

# Whether an answer is a result. A fault comes with HTTP 200, too, and the error page of a shop is not SOAP.
isResult() {
  flat=$(printf '%s' "$1" | tr '\\n\\r\\t' '   ')
  body='<([^<>/: ]+:)?Body[^<]*> *<'
  printf '%s\\n' "$flat" | grep -Eq "$body" && ! printf '%s\\n' "$flat" | grep -Eq "$body([^<>/: ]+:)?Fault[ />]"
}

login() {
${shellPrint(envelopeLines(call, 'login', login))}
}

call() {
${shellPrint(body)}
}

endSession() {
${shellPrint(envelopeLines(call, 'endSession', end))}
}

answer=$(login | soap)
session=$(printf '%s\\n' "$answer" | sed -n 's/.*<${facets[call.dialect].resultPart ?? 'loginReturn'}[^>]*>\\([^<]*\\)<.*/\\1/p')
[ -n "$session" ] || { printf '%s\\n' "$answer" >&2; exit 1; }

status=0
answer=$(call | soap) || status=$?
printf '%s\\n' "$answer"
if [ "$status" -eq 0 ] && ! isResult "$answer"; then status=1; fi
endSession | soap >/dev/null || :
exit "$status"
`;
}
