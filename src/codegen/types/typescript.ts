import { protocolOperations, type ProtocolOperation } from '../../api/catalogue';
import { isFiltersType, operators } from '../../api/filters';
import type { EntityType, WireType } from '../../api/types';
import { tsKey } from '../literals/typescript';
import { distinct, docText, faultText, isIdentifier, returned, typeNames, type TypedMethod, type TypeModel } from './model';

/** A TypeScript declaration file: entities, methods by path and by operation, and clients of the soap package. */
export function tsTypes(model: TypeModel): string {
  const names = typeNames(model);
  const results = returned(model);
  const customer = model.entities.find(({ name }) => name === 'customerCustomerEntity');
  return [
    `// Types of the SOAP customer API, from ${docText(model.source)}. Written by Maho SOAP Toolkit; changes here are lost.`,
    ...model.entities.map((entity) => entityType(entity, names)),
    ...model.entities.filter(({ name }) => results.has(name)).map((entity) => v1Type(entity, names)),
    ...(takesFilters(model) ? [filters(customer)] : []),
    methodsByPath(model, names),
    methodsByOperation(model, names),
    conversions,
    v1Client,
    v2Client(),
    wsiClient(names),
    '',
  ].join('\n\n');
}

function entityType(entity: EntityType, names: ReadonlyMap<string, string>): string {
  const fields = distinct(entity.fields, ({ name }) => name)
    .filter(({ v1Only }) => v1Only !== true)
    .map(
      (field) =>
        `  /** ${docText(field.doc === '' ? field.title : field.doc)} */\n  ${tsKey(field.name)}` +
        `${field.required === true ? '' : '?'}: ${typeText(field.type, names)};`,
    );
  return `/** ${docText(entity.name)}, as V2 and WS-I have it. */\nexport interface ${nameOf(entity, names)} {\n${fields.join('\n')}\n}`;
}

/** V1 sends numbers as text on some products and as numbers on others, and null for values that are not set (facts §4). */
function v1Type(entity: EntityType, names: ReadonlyMap<string, string>): string {
  const fields = distinct(entity.fields, ({ name }) => name).map(
    (field) =>
      `  /** ${docText(field.doc === '' ? field.title : field.doc)} */\n  ${tsKey(field.name)}?: ${v1TypeText(field.type, names)};`,
  );
  return (
    `/** ${docText(entity.name)}, as V1 returns it: texts or numbers, null for what is not set. */\nexport interface ` +
    `${nameOf(entity, names)}V1 {\n${fields.join('\n')}\n}`
  );
}

function takesFilters({ methods }: TypeModel): boolean {
  return methods.some(({ args }) => args.some(({ type }) => isFiltersType(type)));
}

/** @param customer the entity whose attributes are offered, if there is one */
function filters(customer: EntityType | undefined): string {
  const attributes = customer === undefined ? [] : [...new Set([...customer.fields.map(({ name }) => name), 'entity_id'])];
  const offered =
    customer === undefined
      ? ''
      : `/** Attributes that customers can be filtered by; a store may have more. */
export type CustomerAttribute =
${attributes.map((name) => `  | ${quoted(name)}`).join('\n')};

`;
  return `${offered}/** Operators of filters. A store treats others as eq and does not say so. */
export type FilterOperator = ${Object.keys(operators).map(quoted).join(' | ')};

/**
 * One test of V1's filters: a value to be equal to, or operators with their values. from with to makes a range, gteq with lteq does not.
 */
export type FilterTest = string | number | { [O in FilterOperator]?: string | number | boolean | readonly (string | number)[] };

/** Filters as V1 takes them; a list of tests is a choice of them. */
export type FiltersV1 = { [A in ${customer === undefined ? 'string' : 'CustomerAttribute | (string & {})'}]?: FilterTest | readonly FilterTest[] };`;
}

function methodsByPath(model: TypeModel, names: ReadonlyMap<string, string>): string {
  const entries = distinct(model.methods, ({ id }) => id).map((method) => {
    // An argument before a required one cannot be optional.
    const required = method.args.findLastIndex(({ optional }) => optional !== true);
    const args = method.args.map(
      ({ name, type }, index) =>
        `${label(name)}${index > required ? '?' : ''}: ${isFiltersType(type) ? 'FiltersV1' : typeText(type, names)}`,
    );
    return (
      `${methodDoc(method)}\n  ${quoted(method.id)}: { args: [${args.join(', ')}]; result: ` + `${v1TypeText(method.result.type, names)} };`
    );
  });
  return (
    `/** Methods by their path, with V1's positional arguments and results. */\nexport interface MahoMethods ` +
    `{\n${entries.join('\n')}\n}`
  );
}

function methodsByOperation(model: TypeModel, names: ReadonlyMap<string, string>): string {
  const entries = distinct(model.methods, ({ operation }) => operation).map((method) => {
    const args = distinct(method.args, ({ name }) => name).map(
      ({ name, type, optional }) => `${tsKey(name)}${optional === true ? '?' : ''}: ${typeText(type, names)}`,
    );
    return (
      `${methodDoc(method)}\n  ${tsKey(method.operation)}: { args: { ${args.join('; ')}${args.length > 0 ? ' ' : ''}}; ` +
      `result: ${typeText(method.result.type, names)} };`
    );
  });
  return (
    `/** Methods by their operation in V2 and WS-I, with named arguments. */\nexport interface MahoOperations ` +
    `{\n${entries.join('\n')}\n}`
  );
}

/** The label of a positional argument: its name if that is valid. */
function label(name: string): string {
  if (!isIdentifier(name)) return 'value';
  return keywords.has(name) ? `${name}_` : name;
}

/** Words that cannot be names in TypeScript. */
const keywords: ReadonlySet<string> = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends ' +
    'false finally for function if implements import in instanceof interface ' +
    'let new null package private protected public return static super switch this throw true try typeof var void while with yield'
  ).split(' '),
);

function methodDoc(method: TypedMethod): string {
  return `  /** ${docText(`${method.doc} ${faultText(method)}`)} */`;
}

/** Operations of the protocol in V2 and WS-I. */
const named = protocolOperations.filter(({ v1Only }) => v1Only !== true);

const scalars =
  "T extends number ? number | string | null : T extends boolean ? boolean | 0 | 1 | '0' | '1' | 'true' | 'false' " +
  '| null : T extends string ? string | number | null : T';

/** The argument of the soap package that takes XML. */
const XML_ARGUMENT = '$xml';

const conversions = `/** Lists inside results as WS-I has them: { complexObjectArray: [...] }. */
export type Wsi<T> = T extends readonly (infer I)[] ? { complexObjectArray?: Wsi<I>[] } : T extends object ? { [K in keyof T]: Wsi<T[K]> } : T;

/** What WS-I takes: lists as { complexObjectArray: [...] }, numbers and yes or no as text, too, null for nothing. */
export type WsiSent<T> = T extends readonly (infer I)[] ? { complexObjectArray?: WsiSent<I>[] } | null : T extends object ? { [K in keyof T]: WsiSent<T[K]> } | null : ${scalars};

/** What V2 takes over the soap package: lists as { item: [...] }, numbers and yes or no as text, too, null for nothing. */
export type V2<T> = T extends readonly (infer I)[] ? { item?: V2<I>[] } | null : T extends object ? { [K in keyof T]: V2<T[K]> } | null : ${scalars};

/** What a call of the soap package resolves to: the answer, its XML, the headers, the XML of the request. */
export type SoapAnswer<T> = [answer: T, rawResponse: string, soapHeader: unknown, rawRequest: string, ...rest: unknown[]];`;

/** The type of a client for V1, whose methods are all called through `call`. */
const v1Client = `/**
 * A client of the soap package for a V1 store: \`(await createClientAsync(wsdl)) as unknown as MahoV1Client\`. Arguments carry
 * their types, which the package cannot write: they go in as XML, see the snippet maho-login-v1.
 */
export type MahoV1Client = {
${protocolOperations.map((operation) => protocolOperation(operation, (name) => `{ ${name}Return?: unknown }`)).join('\n')}
};`;

function v2Client(): string {
  return `/** A client of the soap package for a V2 store. Its answers are trees of attributes and values: see the snippet maho-login-v2. */
export type MahoV2Client = {
${named.map((operation) => protocolOperation(operation, (name) => `{ ${name}Return?: unknown }`)).join('\n')}
} & {
  [O in keyof MahoOperations as \`\${O}Async\`]: (args: { sessionId: string } & V2<MahoOperations[O]['args']>) => Promise<SoapAnswer<Record<string, unknown>>>;
};`;
}

function wsiClient(names: ReadonlyMap<string, string>): string {
  const result = (_name: string, operation: ProtocolOperation): string =>
    `{ result${operation.id === 'login' || operation.id === 'startSession' ? '' : '?'}: Wsi<${typeText(operation.result, names)}> }`;
  return `/** A client of the soap package for a store in WS-I mode: \`(await createClientAsync(wsdl)) as unknown as MahoWsiClient\`. */
export type MahoWsiClient = {
${named.map((operation) => protocolOperation(operation, result)).join('\n')}
} & {
  [O in keyof MahoOperations as \`\${O}Async\`]: (args: { sessionId: string } & WsiSent<MahoOperations[O]['args']>) => Promise<SoapAnswer<{ result?: Wsi<MahoOperations[O]['result']> }>>;
};`;
}

function protocolOperation(operation: ProtocolOperation, result: (name: string, operation: ProtocolOperation) => string): string {
  const { id, doc, args, v1Only } = operation;
  const taken = args.map(
    ({ name }) =>
      `${name}${name === 'username' || name === 'apiKey' || name === 'sessionId' || name === 'resourcePath' ? '' : '?'}` +
      `: ${v1Only === true && name !== 'sessionId' && name !== 'resourcePath' ? 'unknown' : 'string'}`,
  );
  const all = v1Only === true ? [...taken, `${XML_ARGUMENT}?: string`] : taken;
  return (
    `  /** ${docText(doc)} */\n  ${id}Async(args: { ${all.join('; ')}${all.length > 0 ? ' ' : ''}}): ` +
    `Promise<SoapAnswer<${result(id, operation)}>>;`
  );
}

function typeText(type: WireType, names: ReadonlyMap<string, string>): string {
  switch (type.kind) {
    case 'int':
    case 'double':
      return 'number';
    case 'list':
      return `${parenthesised(typeText(type.of, names))}[]`;
    case 'entity':
      return (
        names.get(type.name) ??
        `{ ${distinct(type.fields, ({ name }) => name)
          .map((field) => `${tsKey(field.name)}?: ${typeText(field.type, names)}`)
          .join('; ')} }`
      );
    case 'any':
      return 'unknown';
    default:
      return type.kind;
  }
}

function v1TypeText(type: WireType, names: ReadonlyMap<string, string>): string {
  switch (type.kind) {
    case 'list':
      return `${parenthesised(v1TypeText(type.of, names))}[]`;
    case 'entity':
      return `${nameOf(type, names)}V1`;
    case 'boolean':
      return 'boolean | string | number | null';
    default:
      return 'string | number | null';
  }
}

function parenthesised(text: string): string {
  return text.includes('|') ? `(${text})` : text;
}

function nameOf(entity: EntityType, names: ReadonlyMap<string, string>): string {
  return names.get(entity.name) ?? 'unknown';
}

function quoted(text: string): string {
  return tsKey(text).startsWith("'") ? tsKey(text) : `'${text}'`;
}
