import type { CustomerSource } from '../../src/extension/tree/customer-list';
import type { StoreClient } from '../../src/store/client';

/** A store as a list knows it: connected, and never disconnected. */
export function listOf(client: StoreClient): CustomerSource {
  return {
    connection: { client, dialect: 'v2', product: 'Maho', namespace: 'urn:Maho', endpoint: client.url ?? '' },
    signal: new AbortController().signal,
    lost: () => Promise.resolve(false),
  };
}
