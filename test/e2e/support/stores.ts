import path from 'node:path';

/** What every demo store lets in; no secret. */
export const demoAccount = { user: 'apiUser', key: 'apiKey12345' } as const;

/** The customers that a real store held before the first recording. */
export const recordedCustomers = path.resolve(import.meta.dirname, '../../fixtures/seed-customers.json');
