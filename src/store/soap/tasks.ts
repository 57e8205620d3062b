import { facets } from '../../api/dialect-facets';
import type { Method } from '../../api/method';
import { findProtocolOperation, type ProtocolOperation } from '../../api/protocol';
import { ToolkitError } from '../../api/errors';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { t } from '../../l10n/texts';
import type { ServiceDescription } from '../../soap/wsdl/description';
import { codecs } from '../../soap/dialects';
import { encodeV1Call, v1Arguments } from '../../soap/dialects/v1';
import type { CallArguments } from '../calls/call';
import type { ExchangeResult, RequestForm, Task } from '../calls/protocol';
import { note, noteOf } from '../wire/note';
import { rowsBefore } from '../wire/rows-before';
import { readingBug } from '../wire/unreadable';
import type { Endpoint } from './endpoints';
import { pathOfOperation } from '../../api/store-methods/names';
import { isWrite } from '../calls/policy';

export type { CallArguments } from '../calls/call';

/** An envelope, apart from the session in which it is sent. See {@link Task} for what `raw` and `ownSession` mean. */
export interface SoapTask extends Omit<Task<Endpoint>, 'hidden' | 'run'> {
  /** Bytes if the envelope was written by hand. They are sent unchanged. */
  readonly encode: (endpoint: Endpoint, session: string) => string | Uint8Array | Promise<string>;
  /** Gives the value its types, if the catalogue does not know them. */
  readonly finish?: (value: SoapValue, endpoint: Endpoint) => Promise<SoapValue>;
}

/** A task whose envelope is written here. */
export interface EncodedTask extends SoapTask {
  readonly encode: (endpoint: Endpoint, session: string) => string | Promise<string>;
}

/** A body as a request to an endpoint. Bytes are sent unchanged. */
export function requestOf({ summary }: Endpoint, body: string | Uint8Array): RequestForm {
  // Bytes of a file declare their encoding themselves. A charset here could contradict them.
  const charset = typeof body === 'string' ? '; charset=utf-8' : '';
  return {
    http: 'POST',
    headers: { 'Content-Type': `text/xml${charset}`, SOAPAction: `"${codecs[summary.dialect].soapAction}"` },
    body: typeof body === 'string' ? new TextEncoder().encode(body) : body,
  };
}

/** A task in the form in which it is sent: one envelope, one answer. */
export function taskOfOneEnvelope(task: SoapTask): Task<Endpoint> {
  const { method, args, raw, ownSession, write, right, encode } = task;
  return {
    ...{ method, args, raw, ownSession, write, right },
    run: async (ask, { onRow }) => {
      let asked: Endpoint | undefined;
      const form = async (endpoint: Endpoint, session: string): Promise<RequestForm> =>
        requestOf((asked = endpoint), await encode(endpoint, session));
      try {
        const result = await ask(form, { onRow });
        return { ...result, value: await finished(task, result) };
      } catch (error) {
        throw asked === undefined || write || onRow !== undefined ? error : withRows(error, task, asked);
      }
    },
  };
}

/** The value with its types. By now the store has executed the call. */
async function finished(task: SoapTask, { value, endpoint, exchange }: ExchangeResult<Endpoint>): Promise<SoapValue> {
  try {
    return task.finish === undefined ? value : await task.finish(value, endpoint);
  } catch (error) {
    throw note(readingBug(error, exchange.response?.bytes ?? 0), { exchange });
  }
}

/** Notes the rows of a list whose answer was stopped or cut off, since they are also part of the store's answer. */
function withRows(error: unknown, { finish }: SoapTask, endpoint: Endpoint): unknown {
  const { exchange } = noteOf(error);
  if (!(error instanceof ToolkitError) || (error.kind !== 'transport' && error.kind !== 'decode') || exchange === undefined) return error;
  return note(error, {
    rows: async () => {
      const rows = rowsBefore(exchange);
      if (finish === undefined || rows.length === 0) return rows;
      try {
        const typed = await finish(rows, endpoint);
        return isList(typed) ? typed : rows;
      } catch (unfinished) {
        if (!(unfinished instanceof ToolkitError)) throw unfinished;
        // The store's description could not be read. The rows are still valid without their types.
        return rows;
      }
    },
  });
}

/**
 * Reads the store's methods beyond the catalogue from the WSDL that names methods. For V1, that is the WSDL at the store's other address.
 */
export type Describe = (endpoint: Endpoint) => Promise<ServiceDescription>;

/**
 * The task for a method: of the catalogue, of the protocol, or of the store's own.
 * @param registry resources whose methods are described there
 * @throws {ToolkitError} of kind `input`
 */
export function taskOf(name: string, args: CallArguments, describe: Describe, registry: ResourceRegistry = knownResources): EncodedTask {
  const method = registry.find(name);
  if (method !== undefined) return catalogued(method, args);
  const operation = findProtocolOperation(name);
  if (operation !== undefined) return protocol(operation, args);
  return foreign(name, args, describe);
}

function catalogued(method: Method, args: CallArguments): EncodedTask {
  const byName = isList(args) ? named(method, args) : args;
  return {
    method: method.id,
    args: byName,
    write: method.access === 'write',
    right: method.right,
    encode: ({ summary }, session) => codecs[summary.dialect].encodeCall(method, byName, session, summary),
  };
}

/** Positional arguments, by name. */
function named(method: Method, args: SoapList): SoapRecord {
  if (args.length > method.args.length) {
    throw new ToolkitError('input', {
      code: 'argument-unknown',
      what: t('{method} needs {expected} arguments, but has {given}.', {
        method: method.id,
        expected: method.args.length,
        given: args.length,
      }),
    });
  }
  return Object.fromEntries(args.map((value, index) => [method.args[index]?.name ?? '', value]));
}

function protocol(operation: ProtocolOperation, args: CallArguments): EncodedTask {
  if (isList(args))
    throw new ToolkitError('input', { code: 'argument-type', what: t('{method} needs its arguments by name.', { method: operation.id }) });
  return {
    method: operation.id,
    args,
    write: isWrite(operation.id),
    right: undefined,
    encode: ({ summary }, session) => {
      // V1 and V2 list the parts of resourceFaults in the wrong order: the store reads the first as the session, whatever its name (wire
      // v1/154).
      const swapped = operation.id === 'resourceFaults' && facets[summary.dialect].swapsResourceFaults;
      const given = swapped ? { sessionId: args['resourceName'] ?? null, resourceName: session } : { ...args, sessionId: session };
      return codecs[summary.dialect].encodeProtocol(operation, given, summary);
    },
  };
}

/**
 * A method that the catalogue does not know, by its path or its operation. V2 and WS-I can call operations of the store's WSDL, with
 * arguments by name or in order. V1 can call any path with arguments in order. For arguments by name, and for operations whose path is not
 * known, the WSDL of the store's other dialect is read.
 */
function foreign(name: string, args: CallArguments, describe: Describe): EncodedTask {
  return {
    method: name,
    args,
    write: isWrite(name),
    right: undefined,
    encode: async (endpoint, session) => {
      const { summary } = endpoint;
      if (!facets[summary.dialect].positional) {
        const method = await described(name, endpoint, describe);
        return codecs[summary.dialect].encodeCall(method, await byOwnNames(method, args), session, summary);
      }
      const path = pathOf(name);
      if (isList(args) || Object.keys(args).length === 0) return encodeV1Call(path, isList(args) ? args : [], session, summary);
      // A store with only V1 does not say the order of arguments by name.
      if (!facets[(await describe(endpoint)).dialect].describesMethods) return encodeV1Call(path, positional(path, args), session, summary);
      const method = await described(name, endpoint, describe);
      return encodeV1Call(path, v1Arguments(method, await byOwnNames(method, args)), session, summary);
    },
    finish: async (value, endpoint) => {
      // WS-I's answers have no types.
      if (facets[endpoint.summary.dialect].typedAnswers) return value;
      const { typedBy } = await import('../../soap/wsdl/description');
      return typedBy(value, (await described(name, endpoint, describe)).result.type);
    },
  };
}

/**
 * Path over V1 for a path or an operation: `salesOrderList` is `sales_order.list`. Unknown names are kept. So are
 * operations of other modules that only begin like a known one, if the policy would judge their path differently: the call that is sent
 * must be the one that the policy allowed.
 */
function pathOf(name: string): string {
  const place = name.includes('.') ? undefined : pathOfOperation(name);
  if (place === undefined) return name;
  const path = `${place.resource}.${place.verb}`;
  return isWrite(path) === isWrite(name) ? path : name;
}

/**
 * Arguments by the names of the store. V2 and WS-I have different names for many arguments (`storeView` is `store` in WS-I), so a
 * name of the other dialect is accepted too, if a bundled description of a product tells which argument it is.
 */
async function byOwnNames(method: Method, args: CallArguments): Promise<SoapRecord> {
  if (isList(args)) return named(method, args);
  const own = method.args.map(({ name }) => name);
  if (Object.keys(args).every((name) => own.includes(name))) return args;
  const { positionsOf } = await import('../../api/store-methods/products');
  const positions = await positionsOf(method.operation);
  return Object.fromEntries(
    Object.entries(args).map(([name, value]): [string, SoapValue] => {
      const position = own.includes(name) ? undefined : positions.get(name);
      const meant = position === undefined ? undefined : own[position];
      return [meant === undefined || Object.hasOwn(args, meant) ? name : meant, value];
    }),
  );
}

async function described(name: string, endpoint: Endpoint, describe: Describe): Promise<Method> {
  const { describedMethod } = await import('../../soap/wsdl/description');
  const description = await describe(endpoint);
  const method = describedMethod(description, name, isWrite(name) ? 'write' : 'read');
  if (method !== undefined) return method;
  const like = Object.keys(description.operations).filter((operation) =>
    operation.toLowerCase().includes((name.split(/[._]/)[0] ?? name).toLowerCase()),
  );
  throw new ToolkitError('input', {
    code: 'method-unknown',
    what: t('The store has no method "{name}".', { name }),
    why: t('It is neither in the catalogue nor in the WSDL of the store.'),
    next:
      like.length > 0 && like.length <= 12
        ? t('It has {names}.', { names: like.join(', ') })
        : t('Check the spelling, or call it over V1 with a list of arguments.'),
  });
}

function positional(path: string, args: CallArguments): SoapList {
  if (isList(args)) return args;
  if (isRecord(args) && Object.keys(args).length === 0) return [];
  throw new ToolkitError('input', {
    code: 'argument-type',
    what: t('The arguments of {path} must be a list.', { path }),
    why: t('V1 reads arguments by position, and PHP 8 would read a map as named arguments.'),
    next: t('Write them as [ first, second ].'),
  });
}

/**
 * Path and positional arguments of a call, in the form of V1's multiCall.
 * @throws {ToolkitError} of kind `input` when the method does not take these arguments, or is unknown and they are a map
 */
export function v1Pair(
  name: string,
  args: CallArguments,
  registry: ResourceRegistry = knownResources,
): readonly [path: string, args: SoapList] {
  const method = registry.find(name);
  if (method === undefined) return [name, positional(name, args)];
  return [method.id, v1Arguments(method, isList(args) ? named(method, args) : args)];
}
