import type { StoreConfig } from '../../store/settings/config';
import type { StoreSource } from './guards';

/**
 * The ID of an entry of the settings, which stays the same as long as source, address, user and dialect do. Drafts, kept copies and the
 * active store refer to stores by it, so a change of its form has to read the earlier one too.
 * @param config as it stands in the settings, variables not replaced
 */
export function storeId(source: StoreSource, { url, user, dialect }: Pick<StoreConfig, 'url' | 'user' | 'dialect'>): string {
  return `${source}:${JSON.stringify([url, user, dialect ?? ''])}`;
}
