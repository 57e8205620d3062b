import { isScalarValue, partNamed, stringPart } from './parts';
import { isNaturalList, isNaturalMap, UntypedObject, readNatural, type NaturalValue, type SoapRequest } from '../../soap/decoding/request';
import { globalFault, globalFaults, PhpError, phpError, soapError, StoreFault } from '../fault';
import type { DemoMethod } from '../operations/methods';
import { protocolV1, respondMultiCall, respondV1, v1Item } from '../respond';
import { natural } from '../respond/values';
import { leadingNumber, text } from '../data/conditions';
import type { ApiUser } from '../users';
import { run, whoIs, type ServeContext, type ServedRequest } from './context';
import { serveProtocol } from './protocol';

/**
 * Serves a V1 request.
 * @returns the envelope of the response
 * @throws {StoreFault} for every request that the store answers with a fault
 */
export function serveV1(request: SoapRequest, context: ServeContext, served: ServedRequest): string {
  const answer = serveProtocol(request, context, served, 'v1');
  if (answer !== undefined) return protocolV1(request.operation, answer, context.respond);
  switch (request.operation) {
    case 'call':
      return call(request, context, served);
    case 'multiCall':
      return multiCall(request, context, served);
    default:
      throw soapError(`Procedure '${request.operation}' not present`);
  }
}

function call(request: SoapRequest, context: ServeContext, served: ServedRequest): string {
  const path = stringPart(request, 'resourcePath') ?? '';
  const args = partNamed(request, 'args');
  served.method = path;
  const user = whoIs(context, served, 'v1', stringPart(request, 'sessionId'));
  const demo = find(context, path);
  const sent = args === undefined ? null : readNatural(args);
  return respondV1(run(context, served, 'v1', user, demo, arranged(demo, sent, served)), context.respond);
}

/** @throws {StoreFault} 3 for an unknown path; everything after the second dot is ignored (wire v1/160) */
function find({ methods }: ServeContext, path: string): DemoMethod {
  const demo = methods.find(path.split('.').slice(0, 2).join('.'));
  if (demo === undefined || !path.includes('.')) throw globalFault(3);
  return demo;
}

/** Arguments in the method's order. PHP uses a list in its order, a map by names, and anything else as the only argument. */
function arranged(demo: DemoMethod, sent: NaturalValue, served: ServedRequest): readonly (NaturalValue | undefined)[] {
  const names = demo.method.args.map(({ name }) => name);
  if (isNaturalMap(sent)) {
    const unknown = [...sent.keys()].find((key) => !names.includes(key));
    if (unknown !== undefined) throw phpError(`Unknown named parameter $${unknown}`);
    const values = names.map((name) => sent.get(name));
    served.args = names.map((name) => [name, sent.get(name)]);
    while (values.length > 0 && values.at(-1) === undefined) values.pop();
    return values;
  }
  const list = isNaturalList(sent) ? sent : [sent];
  served.args = list.map((value, index) => [names[index] ?? String(index), value]);
  return list;
}

/** Carries out several calls. The fault of a call becomes an item of the result (facts §8). */
function multiCall(request: SoapRequest, context: ServeContext, served: ServedRequest): string {
  const user = whoIs(context, served, 'v1', stringPart(request, 'sessionId'));
  const callsPart = partNamed(request, 'calls');
  const calls = callsPart === undefined ? null : readNatural(callsPart, 'array');
  const optionsPart = partNamed(request, 'options');
  const options = optionsPart === undefined ? null : readNatural(optionsPart);
  const stop = isNaturalMap(options) && isTruthy(options.get('break'));
  const items: string[] = [];
  const paths: string[] = [];
  for (const one of isNaturalList(calls) ? calls : []) {
    const [path, args] = isNaturalList(one) ? one : [one];
    paths.push(isScalarValue(path) ? text(path ?? null) : '');
    const [item, failed] = oneOf(context, served, user, path ?? null, args);
    items.push(item);
    if (failed && stop) break;
  }
  served.args = [['calls', paths]];
  return respondMultiCall(items, context.respond);
}

function oneOf(
  context: ServeContext,
  served: ServedRequest,
  user: ApiUser,
  path: NaturalValue,
  args: NaturalValue | undefined,
): readonly [item: string, failed: boolean] {
  try {
    const demo = find(context, isScalarValue(path) ? text(path) : '');
    return [v1Item(run(context, served, 'v1', user, demo, arranged(demo, args ?? [], served)), context.respond), false];
  } catch (error) {
    // The store catches exceptions of its own code, but not errors of PHP itself, which end the whole request.
    if (!(error instanceof StoreFault) || error instanceof PhpError) throw error;
    // Here, the store does not reveal internal errors (wire v1/151).
    const inner = error.code === '1' || !/^\d+$/.test(error.code);
    const fault = inner ? globalFaults[1] : error;
    return [natural('item', { isFault: true, faultCode: fault.code, faultMessage: fault.message }), true];
  }
}

function isTruthy(value: NaturalValue | undefined): boolean {
  if (value instanceof UntypedObject) return true;
  return (
    isScalarValue(value) &&
    value !== null &&
    value !== undefined &&
    value !== false &&
    (typeof value !== 'string' || leadingNumber(value) !== 0 || value.length > 1) &&
    value !== 0
  );
}
