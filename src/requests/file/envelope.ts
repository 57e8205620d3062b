export { inspectEnvelope } from '../../store/soap/envelope';

/** Placeholder of the session, in raw envelopes only. */
export const SESSION_PLACEHOLDER = '$session';

/** Placeholder of the namespace in the store's WSDL, such as `urn:Maho`, in raw envelopes only. */
export const NAMESPACE_PLACEHOLDER = '$namespace';

/** Whether a placeholder exists in raw envelopes only. Its value is known when the envelope is sent. */
export function isOfEnvelope(source: string): boolean {
  return source === SESSION_PLACEHOLDER || source === NAMESPACE_PLACEHOLDER;
}
