import type { Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import { escapeAttribute, escapeText } from '../../soap/xml/text';
import { isWrite, type CallResult } from '../../store';
import { inspectEnvelope, NAMESPACE_PLACEHOLDER, SESSION_PLACEHOLDER } from '../file/envelope';
import type { SavedRequest } from '../file/model';
import { readyCall, readyCalls, type ReadyCall } from '../file/normalize';
import type { Resolver } from '../variables/resolver';
import { t } from '../../l10n/texts';
import type { RequestClient } from './model';

/** A request that is ready to be sent, with its placeholders filled. */
export interface ReadyRequest {
  /** The methods that it calls, as far as known. The policy checks each of them. */
  readonly methods: readonly string[];
  /** Arguments as sent. */
  readonly args: SoapValue | undefined;
  readonly dialect: Dialect | undefined;
  readonly send: (
    client: RequestClient,
    signal: AbortSignal | undefined,
    confirmed: boolean,
  ) => Promise<Pick<CallResult, 'value' | 'dialect' | 'exchange'>>;
}

/**
 * Fills the placeholders of a request and brings its arguments into the form that the client takes.
 * @throws {ToolkitError} of kind `input` for a placeholder that cannot be filled, or an invalid request
 */
export function prepare(request: SavedRequest, resolver: Resolver): ReadyRequest {
  if (!request.valid)
    throw new ToolkitError('input', {
      code: 'request-invalid',
      what: t('The request "{name}" is not a valid request.', { name: request.name }),
      next: t('See the problems of the file.'),
    });
  if (request.envelope !== undefined) return envelope(request.envelope, request.dialect, resolver);
  const args = request.args === undefined ? undefined : resolver.resolve(request.args);
  const method = request.method ?? '';
  return method === 'multiCall' ? batch(args) : single(readyCall(method, args), request.dialect);
}

/** Whether a request changes something in the store. Assumed if its methods are not known. */
export function isWriting({ methods }: Pick<ReadyRequest, 'methods'>): boolean {
  return methods.length === 0 || methods.some((method) => isWrite(method));
}

function single({ method, args }: ReadyCall, dialect: Dialect | undefined): ReadyRequest {
  return {
    methods: [method],
    args,
    dialect,
    send: async (client, signal, confirmed) => await client.call(method, args, { signal, dialect, confirmed }),
  };
}

function batch(args: SoapValue | undefined): ReadyRequest {
  const { calls, stopAtFault } = readyCalls(args);
  return {
    // Without calls nothing is written. An empty list would mean that the methods are not known.
    methods: calls.length === 0 ? ['resources'] : calls.map(({ method }) => method),
    args,
    dialect: 'v1',
    send: async (client, signal, confirmed) => {
      const { outcomes, error, exchanges } = await client.multiCall(calls, { signal, stopAtFault, confirmed });
      if (error !== undefined) throw error;
      const exchange = exchanges.at(-1);
      if (exchange === undefined)
        throw new ToolkitError('input', {
          code: 'multicall-empty',
          what: t('multiCall has no calls, so nothing was sent.'),
          next: t('Add calls, such as ["customer.info", [1]].'),
        });
      const value = outcomes.flatMap((outcome): SoapValue[] =>
        outcome.state === 'result'
          ? [outcome.value]
          : outcome.state === 'fault'
            ? [{ isFault: true, faultCode: outcome.error.fault.code, faultMessage: outcome.error.fault.message }]
            : [],
      );
      return { value, dialect: 'v1', exchange };
    },
  };
}

function envelope(text: string, dialect: Dialect | undefined, resolver: Resolver): ReadyRequest {
  // Filled once, since placeholders such as $uuid must keep their value when the session is renewed. The session and the namespace are
  // filled in later.
  const [session, namespace] = ['\u{f8ff}session\u{f8ff}', '\u{f8ff}namespace\u{f8ff}'];
  const template = resolver.resolveText(text, { [SESSION_PLACEHOLDER]: session, [NAMESPACE_PLACEHOLDER]: namespace }, escapeText);
  const declared = /^\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']/.exec(template)?.[1];
  if (declared !== undefined && !/^utf-?8$|^us-ascii$/i.test(declared)) {
    throw new ToolkitError('input', {
      code: 'envelope-encoding',
      what: t('The envelope declares the encoding {declared}, but it is sent in UTF-8.', { declared: declared.slice(0, 40) }),
      why: t('The store would read the wrong characters.'),
      next: t('Write encoding="UTF-8", or leave the encoding out. maho-soap call --raw sends the bytes of a file in any encoding.'),
    });
  }
  const seen = inspectEnvelope(template);
  return {
    methods: seen.methods,
    args: undefined,
    dialect: dialect ?? seen.dialect,
    // If the file names no dialect, the client chooses the address: V2 and WS-I share one.
    send: async (client, signal, confirmed) => {
      const ready = (given: string, own: string): string =>
        template.replaceAll(session, () => escapeText(given)).replaceAll(namespace, () => escapeAttribute(own));
      return await client.send(ready, seen.methods, { signal, dialect, confirmed });
    },
  };
}
