import type { IncomingMessage } from 'node:http';
import { errorPage, type Reply } from '../endpoint';
import type { DemoFaults, SoapFaultOnDemand } from '../options';
import { maintenancePage } from '../pages';
import type { ServeContext, ServedRequest } from '../serve/context';
import { RestApi, type RestNotes, type RestOptions } from './rest-api';
import { RestError } from './answer';
import { writtenError, type Written } from './written';

/**
 * The REST API of a store; `undefined` where its generation has none.
 * @param options its `product` is the requested one, because `maho@26.7.2` cannot change customers yet
 */
export function restOf({
  product,
  ...options
}: Omit<RestOptions, 'hasPut'> & { readonly product: string | undefined }): RestApi | undefined {
  if (options.generation.restPath === undefined) return undefined;
  return new RestApi({ ...options, hasPut: !/@26\.7\.[0-2]$/.test((product ?? '').trim()) });
}

/** Serves a request to the REST API, with the simulated faults that apply to it; `undefined` where there is no REST API. */
export function serveRest(
  { rest, generation }: ServeContext,
  request: IncomingMessage,
  url: string,
  body: Buffer,
  faults: DemoFaults,
  served: ServedRequest,
): Reply | undefined {
  if (rest === undefined) return undefined;
  if (faults.maintenance === true) return { ...maintenancePage(), headers: { 'Retry-After': '3600' } };
  if (faults['html-503'] === true) return errorPage(generation);
  if (faults['rest-off'] === true) return reply(writtenError(off()), {});
  if (faults['memory-limit'] === true) {
    return reply(writtenError(new RestError(500, 'internal_server_error', 'An internal error occurred')), {});
  }
  if (faults['expire-sessions'] === true) rest.endTokens();
  const notes: RestNotes = {};
  const answer = rest.handle(
    {
      method: request.method ?? 'GET',
      url,
      host: request.headers.host ?? 'localhost',
      from: request.socket.remoteAddress ?? '',
      header: (name) => {
        const value = request.headers[name];
        return typeof value === 'string' ? value : value?.join(', ');
      },
      body,
    },
    notes,
    faults.deny === true,
  );
  if (notes.method !== undefined) served.method = notes.method;
  if (notes.user !== undefined) served.user = notes.user;
  return reply(answer, notes);
}

/** The response of a fault rule instead of carrying out a request: its message as a REST error; `undefined` without a rule. */
export function restRefusal(answer: SoapFaultOnDemand | undefined): Reply | undefined {
  if (answer === undefined) return undefined;
  const error = new RestError(statusOf(answer.code), errorNames[statusOf(answer.code)] ?? 'bad_request', answer.message);
  return reply(writtenError(error), { fault: answer });
}

/** The HTTP status of REST for the code of a SOAP fault. */
function statusOf(code: string): number {
  return { '2': 403, '5': 401, '100': 400, '102': 404 }[code] ?? (/^\d+$/.test(code) ? 400 : 500);
}

const errorNames: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'authentication_error',
  403: 'forbidden',
  404: 'not_found',
  500: 'internal_server_error',
};

function off(): RestError {
  return new RestError(404, 'protocol_disabled', 'This API protocol is not enabled on this Maho instance.', false);
}

function reply({ status, contentType, body, headers }: Written, { fault }: RestNotes): Reply {
  return { status, contentType, body, headers, fault };
}
