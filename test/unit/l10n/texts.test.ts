import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { plural, speak, t } from '../../../src/l10n/texts';
import { runNode } from '../../../scripts/lib/command';
import { placeholdersOf, textsIn } from '../../../scripts/lib/texts';
import { inNewFolder } from '../../support/folder';

const counted = '{count} customer | {count} customers';

afterEach(() => speak(undefined));

describe('A text', () => {
  test('is in English until another language is set, and if that language has no translation', () => {
    assert.equal(t('Open Customer'), 'Open Customer');
    speak({ language: 'de', bundle: { 'Open Customer': 'Kunden öffnen' } });
    assert.equal(t('Open Customer'), 'Kunden öffnen');
    assert.equal(t('Close Customer'), 'Close Customer');
  });

  test('puts its values in by name, in the order of the language', () => {
    speak({ language: 'de', bundle: { 'Delete {name} from {store}?': '{name} aus {store} löschen? ({name})' } });
    assert.equal(t('Delete {name} from {store}?', { name: 'Doe', store: 'Shop' }), 'Doe aus Shop löschen? (Doe)');
  });

  test('replaces placeholders only once for any value, and leaves other braces unchanged', () => {
    const name = '{store} $& $1 {name}';
    assert.equal(t('{name} of {store}', { name, store: 'S' }), `${name} of S`);
    assert.equal(t('{constructor}', { constructor: 'x' }), 'x');
    speak({ language: 'de', bundle: { 'Of {store}': '{toString} {store} {}' } });
    assert.equal(t('Of {store}', { store: 1 }), '{toString} 1 {}');
  });

  test('with a number has the plural form of the language', () => {
    const say = (count: number): string => plural(count, '{count} customer', '{count} customers');
    assert.deepEqual([0, 1, 2].map(say), ['0 customers', '1 customer', '2 customers']);
    speak({ language: 'fr', bundle: { [counted]: '{count} client | {count} clients' } });
    assert.deepEqual(
      [0, 1, 2, 1_000_000].map(say).map((text) => text.replace(/[\d\s.,\u202f]+/, '')),
      ['client', 'client', 'clients', 'clients'],
    );
    speak({ language: 'pl', bundle: { [counted]: '{count} klient | {count} klienci | {count} klientów' } });
    assert.deepEqual([1, 2, 5, 12, 22].map(say), ['1 klient', '2 klienci', '5 klientów', '12 klientów', '22 klienci']);
  });

  test('with a number can have further values', () => {
    assert.equal(plural(2, '{count} change on {store}', '{count} changes on {store}', { store: 'Shop' }), '2 changes on Shop');
  });
});

describe('Numbers and dates in a text', () => {
  const LIMIT_MS = 120_000;
  const root = path.join(import.meta.dirname, '../../..');

  /** The output of a program on a machine with this locale. */
  const on = async (machine: string, program: string, ...args: readonly string[]): Promise<string> => {
    const { code, output } = await runNode(['--import', 'tsx', path.join(root, program), ...args], {
      limit: LIMIT_MS,
      env: { LC_ALL: `${machine}.UTF-8` },
    });
    assert.equal(code, 0, output);
    return output.trim();
  };
  const said = async (machine: string, ...language: readonly string[]): Promise<readonly string[]> =>
    (await on(machine, 'test/support/says-numbers.ts', ...language)).split('\n');

  test('are English in English, regardless of the locale of the machine', async () => {
    const english = ['1,234 customers', '1,234.5', '1.2 s', '1.2 kB', 'Nov 29, 2026'];
    assert.deepEqual(await said('de_DE'), english);
    assert.deepEqual(await said('fr_FR'), english);
  });

  test('follow the language of the editor', async () => {
    assert.deepEqual(await said('en_US', 'de'), ['1.234 Kunden', '1.234,5', '1,2 s', '1,2 kB', '29.11.2026']);
  });

  test('keep the date format that the region of the machine has for that language', async () => {
    assert.equal((await said('en_GB')).at(-1), '29 Nov 2026');
    assert.equal((await said('de_AT', 'de')).at(-1), '29.11.2026');
  });

  test('are English on the command line, regardless of the locale of the machine', async () => {
    await inNewFolder('maho-numbers-', async (folder) => {
      const call = "$client->call($session, 'customer.info', [1]);\n";
      await writeFile(path.join(folder, 'sync.php'), `<?php\n${call.repeat(1234)}`);
      assert.match(await on('de_DE', 'src/cli/main.ts', 'migrate', folder), /1,234 calls in 1 file/);
    });
  });
});

describe('The texts of a source file', () => {
  const file = (code: string): readonly string[] =>
    textsIn('a.ts', `import { t, plural } from '../l10n/texts';\n${code}`).map(({ key }) => key);

  test('are found in every call, also inside of another', () => {
    assert.deepEqual(file("f(t('One {a}', { a: t(`Two`) }), plural(n, '{count} x', '{count} y'));"), [
      'One {a}',
      'Two',
      '{count} x | {count} y',
    ]);
  });

  test('must be literals', () => {
    assert.throws(() => file('t(text)'), /a\.ts:2: write the text out/);
    assert.throws(() => file('t(`a ${b}`)'), /write the text out/);
  });

  test('have placeholders, each listed once', () => {
    assert.deepEqual(placeholdersOf('{b} {a} {b} {} { c }'), ['a', 'b']);
  });
});
