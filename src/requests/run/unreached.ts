import type { Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { ErrorNote } from '../../store';
import { t } from '../../l10n/texts';
import type { RequestClient } from './model';

/** The request at which a store could not be reached. */
interface UnreachedAt {
  readonly stage: NonNullable<ErrorNote['unreached']>;
  readonly path: string;
  readonly request: string;
}

/**
 * The stores of one run that cannot be used: the host is down, the WSDL is broken, or the login or each session is refused. The reason is
 * reported once. Other requests for such a store are not sent: each would wait for the same failure, and a store may lock a user after many
 * refused logins.
 */
export class Unreached {
  readonly #known = new Map<RequestClient, Map<Dialect | 'any' | 'own', ToolkitError>>();

  /** Why a request for this store is not sent; `undefined` when it may be sent. */
  of(client: RequestClient, dialect: Dialect | undefined): ToolkitError | undefined {
    const known = this.#known.get(client);
    return known?.get('any') ?? known?.get(dialect ?? 'own');
  }

  /**
   * Keeps the first reason, for later requests.
   * @param dialect the requested dialect, since an address may be missing for one dialect only
   */
  remember(client: RequestClient, dialect: Dialect | undefined, error: ToolkitError, { stage, path, request }: UnreachedAt): void {
    // A method that the store's description does not explain does not prevent other requests.
    if (stage === 'description' || error.code === 'cancelled') return;
    const known = this.#known.get(client) ?? new Map<Dialect | 'any' | 'own', ToolkitError>();
    const key = stage === 'login' || stage === 'session' ? 'any' : (dialect ?? 'own');
    if (!known.has(key)) known.set(key, notSent(error, client.config.name, path, request));
    this.#known.set(client, known);
  }
}

function notSent(error: ToolkitError, store: string, path: string, request: string): ToolkitError {
  return new ToolkitError(
    error.kind,
    {
      code: 'not-sent',
      what: t('Not sent: {store} could not be used.', { store }),
      next: t('See the message for "{request}" in {path}.', { request, path }),
    },
    { cause: error },
  );
}
