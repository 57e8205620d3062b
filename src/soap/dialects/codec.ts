import type { Method } from '../../api/method';
import type { ProtocolOperation } from '../../api/protocol';
import type { SoapDialect } from '../../api/dialect';
import type { SoapRecord, SoapValue } from '../../api/value';

/** The data that every request needs besides its arguments. */
export interface EncodeContext {
  /** Target namespace of the store, from its WSDL (facts §1). */
  readonly namespace: string;
}

/** How one dialect writes a call. The answers of all three are decoded in the same way (`soap/decoding`). */
export interface Codec {
  readonly dialect: SoapDialect;
  /** Value of the SOAPAction header, as the dialect's WSDL gives it. Stores ignore it (facts §1). */
  readonly soapAction: string;

  /**
   * Writes the call of a catalogue method.
   * @param args by documented name; optional ones may be missing
   * @throws {ToolkitError} of kind `input` when the dialect cannot express an argument
   */
  encodeCall(method: Method, args: SoapRecord, session: string, context: EncodeContext): string;

  /**
   * Writes an operation of the protocol, such as `login`.
   * @param args by documented name; a missing argument is sent as nil
   * @throws {ToolkitError} of kind `input` when an argument is not of its type
   */
  encodeProtocol(operation: ProtocolOperation, args: SoapRecord, context: EncodeContext): string;

  /** Name of the operation in the answer to a method. */
  answerName(method: Method): string;
}

/** The argument of that name, or `undefined`. Inherited names such as `constructor` do not count. */
export function argument(args: SoapRecord, name: string): SoapValue | undefined {
  return Object.hasOwn(args, name) ? args[name] : undefined;
}
