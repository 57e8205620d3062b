// In the editor: the effect of the settings of a workspace on a key that was given for one of the user's entries, and on its restrictions.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ApiKeys, type KeyOwner } from '../../../src/extension/stores/api-keys';
import { guardsByShop, guardsOf, withGuards } from '../../../src/extension/stores/guards';
import { KeyConsent } from '../../../src/extension/stores/key-consent';
import { StoreSecrets } from '../../../src/extension/stores/store-secrets';
import type { StoreSource } from '../../../src/extension/stores/store-settings';
import { storeConfig, type StoreConfig } from '../../../src/store/settings/config';

type Ports = ConstructorParameters<typeof ApiKeys>;

interface Person {
  /** The questions that were asked, and the answer to the next one. */
  readonly asked: string[];
  answer: boolean;
}

/** Keys over a secret storage in memory that all workspaces share, like VS Code's. */
function editor(): { readonly person: Person; readonly window: (workspace: Map<string, unknown>) => ApiKeys } {
  const stored = new Map<string, string>();
  const person: Person = { asked: [], answer: false };
  const secrets: Pick<Ports[0], 'get' | 'store' | 'delete'> = {
    get: (place) => Promise.resolve(stored.get(place)),
    store: (place, secret) => Promise.resolve(void stored.set(place, secret)),
    delete: (place) => Promise.resolve(void stored.delete(place)),
  };
  const log: Pick<Ports[1], 'warn'> = {
    warn: (text) => {
      throw new Error(text);
    },
  };
  return {
    person,
    window: (workspace) => {
      const memory: ConstructorParameters<typeof KeyConsent>[0] = {
        get: (key: string, fallback?: unknown) => (workspace.get(key) ?? fallback) as undefined,
        update: (key, value) => Promise.resolve(void workspace.set(key, value)),
      };
      const consent = new KeyConsent(memory, (question, detail, action) => {
        person.asked.push(`${question} ${detail} [${action}]`);
        return Promise.resolve(person.answer);
      });
      return new ApiKeys(secrets, log, consent);
    },
  };
}

const own: KeyOwner = { name: 'Shop', url: 'https://shop.example.com', user: 'api' };
const theirs: KeyOwner = { ...own, name: 'Team shop', workspace: { caFile: undefined } };

suite('A kept key and an entry of a workspace', () => {
  for (const kind of ['api', 'web'] as const) {
    test(`it is used after the user agreed, once for each workspace: ${kind}`, async () => {
      const { person, window } = editor();
      const [first, second] = [new Map<string, unknown>(), new Map<string, unknown>()];
      await window(first).keep(kind, own, 'canary');
      assert.deepEqual([await window(first).get(kind, own), await window(first).get(kind, theirs)], ['canary', undefined]);
      // Escape and Cancel mean no, which sends nothing and removes nothing.
      assert.equal(await window(first).ask(kind, theirs), false);
      assert.equal(await window(first).get(kind, theirs), undefined);
      assert.match(
        person.asked[0] ?? '',
        /"api" for shop\.example\.com in this workspace\?.*Team shop.*https:\/\/shop\.example\.com.*\[Use Kept/,
      );
      person.answer = true;
      assert.equal(await window(first).ask(kind, theirs), true);
      assert.equal(await window(first).get(kind, theirs), 'canary');
      assert.equal(await window(second).get(kind, theirs), undefined, 'another workspace has no agreement');
      assert.equal(person.asked.length, 2);
    });
  }

  test('a changed entry is another entry: address, user, trusted certificates, password for key', async () => {
    const { person, window } = editor();
    const keys = window(new Map());
    for (const owner of [own, { ...own, url: 'https://shop.example.com/' }, { ...own, user: 'other' }])
      for (const kind of ['api', 'web'] as const) await keys.keep(kind, owner, 'canary');
    person.answer = true;
    assert.equal(await keys.ask('api', theirs), true);
    for (const other of [
      { ...theirs, url: 'https://shop.example.com/' },
      { ...theirs, user: 'other' },
      { ...theirs, workspace: { caFile: 'evil.pem' } },
    ])
      assert.equal(await keys.get('api', other), undefined);
    assert.equal(await keys.get('web', theirs), undefined);
    assert.equal(await keys.ask('api', { ...theirs, workspace: { caFile: 'evil.pem' } }), true);
    assert.match(person.asked.at(-1) ?? '', /certificate by evil\.pem/);
    assert.equal(await keys.get('api', { ...theirs, name: 'Renamed' }), 'canary', 'the name is only shown');
  });

  test('typing a key for an entry is agreement, until the key is removed', async () => {
    const { person, window } = editor();
    const keys = window(new Map());
    await keys.keep('api', theirs, 'typed');
    assert.equal(await keys.get('api', theirs), 'typed');
    await keys.forget('api', theirs);
    await keys.keep('api', own, 'canary');
    assert.equal(await keys.get('api', theirs), undefined);
    assert.deepEqual(person.asked, []);
  });

  test('typing a key that is kept in memory only is also agreement', async () => {
    const { person, window } = editor();
    const keys = window(new Map());
    await keys.keep('api', own, 'canary', { sessionOnly: true });
    assert.equal(await keys.get('api', theirs), undefined);
    person.answer = true;
    await keys.ask('api', theirs);
    assert.equal(await keys.get('api', theirs), 'canary');
  });

  test('changing an entry does not give access to the key without agreement, and neither does moving a key', async () => {
    const { window } = editor();
    const keys = window(new Map());
    const secrets = new StoreSecrets(keys, () => []);
    const config = { name: 'Team shop', url: own.url, user: own.user };
    await keys.keep('api', own, 'canary');
    assert.equal(await secrets.get('api', config, 'workspace'), undefined);
    const moved = { ...config, url: 'https://elsewhere.example' };
    await secrets.keep(moved, { key: '', sessionOnly: false, source: 'workspace' }, config);
    assert.equal(await keys.get('api', { ...theirs, url: moved.url }), undefined);
    await secrets.keep(moved, { key: 'typed', sessionOnly: false, source: 'workspace' }, config);
    assert.equal(await keys.get('api', { ...theirs, url: moved.url }), 'typed');
  });

  test('the question cannot contain line breaks or a false end', async () => {
    const { person, window } = editor();
    const keys = window(new Map());
    const evil = { name: 'a\nUse it', url: 'https://shop.example.com/\u2028x', user: 'a\u202eb\n\nc' };
    await keys.keep('api', evil, 'canary');
    await keys.ask('api', { ...evil, workspace: { caFile: 'x\ny' } });
    assert.doesNotMatch(person.asked[0] ?? '', /[\n\u2028\u202e]/);
  });
});

suite('The restrictions of entries for the same place', () => {
  const base: StoreConfig = { name: 'Shop', url: 'https://shop.example.com', user: 'api' };
  const listed = (...entries: readonly (readonly [StoreSource, object])[]): readonly StoreConfig[] => {
    const parsed = entries.map(([source, entry]) => {
      const { success, data } = storeConfig.safeParse(entry);
      return { source, entry, config: success ? data : undefined };
    });
    const places = guardsByShop(
      parsed.flatMap(({ source, entry, config }) => {
        const guards = guardsOf(entry, config);
        return guards === undefined ? [] : [{ source, guards }];
      }),
    );
    return parsed.flatMap(({ source, config }) => (config === undefined ? [] : withGuards(config, source, places)));
  };

  test('the strictest of the user’s and the workspace’s applies to every spelling of the address', () => {
    for (const url of [
      'https://SHOP.example.com:443/',
      'http://shop.example.com/index.php/api/soap?wsdl',
      'shop.example.com/api/v2_soap/',
    ]) {
      const [mine, theirs] = listed(
        ['user', { ...base, readOnly: true, environment: 'production' }],
        ['workspace', { ...base, url, readOnly: false, environment: 'development' }],
      );
      assert.deepEqual([theirs?.readOnly, theirs?.environment, mine?.readOnly], [true, 'production', true]);
      const [user] = listed(['user', base], ['workspace', { ...base, url, environment: 'production' }]);
      assert.equal(user?.environment, 'production');
    }
  });

  test('two entries of the user do not affect each other, nor other places', () => {
    assert.deepEqual(
      listed(['user', { ...base, readOnly: true }], ['user', base]).map(({ readOnly }) => readOnly),
      [true, undefined],
    );
    assert.deepEqual(
      listed(['user', { ...base, readOnly: true }], ['workspace', { ...base, url: 'https://other.example.com' }]).map(
        ({ readOnly }) => readOnly,
      ),
      [true, undefined],
    );
  });

  test('a workspace cannot choose the trusted certificates if the user has an entry', () => {
    const certificates = (mine: object, theirs: object): string | undefined =>
      listed(['user', { ...base, ...mine }], ['workspace', { ...base, ...theirs }])[1]?.caFile;
    assert.deepEqual(
      [
        certificates({}, { caFile: 'evil.pem' }),
        certificates({ caFile: 'mine.pem' }, { caFile: 'evil.pem' }),
        certificates({ caFile: 'mine.pem' }, {}),
      ],
      [undefined, 'mine.pem', 'mine.pem'],
    );
    assert.equal(listed(['user', base], ['workspace', { ...base, caFile: 'evil.pem' }])[0]?.caFile, undefined);
    assert.equal(listed(['workspace', { ...base, caFile: 'team.pem' }])[0]?.caFile, 'team.pem');
  });

  test('an entry of the user that cannot be read counts as read-only', () => {
    assert.equal(listed(['user', { ...base, readOnly: 'yes' }], ['workspace', base])[0]?.readOnly, true);
    assert.equal(listed(['user', { url: base.url }], ['workspace', base])[0]?.readOnly, true);
  });

  test('each of many entries is checked only once', () => {
    const many = Array.from({ length: 3000 }, (_, index): readonly [StoreSource, object] => [
      index % 2 === 0 ? 'user' : 'workspace',
      { ...base, readOnly: index === 0 },
    ]);
    assert.equal(listed(...many).filter(({ readOnly }) => readOnly === true).length, 1501);
  });
});
