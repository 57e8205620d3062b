import { EncodingViolation, readTyped, type NaturalValue, type SoapRequest } from '../../soap/decoding/request';
import type { Argument } from '../../api/method';
import { codeFolder, globalFault, phpError, soapError } from '../fault';
import { asNatural } from '../operations/customer';
import type { Generation } from '../../api/generations';
import { protocolV2, protocolWsi, respondV2, respondWsi } from '../respond';
import { logIn, run, whoIs, type ServeContext, type ServedRequest } from './context';
import { partNamed, stringPart } from './parts';
import { serveProtocol } from './protocol';

/**
 * Serves a V2 request: one operation per method, read by the types of the WSDL.
 * @returns the envelope of the response
 * @throws {StoreFault} for every request that the store answers with a fault
 */
export function serveV2(request: SoapRequest, context: ServeContext, served: ServedRequest): string {
  const answer = serveProtocol(request, context, served, 'v2');
  if (answer !== undefined) return protocolV2(request.operation, answer, context.respond);
  const demo = request.operation.includes('.') ? undefined : context.methods.find(request.operation);
  if (demo === undefined) throw soapError(`Procedure '${request.operation}' not present`);
  served.method = demo.method.id;
  const args = demo.method.args.map((argument) => typedArgument(request, argument) ?? null);
  served.args = demo.method.args.map(({ name }, index) => [name, args[index]]);
  const user = whoIs(context, served, 'v2', stringPart(request, 'sessionId'));
  return respondV2(demo.method, run(context, served, 'v2', user, demo, args), context.respond);
}

/**
 * Serves a WS-I request: V2's methods as document/literal. The namespace must be right, and required elements must not be missing (facts
 * §1, §3).
 * @returns the envelope of the response
 * @throws {StoreFault} for every request that the store answers with a fault
 */
export function serveWsi(request: SoapRequest, context: ServeContext, served: ServedRequest): string {
  const { version } = request;
  const string = (name: string): string | null => stringPart(request, name);
  const protocol = (operation: string, value: Parameters<typeof protocolWsi>[1]): string =>
    protocolWsi(operation, value, context.respond, version);
  if (request.operation === '') return protocol('startSession', undefined);
  const operation = request.namespace === context.generation.namespace ? context.methods.operationOf(request.operation) : undefined;
  if (operation === undefined) throw soapError(`Procedure '${request.operation}' not present`);
  switch (operation) {
    case 'login':
      return protocol(operation, logIn(context, served, 'wsi', string('username'), string('apiKey')));
    case 'endSession':
      context.sessions.end(string('sessionId') ?? '');
      return protocol(operation, true);
    // These three fail in this mode in every store, with different errors (facts §3).
    case 'resources':
      throw phpError(brokenResources(context.generation));
    case 'globalFaults':
      if (context.generation.id === 'maho@26.7') throw phpError(brokenResources(context.generation));
      throw soapError("SOAP-ERROR: Encoding: object has no 'result' property");
    case 'resourceFaults':
      throw phpError(
        'Too few arguments to function Mage_Api_Model_Server_Handler_Abstract::resourceFaults(), 1 passed and exactly 2 expected',
      );
  }
  const demo = context.methods.find(operation);
  if (demo === undefined) throw soapError(`Procedure '${request.operation}' not present`);
  served.method = demo.method.id;
  const args = demo.method.args.map((argument) => typedArgument(request, { ...argument, name: argument.wsiName ?? argument.name }));
  served.args = demo.method.args.map(({ name }, index) => [name, args[index]]);
  const session = string('sessionId');
  if (session === null || demo.method.args.some(({ optional }, index) => optional !== true && (args[index] ?? null) === null))
    throw globalFault(6);
  const user = whoIs(context, served, 'wsi', session);
  return respondWsi(demo.method, run(context, served, 'wsi', user, demo, args), context.respond, version);
}

/** PHP's message when a store uses the object of a WS-I request as a session ID. */
function brokenResources(generation: Generation): string {
  switch (generation.id) {
    case 'maho@26.7':
      return (
        'Mage_Api_Model_Session::setSessionId(): Argument #1 ($sessId) must be of type ?string, stdClass given, called ' +
        `in ${codeFolder(generation)}/app/code/core/Mage/Api/Model/Server/Handler/Abstract.php on line 77`
      );
    case 'openmage@20.0':
    case 'magento@1.9':
      return 'addcslashes(): Argument #1 ($string) must be of type string, stdClass given';
    default:
      return 'Object of class stdClass could not be converted to string';
  }
}

/**
 * @throws {StoreFault} with HTTP 500 for a text that is not a number where the WSDL has one, before anything else is checked (facts §2)
 */
function typedArgument(request: SoapRequest, argument: Argument): NaturalValue | undefined {
  const part = partNamed(request, argument.name);
  if (part === undefined) return undefined;
  try {
    return asNatural(readTyped(part, argument.type));
  } catch (error) {
    if (error instanceof EncodingViolation) throw soapError('SOAP-ERROR: Encoding: Violation of encoding rules');
    throw error;
  }
}
