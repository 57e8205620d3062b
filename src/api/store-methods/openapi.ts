import type { DescribedPart } from '../described-types';
import { REST_BASE_PATH } from '../rest-api';
import { pathParameters, restPathProblem, restVerbs, type RestVerb } from '../rest-request';
import { DESCRIPTION_VERSION, descriptionLimits, partsText, typeText, type KeptDescription, type KeptMethod } from './kept';
import { isMap, listOf, SchemaReader, schemaAt, textAt, typeable, type Json, type JsonMap } from './openapi-schemas';

/** The most parameters of a path; more are left out. */
const MAX_PARAMETERS = 100;

/** Longest title that is kept, in characters. */
const MAX_TITLE_CHARS = 300;

/** Query parameters of lists that Maho 26.7 supports but its document lacks (wire maho-26.7 rest/039, rest/059, rest/067). */
const furtherQuery: readonly { readonly path: string | undefined; readonly parts: readonly DescribedPart[] }[] = [
  { path: undefined, parts: [{ name: 'itemsPerPage', type: 'int', optional: true }] },
  {
    path: '/customers',
    parts: ['email', 'telephone', 'search'].map((name) => ({ name, type: 'string', optional: true })),
  },
];

/**
 * The requests in an OpenAPI document, as methods of a store: `GET /products/{id}` with the arguments `path`, `query`, `headers` and
 * `body`. It ends for any document, and the result is limited: invalid names, too deep nesting and excess entries are left out. Types may
 * contain themselves.
 * @param document parsed JSON of any kind
 * @param options.answers whether to read the types of answers
 * @returns `undefined` for a document that does not describe REST v2
 */
export function describeRest(document: Json, { answers = true } = {}): KeptDescription | undefined {
  const paths = schemaAt(document, 'paths');
  if (paths === undefined) return undefined;
  const schemas = new SchemaReader(document);
  const resources = new Map<string, KeptMethod[]>();
  let count = 0;
  for (const [address, item] of Object.entries(paths)) {
    const path = address.startsWith(`${REST_BASE_PATH}/`) ? address.slice(REST_BASE_PATH.length) : undefined;
    if (path === undefined || path.length > 300 || restPathProblem(path) !== undefined || !isMap(item)) continue;
    const name = path.split('/')[1] ?? '';
    for (const verb of restVerbs) {
      const operation = item[verb.toLowerCase()];
      if (!isMap(operation) || count >= descriptionLimits.methods) continue;
      const methods = resources.get(name) ?? [];
      if (methods.length === 0 && resources.size >= descriptionLimits.resources) continue;
      resources.set(name, methods);
      methods.push(methodOf(verb, path, { item, operation: answers ? operation : { ...operation, responses: {} } }, schemas));
      count++;
    }
  }
  if (count === 0) return undefined;
  return {
    version: DESCRIPTION_VERSION,
    namespace: '',
    from: ['rest'],
    resources: [...resources].map(([name, methods]) => ({ name, pathless: true, methods })),
    types: Object.fromEntries([...schemas.types].map(([name, type]) => [name, typeText(type)])),
  };
}

function methodOf(
  verb: RestVerb,
  path: string,
  { item, operation }: { readonly item: JsonMap; readonly operation: JsonMap },
  schemas: SchemaReader,
): KeptMethod {
  const parameters = [...listOf(item['parameters']), ...listOf(operation['parameters'])]
    .slice(0, MAX_PARAMETERS)
    .flatMap((each) => parameterOf(schemas.followed(each), schemas));
  const own = (where: string): DescribedPart[] => unique(parameters.filter((each) => each.where === where).map(({ part }) => part));
  const inPath = own('path');
  const named = pathParameters(path).map((name) => inPath.find((each) => each.name === name) ?? { name, type: 'string' });
  const query = own('query');
  const paged = query.some(({ name }) => name === 'page');
  for (const { path: of, parts } of furtherQuery)
    if (paged && (of === undefined || of === path)) query.push(...parts.filter(({ name }) => !query.some((each) => each.name === name)));
  const args: DescribedPart[] = [];
  if (named.length > 0) args.push({ name: 'path', type: schemas.structure(named.map((part) => ({ ...part, optional: false }))) });
  if (query.length > 0)
    args.push({ name: 'query', type: schemas.structure(query), optional: query.every(({ optional }) => optional === true) });
  args.push({ name: 'headers', type: 'any', optional: true });
  const body = schemas.followed(operation['requestBody']);
  if (isMap(body)) {
    const schema = contentOf(body);
    const type = schema === undefined ? 'any' : schemas.typeOf(schema, 'sent');
    args.push({ name: 'body', type, optional: body['required'] !== true });
  }
  const title = textAt(operation, 'summary')?.slice(0, MAX_TITLE_CHARS);
  const answer = answerOf(operation, schemas);
  return {
    name: `${verb} ${path}`,
    ...(title === undefined ? {} : { title }),
    args: partsText(args.map((part) => ({ v2: part, wsi: part, optional: part.optional ?? false }))),
    ...(answer === undefined ? {} : { result: `result:${schemas.typeOf(answer, 'answered')}` }),
  };
}

function parameterOf(parameter: Json, schemas: SchemaReader): { readonly where: string; readonly part: DescribedPart }[] {
  if (!isMap(parameter)) return [];
  const [name, where] = [textAt(parameter, 'name'), textAt(parameter, 'in')];
  if (name === undefined || where === undefined || !typeable(name)) return [];
  const schema = parameter['schema'];
  const type = schema === undefined ? 'string' : schemas.typeOf(schema, 'sent');
  return [{ where, part: { name, type, optional: parameter['required'] !== true } }];
}

/** The JSON schema of the first successful answer. */
function answerOf(operation: JsonMap, schemas: SchemaReader): Json | undefined {
  const responses = operation['responses'];
  if (!isMap(responses)) return undefined;
  const status = Object.keys(responses).find((each) => /^2\d\d$/.test(each));
  const response = status === undefined ? undefined : schemas.followed(responses[status]);
  return isMap(response) ? contentOf(response) : undefined;
}

/** The JSON schema of a body or an answer. */
function contentOf(holder: JsonMap): Json | undefined {
  const content = holder['content'];
  const json = isMap(content) ? content['application/json'] : undefined;
  return isMap(json) ? json['schema'] : undefined;
}

function unique(parts: readonly DescribedPart[]): DescribedPart[] {
  return [...new Map(parts.map((part) => [part.name, part])).values()];
}
