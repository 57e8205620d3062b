import type { Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { ErrorNote } from '../../store';
import { t } from '../../l10n/texts';
import type { RequestClient } from './model';

/** Where a store turned out to be out of reach. */
interface UnreachedAt {
  readonly stage: NonNullable<ErrorNote['unreached']>;
  readonly path: string;
  readonly request: string;
}

/**
 * The stores of one run that no request can reach: the host is down, its WSDL is broken, the login or each session was refused. The reason
 * is said once; the other requests for such a store are not sent, since each would wait for the same failure again, and a store may lock a
 * user after many refused logins.
 */
export class Unreached {
  readonly #known = new Map<RequestClient, Map<Dialect | 'any' | 'own', ToolkitError>>();

  /** Why a request for this store is not sent; `undefined` as long as nothing speaks against it. */
  of(client: RequestClient, dialect: Dialect | undefined): ToolkitError | undefined {
    const known = this.#known.get(client);
    return known?.get('any') ?? known?.get(dialect ?? 'own');
  }

  /**
   * Keeps the first reason, for the requests that come after it.
   * @param dialect the one that was asked for; an address may be missing for one dialect only
   */
  remember(client: RequestClient, dialect: Dialect | undefined, error: ToolkitError, { stage, path, request }: UnreachedAt): void {
    // One method that the store's description does not explain keeps no other from being sent.
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
      next: t('The reason is given at "{request}" in {path}.', { request, path }),
    },
    { cause: error },
  );
}
