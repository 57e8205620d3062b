import { ToolkitError } from '../../api/errors';
import {
  hasBody,
  isReading,
  pathParameters,
  pathSegment,
  restHeaderProblem,
  restParts,
  restPathProblem,
  type RestRequest,
} from '../../api/rest-request';
import { quotedValue } from '../../api/secrets';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import type { CallArguments } from '../calls/call';
import type { Task } from '../calls/protocol';
import { secretsIn } from '../masking/mask';
import type { RestPlace } from './places';
import { sendRaw, type RawRequest } from './requests';

/** Greatest depth of lists and maps inside each other in a query. */
const MAX_QUERY_LEVELS = 10;

/** Shortest secret of an address that an exchange hides. A shorter text may occur anywhere by chance. */
const MIN_HIDDEN_CHARS = 4;

/**
 * A request to REST that was written by hand, by verb and path. It goes only to an address below that of the API, with the token
 * of the API user. Its content is sent unchanged.
 * @param name the name of the request, such as `PUT /products/{id}`
 * @param args its parts: `path`, `query`, `headers`, `body`
 * @throws {ToolkitError} of kind `input` for parts that cannot be sent
 */
export function rawTask(name: string, request: RestRequest, args: CallArguments): Task<RestPlace> {
  const { parts, raw } = rawRequest(name, request, args);
  const { path = null, query = null, headers = null } = parts;
  return {
    method: name,
    args: parts,
    write: !isReading(request),
    right: undefined,
    hidden: secretsIn({ path, query, headers }).filter(({ length }) => length >= MIN_HIDDEN_CHARS),
    run: async (ask) => {
      const result = await sendRaw(ask, raw);
      const { body: value } = result.content;
      return { ...result, value, rows: rowsOf(value).length };
    },
  };
}

/**
 * The content of a request that was written by hand.
 * @returns the request, and its parts as they were given
 * @throws {ToolkitError} of kind `input` for parts that cannot be sent
 */
export function rawRequest(
  name: string,
  request: RestRequest,
  args: CallArguments,
): { readonly parts: SoapRecord; readonly raw: RawRequest } {
  const parts = partsOf(name, args);
  const { verb } = request;
  const body = parts['body'];
  if (body !== undefined && !hasBody(request))
    throw invalid(t('A {verb} has no body.', { verb }), t('Leave "body" out, or write its values into "query".'));
  const raw: RawRequest = {
    verb,
    path: `${filledPath(request, parts['path'])}${queryText(parts['query'])}`,
    headers: headersOf(parts['headers']),
    body,
  };
  return { parts, raw };
}

/** The rows of a list, in either of its forms. */
function rowsOf(value: SoapValue): readonly SoapValue[] {
  const list = isRecord(value) ? value['member'] : value;
  return isList(list) ? list : [];
}

function partsOf(name: string, args: CallArguments): SoapRecord {
  const parts: SoapRecord = isList(args) ? (args.length === 0 ? {} : { list: args }) : args;
  const unknown = Object.keys(parts).find((part) => !restParts.some((known) => known === part));
  if (unknown === undefined) return parts;
  throw invalid(
    t('{name} has no part "{part}".', { name, part: unknown.slice(0, 80) }),
    t('A REST request has {parts}, each by its name.', { parts: restParts.join(', ') }),
    'argument-unknown',
  );
}

/** The path with its values. @throws {ToolkitError} of kind `input` */
function filledPath({ path }: RestRequest, given: SoapValue | undefined): string {
  const problem = restPathProblem(path);
  if (problem !== undefined) throw invalid(t('"{path}" cannot be sent as a path.', { path: path.slice(0, 200) }), problem, 'rest-path');
  const values = mapOf('path', given);
  const names = pathParameters(path);
  const unknown = Object.keys(values).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw invalid(
      t('The path has no place for "{name}".', { name: unknown.slice(0, 80) }),
      t('Write the name in braces into the path, or remove it from args.path.'),
      'rest-path',
    );
  return path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    const text = typeof value === 'number' || typeof value === 'string' ? String(value) : '';
    const segment = pathSegment(text);
    if (segment !== undefined) return segment;
    throw invalid(
      t('"{name}" of the path must be a text or a number that is one part of a path, but is {value}.', {
        name,
        value: quotedValue(name, value, 80),
      }),
      t('Write its value into args.path, without "/" and not "." or "..".'),
      'rest-path',
    );
  });
}

/** A query in the form that PHP reads: the keys of lists and maps in square brackets. */
function queryText(given: SoapValue | undefined): string {
  const query = new URLSearchParams();
  const add = (name: string, value: SoapValue, depth: number): void => {
    if (depth > MAX_QUERY_LEVELS)
      throw invalid(t('The query is nested too deeply.'), t('At most {levels} levels are sent.', { levels: MAX_QUERY_LEVELS }));
    if (value === null) return;
    if (isList(value)) for (const item of value) add(`${name}[]`, item, depth + 1);
    else if (isRecord(value)) for (const [key, inner] of Object.entries(value)) add(`${name}[${key}]`, inner, depth + 1);
    else query.append(name, String(value));
  };
  for (const [name, value] of Object.entries(mapOf('query', given))) add(name, value, 0);
  const text = query.toString();
  return text === '' ? '' : `?${text}`;
}

function headersOf(given: SoapValue | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mapOf('headers', given)).map(([name, value]): [string, string] => {
      if (typeof value === 'object')
        throw invalid(t('The header {name} must be a text.', { name: name.slice(0, 40) }), t('Write it in quotes.'), 'rest-header');
      const problem = restHeaderProblem(name, String(value));
      if (problem !== undefined) throw invalid(t('A header of the request cannot be sent.'), problem, 'rest-header');
      return [name, String(value)];
    }),
  );
}

function mapOf(part: string, given: SoapValue | undefined): SoapRecord {
  if (given === undefined || given === null) return {};
  if (isRecord(given)) return given;
  throw invalid(t('"{part}" must be a map.', { part }), t('Write {part} as {example}.', { part, example: '{ "name": "value" }' }));
}

function invalid(what: string, next: string, code = 'argument-type'): ToolkitError {
  return new ToolkitError('input', { code, what, why: t('Nothing was sent.'), next });
}
