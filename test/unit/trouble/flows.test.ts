import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { customer } from '../../../src/api/resources/customer';
import { dialectLabels, dialects, soapDialects, type Dialect } from '../../../src/api/dialect';
import { ToolkitError } from '../../../src/api/errors';
import { isList, isRecord, type SoapRecord } from '../../../src/api/value';
import { planFor } from '../../../src/extension/find/queries';
import { search } from '../../../src/extension/find/search';
import { readAddresses } from '../../../src/store/customers/addresses';
import { RowList } from '../../../src/extension/customer/row-list';
import { text } from '../../../src/extension/customer/customer-summary';
import { SearchRows } from '../../../src/extension/table/table-rows';
import { groupsOf } from '../../../src/extension/customer/grouping';
import { copyCustomer, type CustomerCopy } from '../../../src/store/customers/customer-copy';
import { removeCustomers, type Removal } from '../../../src/store/customers/customer-removal';
import { restoreCustomer } from '../../../src/store/customers/customer-restore';
import { createCustomer, readCustomer, saveCustomer, type SaveResult } from '../../../src/store/customers/customer-save';
import { diagnose } from '../../../src/store/doctor/doctor';
import { customersMatching, exportCustomers, guessMapping, openCsv, previewImport, runImport } from '../../../src/store/transfer';
import { assertHelpful, endOf, expiry, known, patient, troubles, type Patient } from './troubles';

/** A flow as far as it got when the trouble begins. */
interface UnderWay {
  /** Goes on. @returns what ended it; `undefined` when it came to its end */
  readonly goOn: () => Promise<ToolkitError | undefined>;
  /** Asserts that nothing is lost although it did not come to its end. */
  readonly nothingLost?: () => Promise<void> | void;
  /** Asserts that it came to what it should. */
  readonly done: () => Promise<void> | void;
  /** Whether the flow makes the trouble itself, in the middle of going on. */
  readonly inTheMiddle?: boolean;
}

type Flow = (patient: Patient) => Promise<UnderWay>;

const { signal } = new AbortController();
/** Customers of the store; a search through it must need more than one window of a thousand. */
const stockFor = (flow: string): number => (flow.startsWith('a filter') ? 1300 : 650);
/** What REST cannot do at all. */
const notOverRest: Readonly<Record<string, true>> = {
  'deleting customers': true,
  'restoring a customer': true,
  'restoring a customer whose addresses come last': true,
};
const ids = (rows: readonly SoapRecord[]): string[] => rows.map((row) => text(row['customer_id']));

const flows: Readonly<Record<string, Flow>> = {
  'a table of whom three searches find together': async ({ source }) => {
    const rows = new SearchRows(
      'ex',
      source,
      () => 'newest',
      async (task) => {
        await task(() => undefined, signal);
      },
    );
    await rows.loadFirst();
    const before = ids(rows.rows);
    return {
      goOn: async () => {
        do await (rows.problem === undefined ? rows.loadMore() : rows.retry());
        while (rows.more && rows.problem === undefined);
        return rows.problem;
      },
      nothingLost: () => {
        const now = new Set(ids(rows.rows));
        assert.ok(before.every((id) => now.has(id)));
      },
      done: () => {
        assert.ok(rows.rows.length > before.length);
        assert.equal(new Set(ids(rows.rows)).size, rows.rows.length);
      },
    };
  },
  'loading more customers': async ({ source }) => {
    const list = new RowList(source, customer, () => 'newest');
    await list.loadFirst();
    const before = ids(list.rows);
    return {
      goOn: async () => {
        await list.loadMore();
        return list.problem;
      },
      nothingLost: () => {
        assert.deepEqual(ids(list.rows), before);
      },
      done: () => {
        // Pages of REST hold thirty each.
        const more = list.rows.length - before.length;
        assert.ok(more === 200 || more === 210, `${more}`);
        assert.equal(new Set(ids(list.rows)).size, list.rows.length);
      },
    };
  },
  'refreshing the tree': async ({ source, behind }) => {
    const list = new RowList(source, customer, () => 'newest');
    await list.loadFirst();
    const before = ids(list.rows);
    const { value } = await behind.call('customer.create', { customerData: { email: 'newcomer@example.com', website_id: 1 } });
    return {
      goOn: async () => {
        await list.reload();
        return list.problem;
      },
      nothingLost: () => {
        assert.deepEqual(ids(list.rows), before);
      },
      done: () => {
        assert.equal(ids(list.rows)[0], text(value));
      },
    };
  },
  'a filter that looks through the store': async ({ source }) => {
    const list = new RowList(source, customer, () => 'oldest', { matches: (row) => Number(row['customer_id']) % 5 === 0 });
    await list.loadFirst();
    const before = ids(list.rows);
    assert.ok(before.length > 0 && list.more, 'there is more to look through');
    return {
      goOn: async () => {
        await list.loadMore();
        return list.problem;
      },
      nothingLost: () => {
        assert.deepEqual(ids(list.rows).slice(0, before.length), before);
      },
      done: () => {
        assert.ok(list.rows.length > before.length, 'it went on');
        assert.equal(new Set(ids(list.rows)).size, list.rows.length);
      },
    };
  },
  'finding a customer': ({ client }) => {
    let found: string[] = [];
    return Promise.resolve({
      goOn: async () =>
        await endOf(async () => {
          await search(client, planFor('an'), {
            signal,
            onFound: (all) => {
              found = all.flatMap(({ rows }) => ids(rows));
            },
          });
        }),
      done: () => {
        assert.ok(found.length > 0, 'somebody is found');
      },
    });
  },
  'grouping by customer group': ({ client }) => {
    let labels: string[] = [];
    return Promise.resolve({
      goOn: async () =>
        await endOf(async () => {
          labels = (await groupsOf(client, 'customer-group', [], signal)).map(({ label }) => label);
        }),
      done: () => {
        assert.ok(labels.includes('Wholesale'), labels.join());
      },
    });
  },
  'grouping by website': ({ client }) => {
    let keys: string[] = [];
    return Promise.resolve({
      goOn: async () =>
        await endOf(async () => {
          keys = (await groupsOf(client, 'website', [], signal)).map(({ key }) => key);
        }),
      done: () => {
        assert.ok(keys.includes('website-1'), keys.join());
      },
    });
  },
  'opening a sheet': ({ client }) => {
    let read: SoapRecord | undefined;
    return Promise.resolve({
      goOn: async () =>
        await endOf(async () => {
          read = await readCustomer(client, '7');
          await readAddresses(client, '7', signal);
        }),
      done: () => {
        assert.equal(text(read?.['customer_id']), '7');
      },
    });
  },
  'saving a change': async ({ client, behind }) => {
    const { suffix } = await readCustomer(behind, '7');
    const from = typeof suffix === 'string' ? suffix : '';
    return {
      goOn: async () => await endOfSave(async () => await saveCustomer(client, '7', [{ code: 'suffix', from, to: 'Jr.' }])),
      done: async () => {
        assert.equal((await readCustomer(behind, '7'))['suffix'], 'Jr.');
      },
    };
  },
  'creating a customer': ({ client, behind }) =>
    Promise.resolve({
      // When the answer was lost and nobody could look, a second attempt is refused because of the e-mail: that is the end of it.
      goOn: async () => {
        const end = await endOfSave(
          async () =>
            await createCustomer(client, {
              email: 'new@example.com',
              password: 'Passw0rd!',
              firstname: 'New',
              lastname: 'One',
              website_id: '1',
            }),
        );
        return end?.code === '100' ? undefined : end;
      },
      done: async () => {
        const { value } = await behind.call('customer.list', { filters: { email: 'new@example.com' } });
        assert.equal(isList(value) ? value.length : 0, 1);
      },
    }),
  'deleting customers': ({ client, behind }) => {
    const doomed = ['7', '8', '9'];
    const kept = new Map<string, string>();
    const copies = {
      keep: (copy: { readonly customer: Readonly<Record<string, unknown>> }) => {
        kept.set(String(copy.customer['customer_id']), 'kept');
        return Promise.resolve(String(copy.customer['customer_id']));
      },
      forget: (id: string) => {
        kept.delete(id);
        return Promise.resolve();
      },
    };
    const there = async (): Promise<string[]> => {
      const { value } = await behind.call('customer.list', { filters: { customer_id: { in: doomed } } });
      return ids(isList(value) ? value.filter(isRecord) : []);
    };
    return Promise.resolve({
      goOn: async () => {
        const removals = await removeCustomers(client, doomed, copies);
        const failed = removals.find((removal): removal is Extract<Removal, { readonly error: ToolkitError }> => 'error' in removal);
        if (failed === undefined)
          assert.ok(
            removals.every(({ kind }) => kind === 'deleted' || kind === 'gone'),
            JSON.stringify(removals),
          );
        return failed?.error;
      },
      nothingLost: async () => {
        const still = await there();
        assert.deepEqual(
          doomed.filter((id) => !still.includes(id) && !kept.has(id)),
          [],
          'who is gone is kept',
        );
      },
      done: async () => {
        assert.deepEqual(await there(), []);
        assert.deepEqual([...kept.keys()].sort(), doomed);
      },
    });
  },
  'restoring a customer': async (patient) => await restoring(patient, false),
  'restoring a customer whose addresses come last': async (patient) => await restoring(patient, true),
  'an export': ({ client, folder, trouble }) => {
    const file = path.join(folder, 'customers.jsonl');
    let first = true;
    return Promise.resolve({
      inTheMiddle: true,
      goOn: async () => {
        let troubled: Promise<void> | undefined;
        const middle = (): void => {
          if (first) troubled = trouble();
          first = false;
        };
        const pieces = customersMatching(client, undefined);
        async function* paced(): AsyncGenerator<readonly SoapRecord[]> {
          for await (const piece of pieces) {
            yield piece;
            await troubled;
          }
        }
        const {
          end,
          error,
          rows,
          file: written,
        } = await exportCustomers(paced(), { format: 'jsonl', dialect: 'v2', secrets: false, file }, { onProgress: middle });
        assert.equal(end, error === undefined ? 'complete' : 'failed');
        const lines = (await readFile(written ?? '', 'utf8')).trimEnd().split('\n');
        assert.equal(lines.length, rows);
        for (const line of lines) JSON.parse(line);
        return error;
      },
      done: async () => {
        assert.equal(new Set((await readFile(file, 'utf8')).trimEnd().split('\n')).size, 650);
      },
    });
  },
  'an import': async ({ client, behind, folder, trouble }) => {
    const file = path.join(folder, 'people.csv');
    await writeFile(
      file,
      ['email,firstname,website_id,password', ...Array.from({ length: 150 }, (_, index) => `new${index}@example.com,New,1,Passw0rd!`)].join(
        '\n',
      ),
    );
    let first = true;
    return {
      inTheMiddle: true,
      goOn: async () =>
        await endOf(async () => {
          const csv = await openCsv(file);
          const job = { client, csv, mapping: guessMapping(csv.header) };
          const preview = await previewImport(job);
          const stop = new AbortController();
          let troubled: Promise<void> | undefined;
          const result = await runImport(job, preview, {
            signal: stop.signal,
            onProgress: ({ rows }) => {
              if (first && rows === 50) troubled = trouble();
              first = false;
            },
          });
          await troubled;
          assert.equal(result.end === 'complete', result.error === undefined);
          if (result.error !== undefined) throw result.error;
        }),
      done: async () => {
        const { value } = await behind.call('customer.list', { filters: { email: { like: 'new%@example.com' } } });
        assert.equal(isList(value) ? value.length : 0, 150);
      },
    };
  },
  'the look at a store that is to be added': ({ client }) =>
    Promise.resolve({
      goOn: async () => {
        const bad: ToolkitError[] = [];
        for await (const { state, text, why, next } of diagnose(
          client.config,
          { key: () => Promise.resolve('apiKey12345'), retry: { repeats: 0, backoff: 1 } },
          { login: true },
        )) {
          if (state === 'failed' || (state === 'warning' && next !== undefined))
            bad.push(new ToolkitError('transport', { code: 'check', what: text, why, next }));
        }
        return bad[0];
      },
      done: () => undefined,
    }),
};

/** @param late whether the trouble comes when the customer is there and its addresses are not */
async function restoring({ client, behind, trouble }: Patient, late: boolean): Promise<UnderWay> {
  for (const city of ['Bonn', 'Köln'])
    await behind.call('customer_address.create', {
      customerId: '7',
      addressData: { firstname: 'J', lastname: 'D', street: ['Road 1'], city, country_id: 'DE', postcode: '53111', telephone: '1' },
    });
  let copy: CustomerCopy = { version: 1, at: '2026-01-01T00:00:00Z', store: 'Demo', storeId: 'demo', ...(await copyCustomer(behind, '7')) };
  const { length } = copy.addresses;
  assert.ok(length >= 2, 'there are addresses');
  await behind.call('customer.delete', { customerId: '7' });
  let first = true;
  return {
    inTheMiddle: late,
    goOn: async () =>
      await endOf(async () => {
        const { error, addresses } = await restoreCustomer(client, copy, {
          onCreated: async (restoredAs) => {
            copy = { ...copy, restoredAs };
            if (late && first) await trouble();
            first = false;
          },
        });
        if (error !== undefined) throw known(error);
        assert.equal(addresses, length);
      }),
    done: async () => {
      assert.equal((await readCustomer(behind, '7'))['email'], copy.customer['email']);
      const now = await readAddresses(behind, '7', signal);
      assert.deepEqual(
        now.map(({ city }) => JSON.stringify(city)).sort(),
        copy.addresses.map(({ city }) => JSON.stringify(city)).sort(),
        'no address is missing or there twice',
      );
    },
  };
}

/** What a save was ended by; lost answers among it. */
async function endOfSave(save: () => Promise<SaveResult>): Promise<ToolkitError | undefined> {
  let unclear: ToolkitError | undefined;
  const end = await endOf(async () => {
    const outcome = await save();
    assert.notEqual(outcome.kind, 'conflict');
    if (outcome.kind === 'unclear' && outcome.held !== true) unclear = known(outcome.error);
  });
  return end ?? unclear;
}

describe('A store that makes trouble in the middle', { concurrency: 6, timeout: 400_000 }, () => {
  Object.entries(flows).forEach(([flow, begin], row) => {
    /** Every flow and every trouble meets each dialect. */
    const known = Object.hasOwn(notOverRest, flow) ? soapDialects : dialects;
    const dialectFor = (column: number): Dialect => known[(row + column) % known.length] ?? 'v2';
    Object.entries(troubles).forEach(([name, trouble], column) => {
      const dialect = dialectFor(column);
      test(
        `of ${flow} over ${dialectLabels[dialect]}, when it ${name}: says what to do, loses nothing, and goes on when it is well again`,
        { timeout: 120_000 },
        async (t: TestContext) => {
          const store = await patient(t, trouble, stockFor(flow), dialect);
          const { goOn, nothingLost, done, inTheMiddle } = await begin(store);
          if (inTheMiddle !== true) await store.trouble();
          assertHelpful(await goOn());
          await store.heal();
          await nothingLost?.();
          assert.equal((await goOn())?.message, undefined);
          await done();
        },
      );
    });
    const dialect = dialectFor(Object.keys(troubles).length);
    test(
      `of ${flow} over ${dialectLabels[dialect]}, when its sessions end: nobody notices`,
      { timeout: 120_000 },
      async (t: TestContext) => {
        const store = await patient(t, expiry, stockFor(flow), dialect);
        const { goOn, done, inTheMiddle } = await begin(store);
        if (inTheMiddle !== true) await store.trouble();
        assert.equal((await goOn())?.message, undefined);
        await done();
      },
    );
  });
});
