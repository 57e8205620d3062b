import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { Product } from '../../soap/wsdl/wsdl';
import type { StoreClient } from '../../store/calls/client';
import type { KnownGeneration } from '../../store/doctor/generation';
import { within } from '../../store/calls/limit';
import type { StoreVersion } from '../../store/doctor/version';

/** How long a tooltip of a store waits for the store's version, in ms. */
const VERSION_LIMIT_MS = 3_000;

const versions = new WeakMap<VersionClient, Promise<StoreVersion | undefined>>();

type VersionClient = Pick<StoreClient, 'call' | 'describe'>;

/**
 * The version that a connected store reports. Asked for when the user wants to see it, and only once for each connection.
 * @returns `undefined` where the store does not report it, the API user may not ask, or no answer came in time. In the last case, the next
 * caller asks again
 */
export async function versionOf(client: VersionClient): Promise<StoreVersion | undefined> {
  let asking = versions.get(client);
  if (asking === undefined) {
    asking = ask(client);
    versions.set(client, asking);
  }
  return await asking;
}

async function ask(client: VersionClient): Promise<StoreVersion | undefined> {
  const { askVersion } = await import('../../store/doctor/version');
  const limit = within(VERSION_LIMIT_MS);
  try {
    const answer = await askVersion(client, await client.describe(limit.signal), { signal: limit.signal });
    if (answer === 'unanswered') versions.delete(client);
    return typeof answer === 'string' ? undefined : answer;
  } catch (error) {
    // A tooltip without a version needs no reason. The row of the store reports what is wrong with the store.
    if (!(error instanceof ToolkitError)) throw error;
    versions.delete(client);
    return undefined;
  } finally {
    limit.end();
  }
}

/** The product with its version, and where the version comes from. Only the product if nothing tells the version. */
export function productWords(product: Product, generation: KnownGeneration | undefined, version: StoreVersion | undefined): string {
  if (version !== undefined) return t('{version} (by its {method})', { version: version.name, method: version.method });
  return generation === undefined ? product : `${generation.generation.label} (${generation.by})`;
}
