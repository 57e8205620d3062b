import { keyVariable, type ResolvedCall } from '../call';
import { hereText, shellWord } from '../literals/shell';
import { partsWithoutSecrets } from '../secrets';
import { Expression } from '../template';
import { callParts, envelopeLines } from './envelope';

/**
 * A POSIX shell script for a call: logs in with curl, calls, prints the answer's XML, ends its session. Nothing secret
 * stands on a command line, where other users of the machine could read it.
 */
export function curlProgram(call: ResolvedCall): string {
  const hidden = partsWithoutSecrets(callParts(call), ({ variable }) => `$(xml "$${variable}")`);
  const needed = [
    `: "\${${keyVariable}:?Set it to the API key.}"`,
    ...hidden.taken.map(({ attribute, variable }) => `: "\${${variable}:?Set it to the ${attribute}.}"`),
  ];
  const login = [
    { name: 'username', value: call.user },
    { name: 'apiKey', value: new Expression(`$(xml "$${keyVariable}")`) },
  ];
  const end = [{ name: 'sessionId', value: new Expression('$session') }];
  return `#!/bin/sh
# ${call.title}
set -eu
${needed.join('\n')}
url=${shellWord(call.endpoint)}

soap() { curl --silent --show-error --header 'Content-Type: text/xml; charset=utf-8' --data-binary @- "$url"; }
xml() { printf '%s' "$1" | sed -e 's/&/\\&amp;/g' -e 's/</\\&lt;/g' -e 's/>/\\&gt;/g'; }

answer=$(soap <<${document(call, 'login', login)}
)
session=$(printf '%s\\n' "$answer" | sed -n 's/.*<${call.dialect === 'wsi' ? 'result' : 'loginReturn'}[^>]*>\\([^<]*\\)<.*/\\1/p')
[ -n "$session" ] || { printf '%s\\n' "$answer" >&2; exit 1; }

soap <<${document(call, call.operation, hidden.value)}
echo

soap >/dev/null <<${document(call, 'endSession', end)}
`;
}

/** A here-document whose end mark is no line of it. */
function document(call: ResolvedCall, operation: string, parts: ReturnType<typeof callParts>): string {
  const lines = envelopeLines(call, operation, parts, { text: hereText, expression: ({ text }) => text });
  const body = lines.join('\n');
  let mark = 'XML';
  while (body.split('\n').includes(mark)) mark += '_';
  return `${mark}\n${body}\n${mark}`;
}
