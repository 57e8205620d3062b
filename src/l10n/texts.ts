// The texts that people read. The English text is in the code and is the key of its translations, so the command line needs no bundle.

/** Texts of one language, by their English text. */
export type Bundle = Readonly<Record<string, string>>;

/** The texts of a language other than English. */
export interface Texts {
  /** Language tag as VS Code gives it, such as `de`. */
  readonly language: string;
  readonly bundle: Bundle;
}

declare global {
  // The extension's entry holds a copy of this module (scripts/build.mjs), so the texts are kept where all copies can find them.
  var mahoSoapTexts: Texts | undefined;
}

/** The names of the placeholders of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/**
 * The values for the placeholders of a text; none where it has no placeholders. The compiler does not know those of a text on several
 * lines.
 */
type Values<Text extends string> = string extends Text
  ? [values?: Readonly<Record<string, string | number>>]
  : [Names<Text>] extends [never]
    ? []
    : [Readonly<Record<Names<Text>, string | number>>];

/** Sets the language of all texts from now on; `undefined` for English. A text without a translation stays English. */
export function speak(texts: Texts | undefined): void {
  globalThis.mahoSoapTexts = texts;
}

/** The current language with its texts, to pass on to a page or a thread; `undefined` for English. */
export function spoken(): Texts | undefined {
  return globalThis.mahoSoapTexts;
}

/**
 * A text in the language of the reader. Call it when the text is shown: the language is not known yet when a module is loaded.
 * @param text a single literal, so that `scripts/lib/texts.ts` finds it in the code; `{name}` is replaced with a value
 */
export function t<const Text extends string>(text: Text, ...[values]: Values<NoInfer<Text>>): string {
  return filled(globalThis.mahoSoapTexts?.bundle[text] ?? text, values ?? {});
}

/**
 * Marks a text in a table that is created before the language is known. Use {@link translated} where the text is shown.
 * @returns the English text
 */
export function later<const Text extends string>(text: Text): Text {
  return text;
}

/** A text that was marked with {@link later}, in the language of the reader. Any other text stays as it is. */
export function translated(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return filled(globalThis.mahoSoapTexts?.bundle[text] ?? text, values);
}

/** Separates the plural forms of a text in a bundle. */
export const FORMS = ' | ';

/**
 * A text with a number, in the plural form of the reader's language. `{count}` is the number with the separators of that language.
 * A translation has one form for each of {@link formsOf} its language, separated by {@link FORMS}.
 */
export function plural<const One extends string, const Other extends string>(
  count: number,
  one: One,
  other: Other,
  ...[values]: Values<Exclude<Names<One | Other>, 'count'> extends never ? '' : `{${Exclude<Names<One | Other>, 'count'>}}`>
): string {
  const texts = globalThis.mahoSoapTexts;
  const forms = texts?.bundle[`${one}${FORMS}${other}`]?.split(FORMS);
  const all = { ...values, count: formatNumber(count) };
  if (texts === undefined || forms === undefined) return filled(count === 1 ? one : other, all);
  const category = new Intl.PluralRules(texts.language).select(count);
  // Other categories (a million in French, a half in Polish) use the last form.
  return filled(forms[formsOf(texts.language).indexOf(category)] ?? forms.at(-1) ?? other, all);
}

/** The plural categories of whole numbers in a language, in the order in which a bundle has their forms. */
export function formsOf(language: string): readonly Intl.LDMLPluralRule[] {
  return language.startsWith('pl') ? ['one', 'few', 'many'] : ['one', 'other'];
}

/** A number with the separators of the current language, as in the texts around it. The machine's locale is not used. */
export function formatNumber(number: number, options?: Intl.NumberFormatOptions): string {
  return number.toLocaleString(language(), options);
}

/**
 * The locale for dates and times: the machine's locale if it has the current language (`29 Nov 2026` in British English), otherwise the
 * current language.
 */
export function dateLocale(): string {
  const { locale } = new Intl.DateTimeFormat().resolvedOptions();
  return new Intl.Locale(locale).language === new Intl.Locale(language()).language ? locale : language();
}

function language(): string {
  return globalThis.mahoSoapTexts?.language ?? 'en';
}

/** Replaces placeholders once: a value stays as it is, even if it looks like a placeholder. */
function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : placeholder));
}
