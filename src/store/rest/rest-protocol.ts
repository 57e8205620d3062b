import { isRecord } from '../../api/value';
import type { Protocol } from '../calls/protocol';
import { TransportError } from '../wire/failure';
import { RestAnswerReader } from './answer-reader';
import { RestPlaces, type RestPlace } from './places';
import { contentOf, tokenForm } from './requests';
import { restTask } from './tasks';

/** The store issues ten tokens a minute and does not say when the next is possible (wire maho-26.7 rest/016), so the wait is fixed. */
const WAIT_MS = 10_000;

/** Together a little more than a minute, after which the store counts again from zero. */
const MAX_WAITS = 7;

/** REST v2 of Maho 26.7 and later. A session is a token, which is kept in memory only. */
export const restProtocol: Protocol<RestPlace, RestPlaces> = {
  endpoints: (config, probe) => new RestPlaces(config, probe),
  task: (name, args, { registry }) => restTask(name, args, registry),
  login(place, username, api_key) {
    const args = { grant_type: 'api_user', username, api_key };
    // The login is sent without a token: the store would refuse it with an expired one.
    return { method: 'login', args, request: tokenForm(place, 'token', args) };
  },
  session(answer) {
    const { body } = contentOf(answer);
    const token = isRecord(body) ? body['token'] : undefined;
    return typeof token === 'string' && token !== '' ? token : undefined;
  },
  end: (place, token) => ({ method: 'endSession', args: {}, request: tokenForm(place, 'logout', {}, token) }),
  reader: () => new RestAnswerReader(),
  refusal: ({ code }) => (code === '5' ? 'session-over' : undefined),
  patience(error, waits) {
    return error instanceof TransportError && error.failure === 'too-many-requests' && waits < MAX_WAITS ? WAIT_MS : undefined;
  },
};
