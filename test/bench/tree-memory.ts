/** Loads ten windows of a store in a separate process, and prints how much memory they use, in MB. */
import { customer } from '../../src/api/resources/customer';
import { RowList } from '../../src/extension/customer/row-list';
import { StoreClient } from '../../src/store/calls/client';
import { listOf } from '../support/lists';

const [url] = process.argv.slice(2);
if (url === undefined) throw new Error('Name the store.');
const client = new StoreClient({ name: 'Demo', url, user: 'apiUser' }, { key: () => Promise.resolve('apiKey12345') });
await client.login();
globalThis.gc?.();
const before = process.memoryUsage().rss;
const list = new RowList(listOf(client), customer, () => 'newest');
await list.loadFirst();
for (let windows = 1; windows < 10; windows++) await list.loadMore();
if (list.rows.length < 1900) throw new Error(`Only ${list.rows.length} customers came.`);
const after = process.memoryUsage().rss;
process.stdout.write(String((after - before) / 1e6));
await client.close();
