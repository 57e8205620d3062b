/** Exports or imports in a separate process and prints the customers, the time in ms and the peak memory of the process in MB. */
import { statSync } from 'node:fs';
import { isDialect } from '../../src/api/dialect';
import { StoreClient } from '../../src/store/calls/client';
import { customersMatching, exportCustomers, guessMapping, openCsv, previewImport, runImport } from '../../src/store/transfer';
import { demoAccount } from '../e2e/support/stores';

const [action, dialect, url, file] = process.argv.slice(2);
if (url === undefined || file === undefined || dialect === undefined || !isDialect(dialect))
  throw new Error('Name an action, a dialect, an address and a file.');
let peak = 0;
const look = (): void => {
  peak = Math.max(peak, process.memoryUsage().rss);
};
const timer = setInterval(look, 20);
const client = new StoreClient({ name: 'Demo', url, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) });
const begun = performance.now();
let rows = 0;
if (action === 'import') {
  const csv = await openCsv(file);
  const job = { client, csv, mapping: { ...guessMapping(csv.header), key: 'email' as const } };
  rows = (await runImport(job, await previewImport(job), { onProgress: look })).counts.created;
} else {
  const format = action === 'jsonl' ? 'jsonl' : 'csv';
  ({ rows } = await exportCustomers(customersMatching(client, undefined), { format, dialect, secrets: false, file }, { onProgress: look }));
}
look();
clearInterval(timer);
await client.close();
process.stdout.write(JSON.stringify({ rows, ms: performance.now() - begun, megabytes: peak / 1e6, bytes: statSync(file).size }));
