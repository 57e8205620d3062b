// The texts that people read. English stands in the code and is the key of its translations, so the command line needs no bundle.

/** Texts of one language, by their English. */
export type Bundle = Readonly<Record<string, string>>;

/** What is said in another language than English. */
export interface Texts {
  /** As VS Code names it, such as `de`. */
  readonly language: string;
  readonly bundle: Bundle;
}

declare global {
  // The entry of the extension holds a copy of this module (scripts/build.mjs), so the texts lie where all copies find them.
  var mahoSoapTexts: Texts | undefined;
}

/** The names of the placeholders of a text. */
type Names<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}` ? Name | Names<Rest> : never;

/** What stands for the placeholders of a text: nothing where it has none. Of a text on several lines the compiler does not know them. */
type Values<Text extends string> = string extends Text
  ? [values?: Readonly<Record<string, string | number>>]
  : [Names<Text>] extends [never]
    ? []
    : [Readonly<Record<Names<Text>, string | number>>];

/** Says everything in another language from here on, or with `undefined` in English. What has no translation stays English. */
export function speak(texts: Texts | undefined): void {
  globalThis.mahoSoapTexts = texts;
}

/** What is spoken, to hand it on to a page or a thread; `undefined` for English. */
export function spoken(): Texts | undefined {
  return globalThis.mahoSoapTexts;
}

/**
 * A text in the language of the reader. Call it when the text is shown: at the top level of a module the language is not known yet.
 * @param text one literal, since `scripts/lib/texts.ts` finds it in the code; `{name}` stands for a value
 */
export function t<const Text extends string>(text: Text, ...[values]: Values<NoInfer<Text>>): string {
  return filled(globalThis.mahoSoapTexts?.bundle[text] ?? text, values ?? {});
}

/**
 * Marks a text of a table, which is made before the language is known. What shows it says it with {@link said}.
 * @returns the English text
 */
export function later<const Text extends string>(text: Text): Text {
  return text;
}

/** A text that was marked with {@link later}, in the language of the reader; any other text as it is. */
export function said(text: string, values: Readonly<Record<string, string | number>> = {}): string {
  return filled(globalThis.mahoSoapTexts?.bundle[text] ?? text, values);
}

/** Separates the forms of a text with a number in a bundle. */
export const FORMS = ' | ';

/**
 * A text with a number, in the form that the language of the reader wants for it. `{count}` is the number with the reader's separators.
 * A translation holds as many forms as {@link formsOf} its language has, with {@link FORMS} between them.
 */
export function plural<const One extends string, const Other extends string>(
  count: number,
  one: One,
  other: Other,
  ...[values]: Values<Exclude<Names<One | Other>, 'count'> extends never ? '' : `{${Exclude<Names<One | Other>, 'count'>}}`>
): string {
  const texts = globalThis.mahoSoapTexts;
  const forms = texts?.bundle[`${one}${FORMS}${other}`]?.split(FORMS);
  const all = { ...values, count: count.toLocaleString(undefined) };
  if (texts === undefined || forms === undefined) return filled(count === 1 ? one : other, all);
  const category = new Intl.PluralRules(texts.language).select(count);
  // What is left over (a million in French, half of something in Polish) takes the last form.
  return filled(forms[formsOf(texts.language).indexOf(category)] ?? forms.at(-1) ?? other, all);
}

/** The forms that whole numbers take in a language, in the order in which a bundle has them. */
export function formsOf(language: string): readonly Intl.LDMLPluralRule[] {
  return language.startsWith('pl') ? ['one', 'few', 'many'] : ['one', 'other'];
}

/** Fills placeholders in once: what stands in a value is text, whatever it looks like. */
function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (placeholder, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : placeholder));
}
