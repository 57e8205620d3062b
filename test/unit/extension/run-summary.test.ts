import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { summary } from '../../../src/extension/requests/run-summary';
import { runFile } from '../../../src/requests';
import { client, demo, fileOf } from '../requests/support';

describe('The message after a run', () => {
  test('names the first file that could not run and its error, and counts those files', async (context) => {
    const target = client(context, await demo(context));
    const { runs } = await runFile(
      {
        path: 'b.maho.json',
        file: fileOf({
          requests: [
            { name: 'A', method: 'customer_group.list' },
            { name: 'B', method: 'customer.info', args: { customerId: 999 }, expect: { result: true } },
          ],
        }),
        client: target,
      },
      { trusted: true },
    );
    const broken = (path: string): { readonly path: string; readonly error: ToolkitError } => ({
      path,
      error: new ToolkitError('input', { code: 'json-syntax', what: `${path} cannot be run.` }),
    });
    const nowhere = {
      path: 'c.maho.json',
      error: new ToolkitError('input', { code: 'store-unknown', what: 'There is no store "Nowhere".' }),
    };
    assert.equal(await summary(runs), '1 passed, 1 failed');
    assert.equal(await summary(runs, [broken('a.maho.json')]), '1 passed, 1 failed, 1 file did not run. a.maho.json cannot be run');
    assert.equal(
      await summary(runs, [nowhere, broken('a.maho.json')]),
      '1 passed, 1 failed, 2 files did not run. c.maho.json: There is no store "Nowhere"',
    );
    assert.equal(await summary([], [nowhere]), '1 file did not run. c.maho.json: There is no store "Nowhere"');
    assert.equal(await summary([]), '0 passed');
  });
});
