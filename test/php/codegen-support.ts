import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import assert from 'node:assert/strict';
import type { SoapDialect } from '../../src/api/dialect';
import type { SoapRecord, SoapValue } from '../../src/api/value';
import { startDemoStore } from '../../src/demo/index';
import { ResponseDecoder } from '../../src/soap/decoding/decode';
import { StoreClient } from '../../src/store/index';
import { run, runPhpBatch, type Ran } from '../support/php';

/** A call for which programs are generated, with its arguments. */
export interface Example {
  readonly title: string;
  readonly method: string;
  readonly args?: SoapRecord;
  /** The dialects that support the call, if not all do. */
  readonly dialects?: readonly SoapDialect[];
  /** The fault that the call ends in. */
  readonly fault?: string;
}

/** Text that causes errors in some language: quotes, `$`, backslashes, line ends, the end of CDATA, other scripts. */
export const trickyName = `O'Hara "$HOME" \\n {$x} \`id\` \${y} ]]> <b>&amp;\r\nline\ttab %s Łukasz 王 ?> */`;

/** A customer's password, which no program may contain. */
export const secret = 'pass<&>$word';

/** Read calls, including each trap of facts §5, and then writes, which change the store in the same way for every program. */
export const examples: readonly Example[] = [
  { title: 'every customer', method: 'customer.list' },
  { title: 'an empty filter', method: 'customer.list', args: { filters: {} } },
  { title: 'a list of one', method: 'customer.list', args: { filters: { customer_id: 3 } } },
  { title: 'a list of none', method: 'customer.list', args: { filters: { lastname: 'Nobody at all' } } },
  { title: 'a range', method: 'customer.list', args: { filters: { customer_id: { from: 2, to: 5 } } } },
  { title: 'operators', method: 'customer.list', args: { filters: { group_id: { in: [1, 3] }, email: { like: '%e%' } } } },
  { title: 'alternatives', method: 'customer.list', args: { filters: { customer_id: [{ eq: 2 }, { eq: 4 }] } }, dialects: ['v1'] },
  {
    title: "V2's own filters",
    method: 'customerCustomerList',
    args: { filters: { complex_filter: [{ key: 'customer_id', value: { key: 'lteq', value: '3' } }] } },
  },
  { title: 'tricky text in a filter', method: 'customer.list', args: { filters: { lastname: trickyName } } },
  { title: 'an unknown attribute', method: 'customer.list', args: { filters: { shoe_size: 44 } }, fault: '101' },
  { title: 'one customer', method: 'customer.info', args: { customerId: 2 } },
  { title: 'some attributes', method: 'customer.info', args: { customerId: 2, attributes: ['email', 'firstname'] } },
  { title: 'a missing customer', method: 'customer.info', args: { customerId: 999_999 }, fault: '102' },
  { title: 'groups', method: 'customer_group.list' },
  { title: 'addresses', method: 'customer_address.list', args: { customerId: 1 } },
  {
    title: 'a new customer',
    method: 'customer.create',
    args: {
      customerData: {
        email: 'new@example.com',
        firstname: trickyName,
        lastname: '',
        website_id: 1,
        store_id: 1,
        group_id: 1,
        gender: 2,
        middlename: ' blanks ',
        password: secret,
      },
    },
  },
  { title: 'a duplicate', method: 'customer.create', args: { customerData: { email: 'new@example.com', website_id: 1 } }, fault: '100' },
  { title: 'tricky text read back', method: 'customer.list', args: { filters: { email: 'new@example.com' } } },
  {
    title: 'a change',
    method: 'customer.update',
    args: { customerId: 2, customerData: { firstname: trickyName, taxvat: '', suffix: null } },
  },
  { title: 'the change read back', method: 'customer.info', args: { customerId: 2 } },
  {
    title: 'a new address',
    method: 'customer_address.create',
    args: {
      customerId: 2,
      addressData: {
        firstname: 'A',
        lastname: 'B',
        street: ['Line 1', 'Line <2>'],
        city: 'C',
        country_id: 'DE',
        postcode: '10115',
        telephone: '1',
        is_default_billing: true,
      },
    },
  },
  { title: 'its street', method: 'customer_address.list', args: { customerId: 2 } },
  { title: 'a deletion', method: 'customer.delete', args: { customerId: 4 } },
  { title: 'a second deletion', method: 'customer.delete', args: { customerId: 4 }, fault: '102' },
];

/** A demo store whose clock does not move, so that two of them behave identically. */
export async function still(): Promise<Awaited<ReturnType<typeof startDemoStore>>> {
  return await startDemoStore({ product: 'maho@25', customers: 25, seed: 3, now: () => new Date('2026-11-24T10:00:00Z') });
}

/** The API user with all permissions. */
export function admin(store: { readonly users: readonly { readonly user: string; readonly key: string }[] }): {
  readonly user: string;
  readonly key: string;
} {
  const [first] = store.users;
  if (first === undefined) throw new Error('The demo store has no users.');
  return first;
}

/** The results of our own client for every example, from a separate store: results, or `Fault <code>`. */
export async function expectations(dialect: SoapDialect): Promise<ReadonlyMap<string, SoapValue>> {
  const store = await still();
  const { user, key } = admin(store);
  const client = new StoreClient({ name: 'expected', url: store.urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
  try {
    const results = new Map<string, SoapValue>();
    for (const example of examplesOf(dialect)) {
      try {
        results.set(example.title, comparable((await client.call(example.method, example.args ?? {})).value));
      } catch (error) {
        if (!(error instanceof Error) || !('code' in error)) throw error;
        results.set(example.title, `Fault ${String(error.code)}`);
      }
    }
    return results;
  } finally {
    await client.close();
    await store.close();
  }
}

/** The examples that a dialect supports. */
export function examplesOf(dialect: SoapDialect): readonly Example[] {
  return examples.filter(({ dialects }) => dialects === undefined || dialects.includes(dialect));
}

/** The outcome for a response that is not SOAP, which is the error page of a shop. */
export const NO_ANSWER = 'no SOAP';

/** The output of a program, comparable with {@link expectations}. */
export function printed({ stdout, stderr, status }: Ran): SoapValue {
  const fault = /^Fault (?!HTTP)(\S+): /.exec(stderr)?.[1];
  if (status === 1 && fault !== undefined) return `Fault ${fault}`;
  // PHP reports this as a fault of its client, the soap package as an error.
  if (status === 1 && stdout === '' && stderr !== '') return NO_ANSWER;
  if (status !== 0 || stderr !== '') throw new Error(`The program ended with ${status}.\n${stderr}\n${stdout}`);
  return comparable(JSON.parse(stdout) as SoapValue);
}

/** Removes salted hashes and random keys, which differ between stores. */
export function comparable(value: SoapValue): SoapValue {
  return JSON.parse(
    JSON.stringify(value, (key, inner: SoapValue) =>
      typeof inner === 'string' && ['password_hash', 'confirmation', 'rp_token', 'rp_customer_id'].includes(key) ? '(random)' : inner,
    ),
  ) as SoapValue;
}

/** A folder in which generated TypeScript finds `soap` and Node's types, as in a real project. */
export async function project(): Promise<{ readonly folder: string; readonly remove: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-codegen-'));
  await symlink(resolve(import.meta.dirname, '../../node_modules'), join(folder, 'node_modules'), 'junction');
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

const compiler = resolve(import.meta.dirname, '../../node_modules/typescript-native/bin/tsc');

/**
 * Compiles TypeScript files of a {@link project} as strictly as possible, with the native compiler.
 * @returns the errors of the compiler
 * @throws {Error} when it cannot be started
 */
export function compile(folder: string, files: readonly string[]): string {
  const compilerOptions = {
    target: 'ES2022',
    module: 'NodeNext',
    moduleResolution: 'NodeNext',
    strict: true,
    noUncheckedIndexedAccess: true,
    exactOptionalPropertyTypes: true,
    // Without noPropertyAccessFromIndexSignature, because the operations of a soap client are an index signature.
    noImplicitReturns: true,
    noUnusedLocals: false,
    skipLibCheck: true,
    types: ['node'],
    rootDir: '.',
    outDir: '.',
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }));
  const { status, stdout, stderr, error } = spawnSync(process.execPath, [compiler, '--project', folder, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (error !== undefined || status === null || (status !== 0 && stdout === ''))
    throw new Error(`The compiler could not be run: ${error?.message ?? stderr}`);
  return stdout;
}

/** Runs JavaScript modules of a {@link project} one after the other in one process, which is far quicker than a process for each. */
export async function runModules(
  folder: string,
  files: readonly string[],
  env: Environment | readonly Environment[],
): Promise<readonly Ran[]> {
  await writeFile(join(folder, 'all.mjs'), runner);
  const input = JSON.stringify(files.map((file, index) => [file, env instanceof Array ? (env[index] ?? {}) : env]));
  const { stdout, stderr, status } = await run(process.execPath, [join(folder, 'all.mjs')], { cwd: folder, input });
  if (status !== 0) throw new Error(`The programs ended with ${status}.\n${stderr}\n${stdout}`);
  return JSON.parse(stdout) as readonly Ran[];
}

const runner = `
const results = [];
const { log, error } = console;
let input = '';
for await (const chunk of process.stdin) input += chunk;
for (const [file, env] of JSON.parse(input)) {
  Object.assign(process.env, env);
  const result = { stdout: '', stderr: '', status: 0 };
  console.log = (...texts) => void (result.stdout += texts.join(' ') + '\\n');
  console.error = (...texts) => void (result.stderr += texts.join(' ') + '\\n');
  await import('./' + file);
  result.status = process.exitCode ?? 0;
  process.exitCode = undefined;
  results.push(result);
}
console.log = log;
console.error = error;
log(JSON.stringify(results));
`;

/** Environment variables of a program. */
export type Environment = Readonly<Record<string, string>>;

/** A program and the values that it reads from its environment. */
export interface Program {
  readonly source: string;
  readonly env: Environment;
}

/** The output of PHP programs that run one after the other. */
export async function runPhpPrograms(programs: readonly Program[]): Promise<readonly SoapValue[]> {
  return (await runPhpBatch(programs)).map(printed);
}

/** The output of programs for the soap package. TypeScript is compiled first. */
export async function runWithSoap(programs: readonly Program[], extension: 'mts' | 'mjs'): Promise<readonly SoapValue[]> {
  const { folder, remove } = await project();
  try {
    const names = programs.map((_program, index) => `program${index}`);
    await Promise.all(programs.map(({ source }, index) => writeFile(join(folder, `program${index}.${extension}`), source)));
    if (extension === 'mts')
      assert.equal(
        compile(
          folder,
          names.map((name) => `${name}.mts`),
        ),
        '',
      );
    return (
      await runModules(
        folder,
        names.map((name) => `${name}.mjs`),
        programs.map(({ env }) => env),
      )
    ).map(printed);
  } finally {
    await remove();
  }
}

/** The decoded responses that curl scripts print. */
export async function runCurl(programs: readonly Program[]): Promise<readonly SoapValue[]> {
  const results: SoapValue[] = [];
  for (const { source, env } of programs) {
    const { stdout, stderr, status } = await run('sh', ['-s'], { input: source, env });
    assert.equal(stderr, '');
    const decoder = new ResponseDecoder();
    decoder.write(Buffer.from(stdout));
    const decoded = decoder.end();
    assert.equal(status, decoded.kind === 'result' ? 0 : 1, 'the exit code tells a result from a fault');
    results.push(
      decoded.kind === 'not-soap' ? NO_ANSWER : decoded.kind === 'fault' ? `Fault ${decoded.fault.code}` : comparable(decoded.value),
    );
  }
  return results;
}
