import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import { FORMS, formsOf } from '../../../src/l10n/texts';
import { codeTexts, englishBundle, languages, placeholdersOf, type Language } from '../../../scripts/lib/texts';
import { root } from '../../../scripts/lib/project';
import { manifestTexts } from '../../support/manifest';

const texts = z.record(z.string(), z.string());
const read = (file: string): Readonly<Record<string, string>> => texts.parse(JSON.parse(readFileSync(path.join(root, file), 'utf8')));
const bundleOf = (language: Language): Readonly<Record<string, string>> => {
  const file = `l10n/bundle.l10n.${language}.json`;
  return existsSync(path.join(root, file)) ? read(file) : {};
};
const without = (some: readonly string[], others: readonly string[]): readonly string[] => some.filter((each) => !others.includes(each));

/** The parts of a text that are not translated: commands of links, code and addresses. */
function fixed(text: string): readonly string[] {
  return (text.match(/\(command:[^)]*\)|`[^`]*`|https?:\/\/\S+|\$\([\w-]+\)/g) ?? []).sort();
}

/** Maximum length of a text of the manifest in its place: a menu, the title of a view, a step of the walkthrough. */
function room(key: string): number {
  if (key.startsWith('command.')) return 60;
  if (/^(?:view|container|category)\b/.test(key)) return 20;
  if (/^walkthrough\..*title$/.test(key)) return 60;
  return Infinity;
}

/** Maximum length of a translation. Labels and buttons (short texts without a full stop) have little room to grow. */
function roomFor(english: string): number {
  return english.length <= 24 && !/[.:]$/.test(english) ? english.length + 20 : Math.ceil(english.length * 1.7) + 15;
}

/** What a language does not use around names and words, as in VS Code's translations; French has no-break spaces inside of its own. */
const foreignQuotes: Readonly<Record<Language, RegExp>> = {
  de: /[«»”]/,
  fr: /[“”„’]|«(?!\u00a0)|(?<!\u00a0)»| [:;?!](?=\s|$)/,
  it: /[«»“”„’]/,
  es: /[«»“”„’]/,
  nl: /[«»“”„’]/,
  pl: /[«»“]/,
};

for (const language of languages) {
  describe(`The manifest in ${language}`, () => {
    const translated = read(`package.nls.${language}.json`);

    test('has every text and no other', () => {
      assert.deepEqual(without(Object.keys(manifestTexts), Object.keys(translated)), [], 'missing');
      assert.deepEqual(without(Object.keys(translated), Object.keys(manifestTexts)), [], 'unused');
    });

    test('keeps commands, code and addresses', () => {
      for (const [key, text] of Object.entries(manifestTexts)) assert.deepEqual(fixed(translated[key] ?? ''), fixed(text), key);
    });

    test('fits into its places', () => {
      const long = Object.entries({ ...translated }).filter(([key, text]) => text.length > room(key));
      assert.deepEqual(long, []);
      for (const [key, text] of Object.entries(translated)) assert.equal(text, text.trim(), key);
    });
  });

  describe(`The texts of the code in ${language}`, () => {
    const translated = bundleOf(language);
    const keys = [...new Set(codeTexts().map(({ key }) => key))];

    test('have no translation of unused texts', () => {
      assert.deepEqual(without(Object.keys(translated), keys), []);
    });

    test('are complete', () => {
      assert.deepEqual(without(keys, Object.keys(translated)), []);
    });

    test('have the placeholders of the English text', () => {
      for (const [key, text] of Object.entries(translated)) {
        const [forms, english] = [text.split(FORMS), key.split(FORMS)];
        assert.equal(forms.length, english.length === 1 ? 1 : formsOf(language).length, key);
        // "One customer" contains its number as a word.
        const wanted = placeholdersOf(english.at(-1) ?? '');
        for (const form of forms.slice(english.length === 1 ? 0 : 1)) assert.deepEqual(placeholdersOf(form), wanted, key);
      }
    });

    test('fit into their places', () => {
      const long = Object.entries(translated).filter(
        ([key, text]) => Math.max(...text.split(FORMS).map(size)) > roomFor(key.split(FORMS).at(-1) ?? ''),
      );
      assert.deepEqual(long, []);
    });
  });
}

test('names stand in the quotes of their language', () => {
  for (const language of languages) {
    const texts = { ...read(`package.nls.${language}.json`), ...bundleOf(language) };
    const foreign = Object.values(texts).filter((text) => foreignQuotes[language].test(text.replaceAll(/`[^`]*`/g, 'x')));
    assert.deepEqual(foreign, [], language);
  }
  // Languages with quotes of their own keep straight ones for code, so for the same texts.
  const straight = (language: Language): readonly string[] =>
    Object.entries(bundleOf(language)).flatMap(([key, text]) => (text.includes('"') ? [key] : []));
  assert.deepEqual(straight('fr'), straight('de'));
  assert.deepEqual(straight('pl'), straight('de'));
});

test('The English bundle matches the texts of the code', () => {
  assert.equal(readFileSync(path.join(root, 'l10n/bundle.l10n.json'), 'utf8'), englishBundle());
});

function size({ length }: { readonly length: number }): number {
  return length;
}
