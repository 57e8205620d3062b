// A store that refuses each session it has just opened. No method ran, so the requests have no verdict.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { StoreClient } from '../../../src/store';
import { tinyFault, tinyStore, type TinyStore } from '../../support/tiny-store';
import { cli, folder, runOf } from './support';

/** A store that opens sessions and then knows none of them. */
async function forgetful(t: TestContext): Promise<{ readonly store: TinyStore; readonly target: StoreClient }> {
  const store = await tinyStore(t, 'v1', () => ({ xml: tinyFault('5', 'Session expired. Try to relogin.') }));
  const target = new StoreClient({ name: 'Tiny', url: store.url, user: 'api', dialect: 'v1' }, { key: () => Promise.resolve('key') });
  t.after(() => target.close());
  return { store, target };
}

const list = { method: 'customer.list' };
const batch = { method: 'multiCall', args: [['customer.list', []]] };
const foreign =
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
  'xmlns:m="urn:Maho"><e:Body><m:call><sessionId>SESSION</sessionId><resourcePath>customer.list</resourcePath></m:c' +
  'all></e:Body></e:Envelope>';
const withOurs = { envelope: foreign.replace('SESSION', '{{$session}}') };
const withItsOwn = { envelope: foreign.replace('SESSION', 'made-up') };

suite('A request whose session the store refused twice', () => {
  const unspoken: Readonly<Record<string, object>> = {
    'any fault': { fault: true },
    'another fault': { fault: 2 },
    'a fault with this text': { fault: { message: { $regex: 'expired' } } },
    'another error': { error: 'read-only' },
    'a result': { result: [] },
    nothing: {},
  };
  for (const [what, expect] of Object.entries(unspoken)) {
    for (const [kind, request] of Object.entries({ call: list, multiCall: batch, envelope: withOurs })) {
      test(`could not run when ${what} is expected (${kind})`, async (t) => {
        const { target } = await forgetful(t);
        const { runs } = await runOf(
          {
            requests: [
              { name: 'a', ...request, expect },
              { name: 'b', ...list, expect: { fault: true } },
            ],
          },
          target,
        );
        assert.deepEqual(
          runs.map(({ status, error }) => [status, error?.code]),
          [
            ['error', '5'],
            ['error', 'not-sent'],
          ],
        );
      });
    }
  }

  for (const expect of [{ fault: 5 }, { fault: '5' }, { fault: { code: 5 } }, { error: '5' }]) {
    test(`passes if exactly this is expected: ${JSON.stringify(expect)}`, async (t) => {
      const { target, store } = await forgetful(t);
      const { runs } = await runOf({ requests: ['a', 'b'].map((name) => ({ name, ...list, expect })) }, target);
      assert.deepEqual(
        runs.map(({ status }) => status),
        ['passed', 'passed'],
      );
      assert.equal(store.requests.filter(({ method }) => method === 'customer.list').length, 4, 'each was asked in two sessions');
    });
  }

  test('fails if this fault is expected with another text', async (t) => {
    const { target } = await forgetful(t);
    const { runs } = await runOf({ requests: [{ name: 'a', ...list, expect: { fault: { code: 5, message: 'Other' } } }] }, target);
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['failed'],
    );
  });

  test('has a verdict if the session is in its envelope, because the store answered that envelope', async (t) => {
    const { target, store } = await forgetful(t);
    const { runs } = await runOf({ requests: [{ name: 'a', ...withItsOwn, expect: { fault: true } }] }, target);
    assert.deepEqual(
      runs.map(({ status }) => status),
      ['passed'],
    );
    assert.equal(store.requests.filter(({ method }) => method === 'customer.list').length, 1, 'a new login would change nothing');
  });

  test('ends a run of the command line with 2, with the reason printed once', async (t) => {
    const { store } = await forgetful(t);
    const path = await folder(t, { 'a.maho.json': { requests: ['a', 'b'].map((name) => ({ name, ...list, expect: { fault: true } })) } });
    const { code, out, err } = await cli(['run', path, '--url', store.url, '--user', 'api', '--dialect', 'v1']);
    assert.equal(code, 2, out + err);
    assert.equal(out.split('Session expired').length, 2, out);
    assert.match(out, /Not sent: .* could not be used/);
  });
});
