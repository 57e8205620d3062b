import type { ResourceRegistry } from '../../api/resources';
import { code, indent, join, stop, type, type Code } from '../code';
import { tsString } from '../literals/typescript';
import { ChangeExpression } from '../template';
import { tsCall } from '../typescript/call';
import { tsClient, tsEndSession, tsHelpers, tsImport, tsRun } from '../typescript/pieces';
import { tsResult } from '../typescript/program';
import { callSnippets } from './call-snippets';
import { exampleCall, exampleFilters, exampleList, exampleOf, exampleStoreAndUser, exampleWindow } from './examples';
import { faultMeanings, type SnippetWriter } from './snippet';

/** Snippets for TypeScript as ES modules with the soap package. Without type notes they are JavaScript. */
export const tsSnippets = (registry: ResourceRegistry): SnippetWriter => ({
  login: (dialect) => code`${tsImport}

${tsClient(dialect, exampleStoreAndUser(dialect))}
let session${type(': string | undefined')};

${tsHelpers(dialect)}
`,

  script: (dialect, resource) => code`${tsImport}

${tsClient(dialect, exampleStoreAndUser(dialect))}
${tsRun(resource.words.many, assign(resource.words.many, exampleList(registry, resource, dialect, new ChangeExpression(3, '{}'))))}

${tsHelpers(dialect)}
`,

  ...callSnippets(registry, assign, '{}'),

  pages: (
    dialect,
    resource,
  ) => code`// The API has no paging: reads ranges of ${resource.idField}, from and to included. Empty ranges grow, since IDs can have gaps.
for (let from = 1, size = ${stop(1, '1000')}; from <= 4294967295; ) {
  const to = Math.min(from + size - 1, 4294967295);
  ${indent(assign(resource.words.many, exampleList(registry, resource, dialect, exampleFilters(dialect, exampleWindow(resource, 'from', 'to'))), ` as { ${resource.labelField}?: string }[]`), '  ')}
  for (const ${resource.words.one} of ${resource.words.many}) {
    ${stop(2, `console.log(${resource.words.one}.${resource.labelField});`)}
  }
  size = ${resource.words.many}.length === 0 ? size * 2 : ${stop(1, '1000')};
  from = to + 1;
}
`,

  faults: (dialect, resource) => code`const meanings${type(': Record<string, string>')} = {
  ${join(
    faultMeanings(resource).map(({ code: fault, doc }) => code`${fault}: ${tsString(doc)}`),
    ',\n  ',
  )},
};
try {
  ${indent(assign(resource.words.one, exampleOf(registry, `${resource.name}.info`, dialect, null)), '  ')}
  console.log(${resource.words.one});
} catch (error) {
  const fault = faultOf(error);
  if (!fault) throw error; // not an answer of the API: the network, an error page
  console.error(\`\${meanings[fault.faultcode] ?? 'The shop or its PHP failed.'} (\${fault.faultcode}: \${fault.faultstring})\`);
}
`,

  endSession: () => code`${tsEndSession}
`,

  multiCall: ({ name, labelField }) => code`const answers = await withSession(async (sessionId) => {
  const [answer] = await client.multiCallAsync({
    sessionId,
    $xml: encode('calls', [
      ['${name}.info', [${stop(1, '1')}]],
      ['${name}.info', [${stop(2, '2')}]],
    ]),
  });
  return plain(answer.multiCallReturn)${type(` as { isFault?: boolean; faultCode?: string; faultMessage?: string; ${labelField}?: string }[]`)};
});
for (const answer of answers) {
  console.log(answer.isFault ? \`Fault \${answer.faultCode}: \${answer.faultMessage}\` : ${stop(3, `answer.${labelField}`)});
}
`,
});

/** A statement such as `const customers = …;` with a call inside of `withSession`. */
function assign(variable: string, made: ReturnType<typeof exampleCall>, as = ''): Code {
  return code`const ${variable} = await withSession(async (sessionId) => {
  const [answer] = await ${indent(tsCall(made), '  ')};
  return ${tsResult(made)}${type(as)};
});`;
}
