import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { demoUser } from './demo-store';

const requests = `{
  // Requests against the demo store, to read, run and change.
  "requests": [
    { "name": "All customers", "method": "customer.list" },
    { "name": "Customers named Doe", "method": "customer.list", "args": { "filters": { "lastname": "Doe" } } },
    { "name": "One customer", "method": "customer.info", "args": { "customerId": 1 } },
    { "name": "A customer who does not exist", "method": "customer.info", "args": { "customerId": 999999 }, "expect": { "fault": 102 } }
  ]
}
`;

/** Creates a workspace whose only store is the demo store. */
export async function makeSampleWorkspace(folder: string, storeUrl: string): Promise<void> {
  const settings = {
    'mahoSoap.stores': [{ name: 'Demo store (V2)', url: storeUrl, user: demoUser.user, environment: 'development' }],
  };
  await mkdir(path.join(folder, '.vscode'), { recursive: true });
  await writeFile(path.join(folder, '.vscode/settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  await writeFile(path.join(folder, 'customers.maho.json'), requests);
}
