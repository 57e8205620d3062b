/**
 * Imports a file into a demo store in a process of its own, and prints how many rows are over after each batch: to be killed.
 * At the end it prints the result as JSON to standard error.
 */
import { StoreClient } from '../../../src/store/calls/client';
import { guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { demoAccount } from '../../e2e/support/stores';

const [url, file] = process.argv.slice(2);
if (url === undefined || file === undefined) throw new Error('Name the address of a store and a file.');
const client = new StoreClient({ name: 'Demo', url, user: demoAccount.user }, { key: () => Promise.resolve(demoAccount.key) });
const csv = await openCsv(file);
const job = { client, csv, mapping: guessMapping(csv.header) };
const { end, counts, error } = await runImport(job, await previewImport(job), {
  onProgress: ({ rows }) => {
    process.stdout.write(`${rows}\n`);
  },
});
process.stderr.write(`${JSON.stringify({ end, counts, code: error?.code })}\n`);
await client.close();
