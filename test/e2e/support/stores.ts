import path from 'node:path';

/** The API user of every demo store. It is not secret. */
export const demoAccount = { user: 'apiUser', key: 'apiKey12345' } as const;

/** The customers of a real store before the first recording. */
export const recordedCustomers = path.resolve(import.meta.dirname, '../../fixtures/seed-customers.json');
