import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { dialectLabels, soapDialects, type SoapDialect } from '../../src/api/dialect';
import type { SoapRecord, SoapValue } from '../../src/api/value';
import { snippetFiles, type SnippetFile } from '../../src/codegen/index';
import { StoreClient } from '../../src/store/index';
import { phpSkip, runPhp, type Ran } from '../support/php';
import { expandSnippet } from '../support/snippet';
import { admin, comparable, compile, project, runModules, still } from './codegen-support';

/** The calls of a method's snippet with its defaults, for our own client. */
interface Step {
  readonly snippet: string;
  readonly method: string;
  readonly args: SoapRecord;
  /** Variable that holds the result. */
  readonly variable: string;
}

const person = { firstname: 'Jane', lastname: 'Doe' };
const address = { ...person, street: ['Main Street 1'], city: 'Berlin', country_id: 'DE', postcode: '10115', telephone: '030 1234567' };
const filters = {
  group_id: { in: [1, 3] },
  email: { like: '%@example.com' },
  created_at: { from: '2020-01-01 00:00:00', to: '2099-12-31 23:59:59' },
};

/** Every method's snippet, in an order in which each creates the data that the next one needs. */
const steps: readonly Step[] = [
  { snippet: 'customer.list', method: 'customer.list', args: {}, variable: 'customers' },
  { snippet: 'filter', method: 'customer.list', args: { filters }, variable: 'customers' },
  {
    snippet: 'customer.create',
    method: 'customer.create',
    args: { customerData: { ...person, email: 'jane@example.com', password: 'seven-or-more', website_id: 1, store_id: 1, group_id: 1 } },
    variable: 'customerId',
  },
  { snippet: 'customer.info', method: 'customer.info', args: { customerId: 1 }, variable: 'customer' },
  { snippet: 'customer.update', method: 'customer.update', args: { customerId: 1, customerData: person }, variable: 'updated' },
  { snippet: 'customer_group.list', method: 'customer_group.list', args: {}, variable: 'groups' },
  { snippet: 'customer_address.list', method: 'customer_address.list', args: { customerId: 1 }, variable: 'addresses' },
  {
    snippet: 'customer_address.create',
    method: 'customer_address.create',
    args: { customerId: 1, addressData: address },
    variable: 'addressId',
  },
  { snippet: 'customer_address.info', method: 'customer_address.info', args: { addressId: 1 }, variable: 'address' },
  {
    snippet: 'customer_address.update',
    method: 'customer_address.update',
    args: { addressId: 1, addressData: { city: 'Hamburg', telephone: '040 1234567' } },
    variable: 'updated',
  },
  { snippet: 'customer_address.delete', method: 'customer_address.delete', args: { addressId: 1 }, variable: 'deleted' },
  { snippet: 'customer.delete', method: 'customer.delete', args: { customerId: 1 }, variable: 'deleted' },
];

const files = snippetFiles();

for (const dialect of soapDialects) {
  describe(`snippets for ${dialectLabels[dialect]} run as they are`, () => {
    const snippet = (file: SnippetFile, name: string, answers: Readonly<Record<number, string>> = {}): string => {
      const entry = file[`Maho ${name} (${dialectLabels[dialect]})`];
      assert.ok(entry, `there is a snippet ${name}`);
      return expandSnippet(entry.body, answers);
    };

    test('PHP: login, every method, end of session', { skip: phpSkip }, async () => {
      await withStore(dialect, async ({ place, env, expected }) => {
        const body = steps.map(
          (step) => `${snippet(files.php, step.snippet)}\necho json_encode($${step.variable}, JSON_THROW_ON_ERROR), "\\n";\n`,
        );
        const ran = await runPhp(
          `<?php\ndeclare(strict_types=1);\n${snippet(files.php, 'login', place)}${body.join('')}${snippet(files.php, 'end session')}`,
          env,
        );
        assert.deepEqual(lines(ran), expected);
      });
    });

    test('PHP: paging, faults and a whole script', { skip: phpSkip }, async () => {
      await withStore(dialect, async ({ place, env, emails }) => {
        const start = `<?php\ndeclare(strict_types=1);\n${snippet(files.php, 'login', place)}`;
        const paged = await runPhp(start + snippet(files.php, 'pages', { 1: '4' }), env);
        assert.deepEqual({ ...paged, stdout: paged.stdout.trim().split('\n').sort() }, { status: 0, stderr: '', stdout: emails });
        const fault = await runPhp(start + snippet(files.php, 'faults', { 1: '999999' }), env);
        assert.deepEqual(fault, { status: 0, stdout: '', stderr: 'There is no customer with this ID. (102: Customer not exists.)\n' });
        const script = await runPhp(snippet(files.php, 'script', place), env);
        assert.equal(script.stderr, '');
        assert.equal((JSON.parse(script.stdout) as unknown[]).length, emails.length);
      });
    });

    for (const language of ['typescript', 'javascript'] as const) {
      const file = files[language];
      test(`${language}: login, every method, paging, faults, a whole script`, async () => {
        const { folder, remove } = await project();
        try {
          await withStore(dialect, async ({ place, env, expected, emails }) => {
            const body = steps.map((step) => `{\n${snippet(file, step.snippet)}\nconsole.log(JSON.stringify(${step.variable}));\n}\n`);
            const start = snippet(file, 'login', place);
            const sources = {
              methods: `${start}${body.join('')}${snippet(file, 'end session')}`,
              pages: start + snippet(file, 'pages', { 1: '4' }),
              faults: start + snippet(file, 'faults', { 1: '999999' }),
              script: snippet(file, 'script', place),
            };
            const extension = language === 'typescript' ? 'mts' : 'mjs';
            for (const [name, source] of Object.entries(sources)) await writeFile(join(folder, `${name}.${extension}`), source);
            if (language === 'typescript')
              assert.equal(
                compile(
                  folder,
                  Object.keys(sources).map((name) => `${name}.mts`),
                ),
                '',
              );
            // The method snippets change the store, so they run last.
            const [pages, faults, script, methods] = await runModules(
              folder,
              ['pages.mjs', 'faults.mjs', 'script.mjs', 'methods.mjs'],
              env,
            );
            assert.ok(pages && faults && script && methods);
            assert.deepEqual({ ...pages, stdout: pages.stdout.trim().split('\n').sort() }, { status: 0, stderr: '', stdout: emails });
            assert.deepEqual(faults, { status: 0, stdout: '', stderr: 'There is no customer with this ID. (102: Customer not exists.)\n' });
            assert.equal((JSON.parse(script.stdout) as unknown[]).length, emails.length);
            assert.deepEqual(lines(methods), expected);
          });
        } finally {
          await remove();
        }
      });
    }
  });
}

describe('a session that has expired is replaced by a new one', () => {
  const twice = {
    php: '$withSession(fn (string $session): mixed => $client->customerGroupList($session));\n',
    typescript: 'await withSession((sessionId) => client.customerGroupListAsync({ sessionId }));\n',
  };
  const parts = (file: SnippetFile, place: Readonly<Record<number, string>>, call: string): string => {
    const login = file['Maho login (V2)'];
    const end = file['Maho end session (V2)'];
    assert.ok(login && end);
    return `${expandSnippet(login.body, place)}${call}${expandSnippet(end.body)}${call}`;
  };

  test('PHP', { skip: phpSkip }, async () => {
    await withStore('v2', async ({ place, env, methods }) => {
      assert.deepEqual(await runPhp(`<?php\ndeclare(strict_types=1);\n${parts(files.php, place, twice.php)}`, env), {
        status: 0,
        stdout: '',
        stderr: '',
      });
      assert.deepEqual(methods(), ['login', 'customer_group.list', 'endSession', 'customer_group.list', 'login', 'customer_group.list']);
    });
  });

  test('TypeScript', async () => {
    const { folder, remove } = await project();
    try {
      await withStore('v2', async ({ place, env, methods }) => {
        await writeFile(join(folder, 'twice.mts'), parts(files.typescript, place, twice.typescript));
        assert.equal(compile(folder, ['twice.mts']), '');
        assert.deepEqual(await runModules(folder, ['twice.mjs'], env), [{ status: 0, stdout: '', stderr: '' }]);
        assert.deepEqual(methods(), ['login', 'customer_group.list', 'endSession', 'customer_group.list', 'login', 'customer_group.list']);
      });
    } finally {
      await remove();
    }
  });
});

describe('snippets for multiCall distinguish results from faults', () => {
  const start = (file: SnippetFile, place: Readonly<Record<number, string>>): string => {
    const login = file['Maho login (V1)'];
    const calls = file['Maho multiCall (V1)'];
    assert.ok(login && calls);
    return `${expandSnippet(login.body, place)}${expandSnippet(calls.body, { 2: '999999' })}`;
  };

  test('PHP', { skip: phpSkip }, async () => {
    await withStore('v1', async ({ place, env, first }) => {
      const ran = await runPhp(`<?php\ndeclare(strict_types=1);\n${start(files.php, place)}`, env);
      assert.deepEqual(ran, { status: 0, stderr: '', stdout: `${first}\nFault 102: Customer not exists.\n` });
    });
  });

  test('TypeScript', async () => {
    const { folder, remove } = await project();
    try {
      await withStore('v1', async ({ place, env, first }) => {
        await writeFile(join(folder, 'calls.mts'), start(files.typescript, place));
        assert.equal(compile(folder, ['calls.mts']), '');
        const [ran] = await runModules(folder, ['calls.mjs'], env);
        assert.deepEqual(ran, { status: 0, stderr: '', stdout: `${first}\nFault 102: Customer not exists.\n` });
      });
    } finally {
      await remove();
    }
  });
});

interface Given {
  /** Values for the placeholders of the login snippet. */
  readonly place: Readonly<Record<number, string>>;
  readonly env: Readonly<Record<string, string>>;
  /** The results of our own client for the same steps. */
  readonly expected: readonly SoapValue[];
  /** E-mail addresses of all customers, sorted. */
  readonly emails: readonly string[];
  /** E-mail address of customer 1. */
  readonly first: string;
  /** Calls that the programs have made so far, without WSDLs. */
  readonly methods: () => readonly string[];
}

async function withStore(dialect: SoapDialect, use: (given: Given) => Promise<void>): Promise<void> {
  const [store, other] = await Promise.all([still(), still()]);
  const { user, key } = admin(store);
  const client = new StoreClient({ name: 'expected', url: other.urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
  try {
    const customers = (await client.call('customer.list')).value as unknown as readonly Readonly<Record<string, string | number>>[];
    const expected: SoapValue[] = [];
    for (const { method, args } of steps) expected.push(comparable((await client.call(method, args)).value));
    const emails = customers.map(({ email }) => String(email)).sort();
    const first = customers.find(({ customer_id }) => String(customer_id) === '1')?.['email'];
    await use({
      place: { 1: store.urls[dialect], 2: user },
      env: { MAHO_SOAP_KEY: key },
      expected,
      emails,
      first: String(first),
      methods: () => store.requests.map(({ method }) => method).filter((method) => method !== 'wsdl'),
    });
  } finally {
    await client.close();
    await Promise.all([store.close(), other.close()]);
  }
}

/** One JSON value per line. */
function lines({ stdout, stderr, status }: Ran): readonly SoapValue[] {
  assert.equal(stderr, '');
  assert.equal(status, 0);
  return stdout
    .trim()
    .split('\n')
    .map((line) => comparable(JSON.parse(line) as SoapValue));
}
