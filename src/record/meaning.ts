import { findProtocolOperation } from '../api/protocol';
import { knownResources, type ResourceRegistry } from '../api/resources';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../api/value';
import { decodeRequest } from '../soap/decoding/decode';
import { readRequest } from '../soap/decoding/request';
import { DecodeError } from '../soap/xml/errors';
import { MASK, maskText, maskValue, secretsIn } from '../store/masking/mask';
import { typedArguments } from './typed-arguments';

/** The call of a program to a store, as read from its request. */
export interface RecordedCall {
  /** Path or operation, such as `customer.list` or `login`; `envelope` if it cannot be told. */
  readonly method: string;
  /** Arguments without the session, with secrets masked. */
  readonly args: SoapValue;
  /** The session of the request. */
  readonly session: string | undefined;
  /** Secrets of the request: the key, the session, passwords. */
  readonly secrets: readonly string[];
  /** Version of SOAP, which decides the form of the answer. */
  readonly version: string;
}

/** Reads the call in a request. A request that cannot be read is an `envelope` without arguments. */
export function callIn(body: Uint8Array, registry: ResourceRegistry = knownResources): RecordedCall {
  const request = readRequest(body);
  const decoded = decodedRequest(body, registry);
  if (typeof request === 'string' || decoded === undefined)
    return { method: 'envelope', args: {}, session: undefined, secrets: [], version: '1.1' };
  const args = asPhpTakesThem(request.operation, decoded, registry);
  const { sessionId, ...rest } = opensSession(decoded.operation) ? withHiddenKey(args) : args;
  const session = typeof sessionId === 'string' && sessionId !== '' ? sessionId : undefined;
  const secrets = [
    ...(session === undefined ? [] : [session]),
    ...secretsIn(args),
    ...(opensSession(decoded.operation) ? keysIn(args) : []),
  ];
  const called = decoded.operation === 'call' && typeof rest['resourcePath'] === 'string' ? rest['resourcePath'] : undefined;
  const method = called ?? decoded.operation;
  return {
    method: registry.find(method)?.id ?? method,
    args: maskValue(called === undefined ? rest : (rest['args'] ?? [])),
    session,
    secrets,
    version: request.version,
  };
}

/**
 * Arguments by the names of the WSDL. If none of these names occurs, PHP takes the arguments in their order: a client without the WSDL
 * sends `param0`, `param1` and so on. WS-I uses only names.
 */
function asPhpTakesThem(element: string, { operation, args }: Requested, registry: ResourceRegistry): SoapRecord {
  if (/Param$/.test(element)) return args;
  const known = findProtocolOperation(operation)?.args ?? registry.find(operation)?.args;
  const own = findProtocolOperation(operation) === undefined ? ['sessionId'] : [];
  const names = [...own, ...(known ?? []).map(({ name }) => name)];
  const entries = Object.entries(args);
  if (entries.some(([name]) => names.includes(name))) return args;
  return Object.fromEntries(entries.map(([name, value], index) => [names[index] ?? name, value]));
}

/** Arguments of a login in which everything but the user is hidden, whatever its name. */
function withHiddenKey(args: SoapRecord): SoapRecord {
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, name === 'username' || value === null ? value : MASK]));
}

function keysIn(args: SoapRecord): readonly string[] {
  return Object.entries(args).flatMap(([name, value]) => (name !== 'username' && typeof value === 'string' ? [value] : []));
}

/** Whether the answer to an operation is a session. */
export function opensSession(operation: string): boolean {
  return operation === 'login' || operation === 'startSession';
}

/** The call without secrets that are known from other calls. A request may contain them under any name. */
export function hidingSecrets(asked: RecordedCall, secrets: readonly string[]): RecordedCall {
  const text = JSON.stringify([asked.method, asked.args]);
  if (!secrets.some((secret) => text.includes(JSON.stringify(secret).slice(1, -1)))) return asked;
  const hidden = (value: SoapValue): SoapValue => {
    if (typeof value === 'string') return maskText(value, secrets);
    if (isList(value)) return value.map(hidden);
    return isRecord(value)
      ? Object.fromEntries(Object.entries(value).map(([name, inner]) => [maskText(name, secrets), hidden(inner)]))
      : value;
  };
  // A program that mixes up its arguments may send its session as the path of a method.
  return { ...asked, method: maskText(asked.method, secrets), args: hidden(asked.args) };
}

interface Requested {
  readonly operation: string;
  readonly args: SoapRecord;
}

function decodedRequest(body: Uint8Array, registry: ResourceRegistry): Requested | undefined {
  try {
    const decoded = decodeRequest(body, { registry });
    if (decoded.kind !== 'result' || decoded.operation === undefined) return undefined;
    return { operation: decoded.operation.replace(/(?:Request)?Param$/, ''), args: isRecord(decoded.value) ? decoded.value : {} };
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/**
 * A text that is equal for calls that a replay treats as the same: address, version of SOAP, method and arguments. The bytes, the order
 * of names, the session, and whether a number was sent as text do not count: PHP reads them as the same.
 */
export function comparisonKey(place: string, { version, method, args }: Pick<RecordedCall, 'version' | 'method' | 'args'>): string {
  return JSON.stringify([place, version, method, comparableValue(typedArguments(method, args))]);
}

/** A value for comparisons, in which neither the order of names nor the type of a number counts. */
export function comparableValue(value: SoapValue): unknown {
  if (isList(value)) return value.map(comparableValue);
  if (isRecord(value)) {
    const entries = Object.entries(value).filter(([, inner]) => inner !== null);
    return entries.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([name, inner]) => [name, comparableValue(inner)]);
  }
  return value === null ? null : typeof value === 'boolean' ? (value ? '1' : '') : String(value);
}
