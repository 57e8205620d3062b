export { inspectEnvelope } from '../../store/envelope';

/** Placeholder of the session, which exists in raw envelopes only. */
export const SESSION_PLACEHOLDER = '$session';
