import { plural, t } from '../../l10n/texts';
import type { ComparedSection } from '../../forms/customer-comparison';
import { oneLine } from '../text';

/** The column in which values begin, in characters. A longer name moves its value to the right. */
const VALUE_COLUMN_CHARS = 32;

/**
 * The two texts of a comparison. Each line has the same attribute in both, so that the diff editor aligns them. Both begin with the
 * differences in words, for people who read one text after the other.
 * @param left heading of the left text, such as `Customer 5 on Staging DE, over V2`
 */
export function comparisonTexts(sections: readonly ComparedSection[], left: string, right: string): readonly [string, string] {
  const summary = summaryLines(sections);
  const side = (heading: string, which: 'left' | 'right'): string =>
    [oneLine(heading), '', ...summary, ...sections.flatMap((section) => sectionLines(section, which)), ''].join('\n');
  return [side(left, 'left'), side(right, 'right')];
}

/** Number of differences. An address that is missing on one side counts as one. */
export function differences(sections: readonly ComparedSection[]): number {
  return sections.reduce((sum, { only, attributes }) => sum + (only === undefined ? attributes.filter(differs).length : 1), 0);
}

function summaryLines(sections: readonly ComparedSection[]): readonly string[] {
  const number = differences(sections);
  if (number === 0) return [t('No differences')];
  const lines = sections.flatMap(({ title, only, isAddress, attributes }) => {
    if (only !== undefined)
      return [only === 'left' ? `  ${t('{title}: only left', { title })}` : `  ${t('{title}: only right', { title })}`];
    const address = isAddress ? `${title}, ` : '';
    return attributes.filter(differs).map((attribute) => `  ${address}${nameOf(attribute)}: ${line(attribute.difference ?? '')}`);
  });
  return [plural(number, '{count} difference', '{count} differences'), ...lines];
}

function differs({ difference }: ComparedSection['attributes'][number]): boolean {
  return difference !== undefined;
}

function sectionLines({ title, only, attributes }: ComparedSection, which: 'left' | 'right'): readonly string[] {
  if (attributes.length === 0 || (only !== undefined && only !== which)) return [];
  const lines = attributes.map((attribute) => `  ${`${nameOf(attribute)}:`.padEnd(VALUE_COLUMN_CHARS)} ${line(attribute[which])}`);
  return ['', line(title), ...lines];
}

/** The title of an attribute, or its code if it has none. */
function nameOf({ title }: { readonly title: string }): string {
  return line(title);
}

/** Puts a value on one line. The lines of a street are separated by a symbol. */
function line(text: string): string {
  return oneLine(text.replaceAll(/\r?\n/g, ' ⏎ '));
}
