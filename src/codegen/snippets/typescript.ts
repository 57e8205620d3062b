import { code, indent, join, stop, type, type Code } from '../code';
import { tsString } from '../literals/typescript';
import { ChangeExpression, Expression } from '../template';
import { tsCall } from '../typescript/call';
import { tsClient, tsHelpers, tsImport, tsRun } from '../typescript/pieces';
import { tsResult } from '../typescript/program';
import { exampleCall, exampleFilters, exampleOf, examplePlace, filterConditions, resultName } from './examples';
import { faultMeanings, type SnippetWriter } from './snippet';

/** Snippets for TypeScript (and, without their type notes, JavaScript) as ES modules with the soap package. */
export const tsSnippets: SnippetWriter = {
  login: (dialect) => code`${tsImport}

${tsClient(dialect, examplePlace(dialect))}
let session${type(': string | undefined')};

${tsHelpers(dialect)}
`,

  script: (dialect) => code`${tsImport}

${tsClient(dialect, examplePlace(dialect))}
${tsRun('customers', assign('customers', exampleOf('customer.list', dialect, new ChangeExpression(3, '{}'))))}

${tsHelpers(dialect)}
`,

  method: (method, dialect) => code`${assign(resultName(method), exampleCall(method, dialect, new ChangeExpression(1, '{}')))}
`,

  filter: (dialect) => code`${assign('customers', exampleOf('customer.list', dialect, exampleFilters(dialect, filterConditions(dialect))))}
`,

  pages: (dialect) => code`// No paging in the API: windows of customer_id, from and to included. IDs may have wide gaps, so empty windows grow.
for (let from = 1, size = ${stop(1, '1000')}; from <= 4294967295; ) {
  const to = Math.min(from + size - 1, 4294967295);
  ${indent(assign('customers', exampleOf('customer.list', dialect, exampleFilters(dialect, window)), ' as { email?: string }[]'), '  ')}
  for (const customer of customers) {
    ${stop(2, 'console.log(customer.email);')}
  }
  size = customers.length === 0 ? size * 2 : ${stop(1, '1000')};
  from = to + 1;
}
`,

  faults: (dialect) => code`const meanings${type(': Record<string, string>')} = {
  ${join(
    faultMeanings().map(({ code: fault, doc }) => code`${fault}: ${tsString(doc)}`),
    ',\n  ',
  )},
};
try {
  ${indent(assign('customer', exampleOf('customer.info', dialect, null)), '  ')}
  console.log(customer);
} catch (error) {
  const fault = faultOf(error);
  if (!fault) throw error; // not an answer of the API: the network, an error page
  console.error(\`\${meanings[fault.faultcode] ?? 'The shop or its PHP failed.'} (\${fault.faultcode}: \${fault.faultstring})\`);
}
`,

  endSession: () => code`if (session) await client.endSessionAsync({ sessionId: session });
`,

  multiCall: () => code`const answers = await withSession(async (sessionId) => {
  const [answer] = await client.multiCallAsync({
    sessionId,
    $xml: encode('calls', [
      ['customer.info', [${stop(1, '1')}]],
      ['customer.info', [${stop(2, '2')}]],
    ]),
  });
  return plain(answer.multiCallReturn)${type(' as { isFault?: boolean; faultCode?: string; faultMessage?: string; email?: string }[]')};
});
for (const answer of answers) {
  console.log(answer.isFault ? \`Fault \${answer.faultCode}: \${answer.faultMessage}\` : ${stop(3, 'answer.email')});
}
`,
};

const window = [
  { attribute: 'customer_id', operator: 'from', value: new Expression('from') },
  { attribute: 'customer_id', operator: 'to', value: new Expression('to') },
];

/** `const customers = …;` with the session around the call. */
function assign(variable: string, made: ReturnType<typeof exampleCall>, as = ''): Code {
  return code`const ${variable} = await withSession(async (sessionId) => {
  const [answer] = await ${indent(tsCall(made), '  ')};
  return ${tsResult(made)}${type(as)};
});`;
}
