import { dialectLabels, type Dialect } from '../../api/dialect';
import { keyVariable, type CodeCall, type ResolvedCall } from '../call';
import { endpointFor } from '../endpoint';
import { shellNote } from '../empty';
import { hereText, shellWord } from '../literals/shell';
import { isGuarded, partsWithoutSecrets, variableFor, type TakenSecret } from '../secrets';
import { Expression } from '../template';
import { callParts, envelopeLines } from './envelope';

/**
 * A POSIX shell script for a call: logs in with curl, calls, prints the answer's XML, ends its session. Nothing secret
 * stands on a command line, where other users of the machine could read it.
 */
export function curlProgram(call: ResolvedCall): string {
  const hidden = partsWithoutSecrets(callParts(call), read);
  return script(call, call.empty.length === 0 ? call.title : `${call.title}\n${shellNote(call.empty)}`, hidden.taken, document(call, call.operation, hidden.value));
}

/** A raw envelope that a program is wanted for. */
export interface RawEnvelope extends Pick<CodeCall, 'url' | 'user' | 'dialect' | 'namespace'> {
  /** `{{$session}}` where the session goes, and the name of the attribute in braces for a secret, such as `{{password}}`. */
  readonly envelope: string;
}

/** Like {@link curlProgram}, for an envelope that was written by hand: it is posted as it is. */
export function envelopeProgram({ envelope, url, user, dialect, namespace = 'urn:Maho' }: RawEnvelope): string {
  const taken = new Map<string, TakenSecret>();
  const text = envelope.split(/(\\?\{\{[^{}]*\}\})/).map((part) => {
    const name = /^\{\{\s*(.*?)\s*\}\}$/.exec(part)?.[1];
    // A backslash before the braces keeps them as text, as in request files.
    if (part.startsWith('\\{{')) return hereText(part.slice(1));
    if (name === '$session') return '$session';
    if (name === undefined || !isGuarded(name)) return hereText(part);
    const secret = { attribute: name, name, variable: variableFor(name) };
    taken.set(name, secret);
    return read(secret);
  }).join('');
  return script({ dialect, namespace, user, endpoint: endpointFor(url, dialect) }, `An envelope that was written by hand (SOAP ${dialectLabels[dialect]}).`, [...taken.values()], hereDocument(text.trimEnd()));
}

function read({ variable }: TakenSecret): string {
  return `$(xml "$${variable}")`;
}

interface Conversation {
  readonly dialect: Dialect;
  readonly namespace: string;
  readonly user: string;
  readonly endpoint: string;
}

/** @param body the here-document that is posted between login and end */
function script(call: Conversation, title: string, taken: readonly TakenSecret[], body: string): string {
  const needed = [
    `: "\${${keyVariable}:?Set it to the API key.}"`,
    ...taken.map(({ attribute, variable }) => `: "\${${variable}:?Set it to the ${attribute}.}"`),
  ];
  const login = [
    { name: 'username', value: call.user },
    { name: 'apiKey', value: new Expression(`$(xml "$${keyVariable}")`) },
  ];
  const end = [{ name: 'sessionId', value: new Expression('$session') }];
  return `#!/bin/sh
# ${title}
set -eu
${needed.join('\n')}
url=${shellWord(call.endpoint)}

soap() { curl --silent --show-error --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- "$url"; }
xml() { printf '%s' "$1" | sed -e 's/&/\\&amp;/g' -e 's/</\\&lt;/g' -e 's/>/\\&gt;/g'; }

answer=$(soap <<${document(call, 'login', login)}
)
session=$(printf '%s\\n' "$answer" | sed -n 's/.*<${call.dialect === 'wsi' ? 'result' : 'loginReturn'}[^>]*>\\([^<]*\\)<.*/\\1/p')
[ -n "$session" ] || { printf '%s\\n' "$answer" >&2; exit 1; }

soap <<${body}
echo

soap >/dev/null <<${document(call, 'endSession', end)}
`;
}

function document(call: Pick<Conversation, 'dialect' | 'namespace'>, operation: string, parts: ReturnType<typeof callParts>): string {
  return hereDocument(envelopeLines(call, operation, parts, { text: hereText, expression: ({ text }) => text }).join('\n'));
}

/** A here-document whose end mark is no line of it. */
function hereDocument(body: string): string {
  let mark = 'XML';
  while (body.split('\n').includes(mark)) mark += '_';
  return `${mark}\n${body}\n${mark}`;
}
