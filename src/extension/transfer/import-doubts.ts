import type { Choice, ImportDecision, ImportDoubt } from '../../pages/import-messages';
import { dateReadAs, type Doubt, type NamedNumber, type Readings } from '../../store/transfer';
import { dateLocale, plural, t } from '../../l10n/texts';
import { oneLine } from '../text';

/** Number of doubts that are told apart. A file with hundreds of different words should be corrected at its source. */
const MAX_DOUBTS = 200;
/** Number of doubts that are shown at a time: those that most rows have. */
const SHOWN_DOUBTS = 8;

/** By attribute, the numbers that it can have in the store, with their names. */
export type NumberNames = ReadonlyMap<string, readonly NamedNumber[]>;

/** The doubts about a file that can be decided for all its rows at once, with the number of rows that have each. */
export class ImportDoubts {
  readonly #found = new Map<string, { readonly doubt: Doubt; rows: number }>();

  /** Adds the doubts about one row. */
  add(doubts: readonly Doubt[]): void {
    for (const doubt of doubts) {
      const id = idOf(doubt);
      const known = this.#found.get(id);
      if (known !== undefined) known.rows++;
      else if (this.#found.size < MAX_DOUBTS) this.#found.set(id, { doubt, rows: 1 });
    }
  }

  /** The questions to ask, those about most rows first. */
  questions(names: NumberNames): readonly ImportDoubt[] {
    return [...this.#found]
      .toSorted(([, one], [, other]) => other.rows - one.rows)
      .slice(0, SHOWN_DOUBTS)
      .map(([id, { doubt, rows }]) => ({ id, words: wordsOf(doubt, rows), ...choicesOf(doubt, names) }));
  }

  /**
   * The readings after a doubt is decided.
   * @returns `undefined` when the file does not have this doubt, or the value decides nothing
   */
  decided(id: string, value: string, readings: Readings): Readings | undefined {
    const doubt = this.#found.get(id)?.doubt;
    switch (doubt?.kind) {
      case 'dates':
        return value === 'day-first' || value === 'month-first' ? { ...readings, dates: value } : undefined;
      case 'shortYears':
        return { ...readings, shortYears: true };
      case 'countedDays':
        return { ...readings, countedDays: true };
      case 'word': {
        if (!/^\d{1,9}$/.test(value)) return undefined;
        const { attribute, text } = doubt;
        return { ...readings, words: [...(readings.words ?? []), { attribute, text, value }] };
      }
      case undefined:
        return undefined;
    }
  }
}

/** The decisions, as a list. */
export function decisionsOf({ dates, shortYears, countedDays, words = [] }: Readings, names: NumberNames): readonly ImportDecision[] {
  return [
    ...(dates === undefined ? [] : [{ id: 'dates', words: dates === 'day-first' ? t('Dates: day first') : t('Dates: month first') }]),
    ...(shortYears === true ? [{ id: 'shortYears', words: t('Two digits mean the latest past year') }] : []),
    ...(countedDays === true ? [{ id: 'countedDays', words: t('Numbers are spreadsheet days') }] : []),
    ...words.map((word) => ({
      id: idOf({ kind: 'word', ...word }),
      words: decidedWord(word.attribute, oneLine(word.text), nameOf(word.value, names.get(word.attribute))),
    })),
  ];
}

/** The readings without one decision. */
export function withoutDecision({ dates, shortYears, countedDays, words = [] }: Readings, id: string): Readings {
  const left = words.filter((word) => idOf({ kind: 'word', ...word }) !== id);
  return {
    ...(dates === undefined || id === 'dates' ? {} : { dates }),
    ...(shortYears === undefined || id === 'shortYears' ? {} : { shortYears }),
    ...(countedDays === undefined || id === 'countedDays' ? {} : { countedDays }),
    ...(left.length === 0 ? {} : { words: left }),
  };
}

function idOf(doubt: Doubt): string {
  // A word is decided once for all its spellings.
  return doubt.kind === 'word' ? ['word', doubt.attribute, doubt.text.trim().toLowerCase()].join(' ').slice(0, 900) : doubt.kind;
}

function wordsOf(doubt: Doubt, rows: number): string {
  const text = oneLine(doubt.text);
  switch (doubt.kind) {
    case 'dates':
      return plural(
        rows,
        '{count} row has a date that can be read in two ways, such as {text}.',
        '{count} rows have dates that can be read in two ways, such as {text}.',
        { text },
      );
    case 'shortYears':
      return plural(
        rows,
        '{count} row has a date with two digits for the year, such as {text}.',
        '{count} rows have dates with two digits for the year, such as {text}.',
        { text },
      );
    case 'countedDays':
      return plural(
        rows,
        '{count} row has a number in place of a date, such as {text}, as spreadsheets count days.',
        '{count} rows have numbers in place of dates, such as {text}, as spreadsheets count days.',
        { text },
      );
    case 'word':
      return doubtfulWord(doubt.attribute, text, rows);
  }
}

/** The question about a word in the place of a number. */
function doubtfulWord(attribute: string, text: string, rows: number): string {
  switch (attribute) {
    case 'group_id':
      return plural(
        rows,
        '{count} row has the customer group "{text}". Select the right one.',
        '{count} rows have the customer group "{text}". Select the right one.',
        { text },
      );
    case 'store_id':
      return plural(
        rows,
        '{count} row has the store view "{text}". Select the right one.',
        '{count} rows have the store view "{text}". Select the right one.',
        { text },
      );
    case 'website_id':
      return plural(
        rows,
        '{count} row has the website "{text}". Select the right one.',
        '{count} rows have the website "{text}". Select the right one.',
        { text },
      );
    case 'gender':
      return plural(
        rows,
        '{count} row has the gender "{text}". Select the right one.',
        '{count} rows have the gender "{text}". Select the right one.',
        { text },
      );
    default:
      return plural(
        rows,
        '{count} row has the {attribute} "{text}". Select the right one.',
        '{count} rows have the {attribute} "{text}". Select the right one.',
        { attribute, text },
      );
  }
}

/** The decision about a word. @param value the number with its name */
function decidedWord(attribute: string, text: string, value: string): string {
  switch (attribute) {
    case 'group_id':
      return t('"{text}" is the customer group {value}', { text, value });
    case 'store_id':
      return t('"{text}" is the store view {value}', { text, value });
    case 'website_id':
      return t('"{text}" is the website {value}', { text, value });
    case 'gender':
      return t('"{text}" is the gender {value}', { text, value });
    default:
      return t('"{text}" is the {attribute} {value}', { text, attribute, value });
  }
}

function choicesOf(doubt: Doubt, names: NumberNames): Pick<ImportDoubt, 'choices' | 'typed'> {
  const read = (readings: Readings): string => clearDate(dateReadAs(doubt.text, readings)) ?? '';
  switch (doubt.kind) {
    case 'dates':
      return {
        choices: [
          { value: 'day-first', label: t('Day first: {date}', { date: read({ dates: 'day-first', shortYears: true }) }) },
          { value: 'month-first', label: t('Month first: {date}', { date: read({ dates: 'month-first', shortYears: true }) }) },
        ],
        typed: false,
      };
    case 'shortYears': {
      const year = dateReadAs(doubt.text, { shortYears: true, dates: 'day-first' })?.slice(0, 4) ?? '';
      return { choices: [{ value: 'yes', label: t('Read {text} as {value}', { text: year.slice(2), value: year }) }], typed: false };
    }
    case 'countedDays':
      return {
        choices: [{ value: 'yes', label: t('Read {text} as {value}', { text: oneLine(doubt.text), value: read({ countedDays: true }) }) }],
        typed: false,
      };
    case 'word': {
      const known = names.get(doubt.attribute) ?? [];
      return { choices: known.map(({ value, name }): Choice => ({ value, label: labelOf(value, name) })), typed: known.length === 0 };
    }
  }
}

function labelOf(value: string, name: string): string {
  return name === '' ? value : `${oneLine(name)} (${value})`;
}

/** A number with its name, such as `Wholesale (2)`; the number alone where it has no known name. */
export function nameOf(value: string, known: readonly NamedNumber[] = []): string {
  return labelOf(value, known.find((each) => each.value === value)?.name ?? '');
}

/** A date such as `Apr 3, 1975`. Its month is a word in every language, because the question is which number is the month. */
function clearDate(date: string | undefined): string | undefined {
  return date === undefined
    ? undefined
    : new Date(`${date}T00:00:00Z`).toLocaleDateString(dateLocale(), { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}
