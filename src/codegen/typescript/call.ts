import { facets } from '../../api/dialect-facets';
import { namedParts, type ResolvedCall, type ResolvedPart } from '../call';
import { code, indent, join, type Code } from '../code';
import { tsCode, tsKey } from '../literals/typescript';
import { Expression, SESSION, wrapLists, type Template } from '../template';

/** Parts of a V1 call that need types on the wire, so they are passed as XML. */
const typedParts: ReadonlySet<string> = new Set(['args', 'calls', 'options']);

/**
 * The expression of a call over the soap package, such as `client.customerCustomerListAsync({ sessionId, filters: {} })`.
 * @param session expression for the session
 */
export function tsCall(call: Pick<ResolvedCall, 'dialect' | 'operation' | 'parts'>, session = 'sessionId'): Code {
  const parts = namedParts(call).map(({ name, value }) => ({ name, value: value === SESSION ? new Expression(session) : value }));
  if (!facets[call.dialect].positional)
    return code`client.${call.operation}Async(${tsCode(record(parts, (value) => tsShape(call.dialect, value)))})`;
  const typed = parts.filter(({ name }) => typedParts.has(name));
  const plain = parts.filter(({ name }) => !typedParts.has(name));
  if (typed.length === 0) return code`client.${call.operation}Async(${tsCode(record(plain, (value) => value))})`;
  const entries = plain.map(({ name, value }) =>
    value instanceof Expression && value.text === name ? [name] : code`${tsKey(name)}: ${tsCode(value)}`,
  );
  const xml = join(
    typed.map(({ name, value }) => code`encode('${name}', ${tsCode(value)})`),
    ' + ',
  );
  return code`client.${call.operation}Async({
  ${join([...entries, code`$xml: ${indent(xml, '  ')}`], ',\n  ')},
})`;
}

/** V2 and WS-I lists are elements around items, which the soap package does not add itself. */
export function tsShape(dialect: ResolvedCall['dialect'], value: Template): Template {
  const { positional, itemElement } = facets[dialect];
  return positional ? value : wrapLists(value, itemElement ?? 'item');
}

function record(parts: readonly ResolvedPart[], change: (value: Template) => Template): Template {
  return Object.fromEntries<Template>(parts.map(({ name, value }) => [name, change(value)]));
}
