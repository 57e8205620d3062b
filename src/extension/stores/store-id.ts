import type { StoreConfig } from '../../store/settings/config';
import type { StoreSource } from './guards';

/**
 * The ID of an entry of the settings. It stays the same as long as source, address, user and dialect do. Drafts, kept copies and the active
 * store refer to stores by it, so code that changes its format has to read the earlier format, too.
 * @param config as written in the settings, variables not replaced
 */
export function storeId(source: StoreSource, { url, user, dialect }: Pick<StoreConfig, 'url' | 'user' | 'dialect'>): string {
  return `${source}:${JSON.stringify([url, user, dialect ?? ''])}`;
}
