export { inspectEnvelope } from '../../store/soap/envelope';

/** Placeholder of the session, which exists in raw envelopes only. */
export const SESSION_PLACEHOLDER = '$session';

/** Placeholder of the namespace that the store's WSDL names, such as `urn:Maho`. It exists in raw envelopes only, too. */
export const NAMESPACE_PLACEHOLDER = '$namespace';

/** Whether a placeholder is one that only raw envelopes have: what it stands for is known when the envelope is sent. */
export function isOfEnvelope(source: string): boolean {
  return source === SESSION_PLACEHOLDER || source === NAMESPACE_PLACEHOLDER;
}
