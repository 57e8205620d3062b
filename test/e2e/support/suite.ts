import { after, before, test } from 'node:test';
import { Workbench, type WorkbenchOptions } from './workbench';

/** In ms. The first start on a slow machine also unpacks a browser. */
const START_LIMIT_MS = 300_000;

/** In ms, for a test that hangs. Longer than the limit of a single step, so that a failing step can report what it waited for. */
const TEST_LIMIT_MS = 600_000;

/**
 * One workbench for the tests of a file (or of a `describe`). A test that fails leaves a screenshot in `out/screens`.
 *
 *     const test = inWorkbench(async () => ({ settings: { 'mahoSoap.stores': [await someStore()] } }));
 *     test('lists the customers', async ({ sidebar }) => { … });
 */
export function inWorkbench(
  options: () => WorkbenchOptions | Promise<WorkbenchOptions>,
): (name: string, body: (workbench: Workbench) => Promise<void>) => void {
  let opened: Workbench | undefined;
  before(
    async () => {
      opened = await Workbench.open(await options());
    },
    { timeout: START_LIMIT_MS },
  );
  after(() => opened?.close());
  return (name, body) => {
    test(name, { timeout: TEST_LIMIT_MS }, async () => {
      if (!opened) throw new Error('The workbench did not open.');
      try {
        await body(opened);
      } catch (error) {
        await opened.screenshotOfFailure(`failed ${name.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()}`);
        throw error;
      }
    });
  };
}
