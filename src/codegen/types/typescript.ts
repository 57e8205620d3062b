import { operators } from '../../api/filters';
import type { EntityType, WireType } from '../../api/types';
import { tsKey } from '../literals/typescript';
import { docText, faultText, isIdentifier, returned, typeNames, type TypedMethod, type TypeModel } from './model';

/** A TypeScript declaration file: entities, methods by path and by operation, and clients of the soap package. */
export function tsTypes(model: TypeModel): string {
  const names = typeNames(model);
  const results = returned(model);
  const customer = model.entities.find(({ name }) => name === 'customerCustomerEntity');
  return [
    `// Types of the SOAP customer API, from ${docText(model.source)}. Written by Maho SOAP Toolkit; changes here are lost.`,
    ...model.entities.map((entity) => entityType(entity, names)),
    ...model.entities.filter(({ name }) => results.has(name)).map((entity) => v1Type(entity, names)),
    ...(customer === undefined ? [] : [filters(customer)]),
    methodsByPath(model, names),
    methodsByOperation(model, names),
    clients,
    '',
  ].join('\n\n');
}

function entityType(entity: EntityType, names: ReadonlyMap<string, string>): string {
  const fields = entity.fields
    .filter(({ v1Only }) => v1Only !== true)
    .map((field) => `  /** ${docText(field.doc === '' ? field.title : field.doc)} */\n  ${tsKey(field.name)}${field.required === true ? '' : '?'}: ${typeText(field.type, names)};`);
  return `/** ${docText(entity.name)}, as V2 and WS-I have it. */\nexport interface ${nameOf(entity, names)} {\n${fields.join('\n')}\n}`;
}

/** V1 sends numbers as text on some products and as numbers on others, and null for what is not set (facts §4). */
function v1Type(entity: EntityType, names: ReadonlyMap<string, string>): string {
  const fields = entity.fields.map((field) => `  /** ${docText(field.doc === '' ? field.title : field.doc)} */\n  ${tsKey(field.name)}?: ${v1TypeText(field.type, names)};`);
  return `/** ${docText(entity.name)}, as V1 returns it: texts or numbers, null for what is not set. */\nexport interface ${nameOf(entity, names)}V1 {\n${fields.join('\n')}\n}`;
}

function filters(customer: EntityType): string {
  const attributes = [...new Set([...customer.fields.map(({ name }) => name), 'entity_id'])];
  return `/** Attributes that customers can be filtered by; a store may have more. */
export type CustomerAttribute =
${attributes.map((name) => `  | ${quoted(name)}`).join('\n')};

/** Operators of filters. Others are treated as eq, without a word. */
export type FilterOperator = ${Object.keys(operators).map(quoted).join(' | ')};

/** One test of V1's filters: a value to be equal to, or operators with their values. from with to makes a range, gteq with lteq does not. */
export type FilterTest = string | number | { [O in FilterOperator]?: string | number | boolean | readonly (string | number)[] };

/** Filters as V1 takes them; a list of tests is a choice of them. */
export type FiltersV1 = { [A in CustomerAttribute | (string & {})]?: FilterTest | readonly FilterTest[] };`;
}

function methodsByPath(model: TypeModel, names: ReadonlyMap<string, string>): string {
  const entries = model.methods.map((method) => {
    const args = method.args.map(({ name, type, optional }) => `${isIdentifier(name) ? name : 'value'}${optional === true ? '?' : ''}: ${name === 'filters' ? 'FiltersV1' : typeText(type, names)}`);
    return `${methodDoc(method)}\n  ${quoted(method.id)}: { args: [${args.join(', ')}]; result: ${v1TypeText(method.result.type, names)} };`;
  });
  return `/** Methods by their path, with V1's positional arguments and results. */\nexport interface MahoMethods {\n${entries.join('\n')}\n}`;
}

function methodsByOperation(model: TypeModel, names: ReadonlyMap<string, string>): string {
  const entries = model.methods.map((method) => {
    const args = method.args.map(({ name, type, optional }) => `${tsKey(name)}${optional === true ? '?' : ''}: ${typeText(type, names)}`);
    return `${methodDoc(method)}\n  ${tsKey(method.operation)}: { args: { ${args.join('; ')}${args.length > 0 ? ' ' : ''}}; result: ${typeText(method.result.type, names)} };`;
  });
  return `/** Methods by their operation in V2 and WS-I, with named arguments. */\nexport interface MahoOperations {\n${entries.join('\n')}\n}`;
}

function methodDoc(method: TypedMethod): string {
  return `  /** ${docText(`${method.doc} ${faultText(method)}`)} */`;
}

const clients = `/** Lists inside values as WS-I has them: { complexObjectArray: [...] }. */
export type Wsi<T> = T extends readonly (infer I)[] ? { complexObjectArray?: Wsi<I>[] } : T extends object ? { [K in keyof T]: Wsi<T[K]> } : T;

/** Lists inside arguments as the soap package needs them for V2: { item: [...] }. */
export type V2<T> = T extends readonly (infer I)[] ? { item?: V2<I>[] } : T extends object ? { [K in keyof T]: V2<T[K]> } : T;

/** What a call of the soap package resolves to: the answer, its XML, the headers, the XML of the request. */
export type SoapAnswer<T> = [answer: T, rawResponse: string, soapHeader: unknown, rawRequest: string, ...rest: unknown[]];

/** A client of the soap package for a store in WS-I mode: \`(await createClientAsync(wsdl)) as unknown as MahoWsiClient\`. */
export type MahoWsiClient = {
  loginAsync(args: { username: string; apiKey: string }): Promise<SoapAnswer<{ result: string }>>;
  endSessionAsync(args: { sessionId: string }): Promise<SoapAnswer<{ result: boolean }>>;
} & {
  [O in keyof MahoOperations as \`\${O}Async\`]: (args: { sessionId: string } & Wsi<MahoOperations[O]['args']>) => Promise<SoapAnswer<{ result?: Wsi<MahoOperations[O]['result']> }>>;
};

/** A client of the soap package for a V2 store. Its answers are trees of attributes and values: see the snippet maho-login-v2. */
export type MahoV2Client = {
  loginAsync(args: { username: string; apiKey: string }): Promise<SoapAnswer<{ loginReturn: unknown }>>;
  endSessionAsync(args: { sessionId: string }): Promise<SoapAnswer<Record<string, unknown>>>;
} & {
  [O in keyof MahoOperations as \`\${O}Async\`]: (args: { sessionId: string } & V2<MahoOperations[O]['args']>) => Promise<SoapAnswer<Record<string, unknown>>>;
};`;

function typeText(type: WireType, names: ReadonlyMap<string, string>): string {
  switch (type.kind) {
    case 'int':
    case 'double':
      return 'number';
    case 'list':
      return `${parenthesised(typeText(type.of, names))}[]`;
    case 'entity':
      return nameOf(type, names);
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
