import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { run } from '../../../src/cli/run-cli';
import type { SoapDialect } from '../../../src/api/dialect';
import { startDemoStore, type DemoStore, type DemoStoreOptions } from '../../../src/demo/index';
import { parseRequestFile, runFile, type Diagnostic, type FileRun, type RequestFile, type RunOptions } from '../../../src/requests';
import { StoreClient, type StoreConfig } from '../../../src/store';

/** A demo store that is closed at the end of the test. */
export async function demo(context: TestContext, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const store = await startDemoStore({ product: 'maho@25', customers: 20, ...options });
  context.after(() => store.close());
  return store;
}

/** A client of a demo store that is closed at the end of the test. */
export function client(context: TestContext, store: DemoStore, dialect: SoapDialect = 'v1', more: Partial<StoreConfig> = {}): StoreClient {
  const made = new StoreClient(
    { name: 'Demo', url: store.urls[dialect], user: 'apiUser', ...more },
    { key: () => Promise.resolve('apiKey12345') },
  );
  context.after(() => made.close());
  return made;
}

/** A request file from a value. */
export function fileOf(value: object): RequestFile {
  return parseRequestFile(JSON.stringify(value, undefined, 2));
}

/** Runs a file against a client, trusted. */
export async function runOf(value: object, target: StoreClient, options: Partial<RunOptions> = {}): Promise<FileRun> {
  return await runFile({ path: 'test.maho.json', file: fileOf(value), client: target }, { trusted: true, ...options });
}

/** The text in the range of a diagnostic. */
export function pointed(text: string, { range }: Pick<Diagnostic, 'range'>): string {
  return text.slice(range.offset, range.offset + range.length);
}

/** The only diagnostic with this code. */
export function only(diagnostics: readonly Diagnostic[], code: string): Diagnostic {
  const found = diagnostics.filter((each) => each.code === code);
  const [first] = found;
  assert.ok(first !== undefined && found.length === 1, `${code} in ${diagnostics.map((each) => each.code).join(', ')}`);
  return first;
}

/** The output and exit code of the command line. */
export interface CliResult {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the command line in this process. */
export async function cli(
  args: readonly string[],
  env: Readonly<Record<string, string>> = { MAHO_SOAP_KEY: 'apiKey12345' },
  stop: AbortSignal = new AbortController().signal,
  input = '',
): Promise<CliResult> {
  let out = '';
  let err = '';
  const code = await run(args, {
    out: (text) => Promise.resolve(void (out += text)),
    err: (text) => Promise.resolve(void (err += text)),
    env,
    input: () => Promise.resolve(input),
    stop,
  });
  return { code, out, err };
}

/** A folder with these files that is deleted at the end of the test. */
export async function folder(context: TestContext, files: Readonly<Record<string, string | object>>): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'maho-requests-'));
  context.after(() => rm(path, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files))
    await writeFile(join(path, name), typeof content === 'string' ? content : JSON.stringify(content, undefined, 2));
  return path;
}
