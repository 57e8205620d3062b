import { facets } from '../../api/dialect-facets';
import type { ResolvedCall } from '../call';
import { code, indent, render, type Code } from '../code';
import { wsdlQuery } from '../endpoint';
import { tsKeepEmpty } from '../empty';
import { tsString } from '../literals/typescript';
import { partsWithoutSecrets, wordsOf } from '../secrets';
import { tsCall } from './call';
import { tsClient, tsHelpers, tsImport, tsRun, tsVariable } from './pieces';

/**
 * A whole TypeScript program for a call over the `soap` package (an ES module): it logs in, calls, prints the result as JSON and ends its
 * session. Exit code 1 after a fault. With `types: false` it is JavaScript.
 */
export function tsProgram(call: ResolvedCall, options: { readonly types: boolean }): string {
  const place = { url: [tsString(call.endpoint)], user: [tsString(call.user)] };
  const hidden = partsWithoutSecrets(call.parts, ({ name }) => name);
  const secrets = hidden.taken
    .map(({ attribute, name, variable }) => `\n${tsVariable(name, variable, `the ${wordsOf(attribute)}`)}`)
    .join('');
  return render(
    code`// ${call.title}
// Needs the package soap, and "type": "module" in package.json.
${tsImport}

${tsClient(call.dialect, place, secrets, wsdlQuery(call.endpoint))}
${tsRun(
  call.empty.length === 0 ? 'result' : 'rows',
  code`const result = await withSession(async (sessionId) => {
  const [answer] = await ${indent(tsCall({ ...call, parts: hidden.value }), '  ')};
  return ${tsResult(call)};
});${call.empty.length === 0 ? [] : tsKeepEmpty(call.empty)}`,
)}

${tsHelpers(call.dialect)}
`,
    options,
  );
}

/** The expression that reads the result out of `answer`. */
export function tsResult(call: Pick<ResolvedCall, 'dialect' | 'result' | 'list'>): Code {
  const part = call.result === undefined ? 'Object.values(answer)[0]' : `answer.${call.result}`;
  if (facets[call.dialect].typedAnswers) return code`plain(${part})`;
  if (call.list === true) return code`[${part}?.complexObjectArray ?? []].flat()`;
  if (call.list === undefined) return code`${part}?.complexObjectArray ?? ${part}`;
  return [part];
}
