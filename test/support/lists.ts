import type { RowSource } from '../../src/extension/customer/row-list';
import type { StoreClient } from '../../src/store/calls/client';

/** A store as a list needs it: connected, and never disconnected. */
export function listOf(client: StoreClient): RowSource {
  return {
    connection: { client, dialect: 'v2', product: 'Maho', namespace: 'urn:Maho', endpoint: client.url ?? '' },
    signal: new AbortController().signal,
    lost: () => Promise.resolve(false),
  };
}
