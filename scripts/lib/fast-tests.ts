// Selects the tests of `npm run test:fast`: all except the slowest ones, which run only if their sources were changed.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from './project';

/** Test files that each take more than about one second of processor time, relative to `test/unit`. */
export const longTests: ReadonlySet<string> = new Set([
  'cases/wsdl.test.ts',
  'cli/build-log.test.ts',
  'cli/bundles.test.ts',
  'cli/cli.test.ts',
  'cli/help.test.ts',
  'cli/init.test.ts',
  'cli/npm-package.test.ts',
  'cli/store-name.test.ts',
  'cli/text-input.test.ts',
  'cli/types.test.ts',
  'codegen/detect-corpus.test.ts',
  'codegen/detect.test.ts',
  'codegen/literals.test.ts',
  'codegen/snippets.test.ts',
  'demo/concurrency.test.ts',
  'demo/control.test.ts',
  'demo/guard.test.ts',
  'demo/journal.test.ts',
  'demo/package-types.test.ts',
  'demo/store.test.ts',
  'examples.test.ts',
  'extension/add-store.test.ts',
  'extension/find.test.ts',
  'extension/list-table.test.ts',
  'extension/other-lists.test.ts',
  'extension/saved-filter.test.ts',
  'files/lock.test.ts',
  'fuzz.test.ts',
  'keys/command-line.test.ts',
  'l10n/texts.test.ts',
  'l10n/translations.test.ts',
  'long-texts.test.ts',
  'record/hostile.test.ts',
  'record/record.test.ts',
  'record/rest.test.ts',
  'requests/bounds.test.ts',
  'requests/document.test.ts',
  'requests/frame.test.ts',
  'requests/fuzz.test.ts',
  'requests/incremental.test.ts',
  'requests/numbers.test.ts',
  'requests/parse.test.ts',
  'requests/pattern.test.ts',
  'requests/report-forms.test.ts',
  'requests/reporters.test.ts',
  'requests/runner.test.ts',
  'requests/schema-agrees.test.ts',
  'requests/stopped-list.test.ts',
  'resources/made-up.test.ts',
  'scripts/build-watch.test.ts',
  'scripts/node-reporter.test.ts',
  'scripts/release.test.ts',
  'soap/attacks.test.ts',
  'soap/budget.test.ts',
  'soap/chunks.test.ts',
  'soap/demo-store.test.ts',
  'soap/family.test.ts',
  'soap/fuzz.test.ts',
  'soap/roundtrip.test.ts',
  'store-methods/filled.test.ts',
  'store-methods/hostile.test.ts',
  'store-methods/method-form.test.ts',
  'store-methods/names.test.ts',
  'store-methods/store-methods.test.ts',
  'store/address-save.test.ts',
  'store/client.test.ts',
  'store/customer-save.test.ts',
  'store/describe.test.ts',
  'store/doctor.test.ts',
  'store/foreign-calls.test.ts',
  'store/hostile-wsdl.test.ts',
  'store/http/framing.test.ts',
  'store/mask.test.ts',
  'store/masking.test.ts',
  'store/rest/client.test.ts',
  'store/rest/doctor.test.ts',
  'store/service.test.ts',
  'store/stopped-list.test.ts',
  'store/transport.test.ts',
  'store/version.test.ts',
  'store/windows.test.ts',
  'transfer/export.test.ts',
  'transfer/import-rows.test.ts',
  'transfer/import-session.test.ts',
  'transfer/import.test.ts',
  'transfer/stopped-batch.test.ts',
  'transfer/take-back.test.ts',
  'transfer/together.test.ts',
  'trouble/flows.test.ts',
]);

/** A compiled test file and its sources. */
export interface CompiledTest {
  /** Absolute path. */
  readonly file: string;
  /** Path of the test relative to the folder of its kind, with slashes. */
  readonly name: string;
  /** Paths relative to the project, with slashes. */
  readonly sources: ReadonlySet<string>;
}

/**
 * The tests to run before a commit: all quick ones, and the long ones whose sources include a changed file.
 * @param changed paths relative to the project, with slashes
 */
export function quickTests(tests: readonly CompiledTest[], changed: ReadonlySet<string>): CompiledTest[] {
  return tests.filter(({ name, sources }) => !longTests.has(name) || [...sources].some((source) => changed.has(source)));
}

/** The files that differ from the last commit or are new; none outside of a git repository. */
export async function changedFiles(): Promise<ReadonlySet<string>> {
  const list = async (...args: string[]): Promise<string[]> =>
    (await promisify(execFile)('git', [...args, '-z'], { cwd: root, maxBuffer: 64 * 1024 * 1024 })).stdout.split('\0');
  try {
    const [changed, added] = await Promise.all([
      list('diff', '--name-only', '--relative', 'HEAD'),
      list('ls-files', '--others', '--exclude-standard'),
    ]);
    return new Set([...changed, ...added].filter((file) => file !== ''));
  } catch (error) {
    console.log(`What was changed is not known, so only quick tests run: ${error instanceof Error ? error.message : String(error)}`);
    return new Set();
  }
}
