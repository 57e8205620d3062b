// A WSDL that pollutes, never ends or needs four gigabytes ends in a description or in an error of ours, and the next store's WSDL is read
// as before: by the client of the editor, whose service starts the thread, and on the command line.
import assert from 'node:assert/strict';
import { suite, test, type TestContext } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { readingLimits } from '../../../src/store/soap/describe';
import { StoreClient } from '../../../src/store/calls/client';
import { hugeWsdl, plainWsdl, spoils } from '../../fuzz/wsdls';
import { Random } from '../../support/random';
import { tinyStore } from '../../support/tiny-store';
import { cli } from '../requests/support';

/** Far longer than ten seconds: a busy machine is not a mistake, a reading that does not end is. */
const HANG_MS = 300_000;

const spoiled = (way: string, dialect: 'v2' | 'wsi'): string => spoils[way]?.(plainWsdl(dialect), new Random(5)) ?? assert.fail(way);

const hostile = {
  'one that pollutes': { dialect: 'v2', text: () => spoiled('a part called __proto__', 'v2') },
  'one that never ends': { dialect: 'wsi', text: () => spoiled('types that double at each step', 'wsi') },
  'one that needs four gigabytes': { dialect: 'wsi', text: () => hugeWsdl('wsi') },
} as const;

function clientOf(t: TestContext, url: string): StoreClient {
  const made = new StoreClient({ name: 'Tiny', url: `${url}/api/v2_soap/`, user: 'api' }, { key: () => Promise.resolve('key') });
  t.after(() => made.close());
  return made;
}

suite('hostile WSDLs', () => {
  test('time and memory have limits that leave room below ten seconds', () => {
    assert.ok(readingLimits.milliseconds < 10_000 && readingLimits.megabytes <= 256);
  });

  for (const [name, { dialect, text }] of Object.entries(hostile)) {
    test(`${name}, and then the next store’s`, { timeout: HANG_MS }, async (t) => {
      const own = Reflect.ownKeys(Object.prototype);
      const [bad, fine] = [
        await tinyStore(t, dialect, () => undefined, text),
        await tinyStore(
          t,
          'v2',
          () => undefined,
          () => plainWsdl('v2'),
        ),
      ];
      const before = await clientOf(t, fine.url).service();
      try {
        const described = await clientOf(t, bad.url).service();
        assert.notEqual(name, 'one that needs four gigabytes');
        assert.ok(Object.keys(described.operations).length > 0);
      } catch (error) {
        assert.ok(error instanceof ToolkitError, String(error));
        assert.deepEqual([error.kind, error.code], ['decode', 'wsdl-unreadable']);
      }
      assert.deepEqual(await clientOf(t, fine.url).service(), before);
      assert.deepEqual(Reflect.ownKeys(Object.prototype), own);
    });

    test(`${name}, on the command line`, { timeout: HANG_MS }, async (t) => {
      const [bad, fine] = [
        await tinyStore(t, dialect, () => undefined, text),
        await tinyStore(
          t,
          'v2',
          () => undefined,
          () => plainWsdl('v2'),
        ),
      ];
      const doctor = async (url: string): Promise<string> => {
        const { out, err } = await cli(['doctor', '--url', `${url}/api/v2_soap/`, '--user', 'api'], { MAHO_SOAP_KEY: 'key' });
        assert.doesNotMatch(out + err, /bug in the toolkit/);
        return out.replaceAll(new URL(url).host, 'HOST').replace(/\d+ ms/g, 'MS');
      };
      const before = await doctor(fine.url);
      const said = await doctor(bad.url);
      if (name === 'one that needs four gigabytes') assert.match(said, /cannot be read.*more than/);
      assert.equal(await doctor(fine.url), before);
    });
  }
});
