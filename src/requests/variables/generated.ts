import { randomInt, randomUUID } from 'node:crypto';
import { later, t } from '../../l10n/texts';

/** A placeholder whose value is random or comes from the clock. */
interface Generator {
  /** Its syntax, without the braces. */
  readonly syntax: string;
  /** Description of its value, for completion and documentation. */
  readonly doc: string;
  /** An example, without the braces. */
  readonly example: string;
  /** The problem of the words after the name; `undefined` when they are valid. */
  readonly check: (words: readonly string[]) => string | undefined;
  readonly make: (words: readonly string[]) => string | number;
}

// oxlint-disable-next-line house/spoken-texts -- names of people are the same in each language
const firstNames = ['Anna', 'Ben', 'Clara', 'David', 'Élise', 'Jürgen', 'Maria', 'Noah', 'Paweł', 'Sofía', 'Tom', 'Zoë'];
// oxlint-disable-next-line house/spoken-texts -- names of people are the same in each language
const lastNames = ['Bauer', 'Brown', 'Fischer', 'García', 'Jansen', 'Kowalski', 'Müller', 'Nguyen', 'O’Brien', 'Rossi', 'Smith', 'Åberg'];

/** Formats of a moment that the API accepts. */
const momentFormats: Readonly<Record<string, (moment: Date) => string | number>> = {
  datetime: (moment) => moment.toISOString().slice(0, 19).replace('T', ' '),
  date: (moment) => moment.toISOString().slice(0, 10),
  iso: (moment) => moment.toISOString(),
  timestamp: (moment) => Math.floor(moment.getTime() / 1000),
};

/** Units of the distance from now. */
const units: Readonly<Record<string, (moment: Date, count: number) => void>> = {
  s: (moment, count) => void moment.setTime(moment.getTime() + count * 1000),
  m: (moment, count) => void moment.setTime(moment.getTime() + count * 60_000),
  h: (moment, count) => void moment.setTime(moment.getTime() + count * 3_600_000),
  d: (moment, count) => void moment.setUTCDate(moment.getUTCDate() + count),
  w: (moment, count) => void moment.setUTCDate(moment.getUTCDate() + 7 * count),
  mo: (moment, count) => void moment.setUTCMonth(moment.getUTCMonth() + count),
  y: (moment, count) => void moment.setUTCFullYear(moment.getUTCFullYear() + count),
};

/** Distance from now, such as `-30d`. */
const STEP = /^([+-]\d{1,6})(s|mo|m|h|d|w|y)$/;

const nothing = (words: readonly string[]): string | undefined => (words.length === 0 ? undefined : t('Its name must end there.'));
const pick = (names: readonly string[]): string => names[randomInt(names.length)] ?? '';

/** Generators by the name after the `$`. Completion, documentation and messages are made from this table. */
export const generators = {
  uuid: { syntax: '$uuid', doc: later('A UUID, a new one for each use.'), example: '$uuid', check: nothing, make: () => randomUUID() },
  timestamp: {
    syntax: '$timestamp',
    doc: later('Seconds since 1970.'),
    example: '$timestamp',
    check: nothing,
    make: () => Math.floor(Date.now() / 1000),
  },
  now: {
    syntax: '$now [±N unit] [format]',
    doc: later(
      'The time in UTC in the format of the API (`2026-11-28 13:05:00`), or a time before or after now: `-30d`, `+2h`. Units are s, m, h, d, w, mo, y (m minutes, mo months). Formats are datetime, date, iso, timestamp.',
    ),
    example: '$now -30d date',
    check: (words) => {
      const steps = words.filter((word) => STEP.test(word));
      const formats = words.filter((word) => Object.hasOwn(momentFormats, word));
      const ordered = words.every((word, index) => STEP.test(word) || (Object.hasOwn(momentFormats, word) && index === words.length - 1));
      return ordered && steps.length + formats.length === words.length
        ? undefined
        : t('Write it as {first} or {second}. Units are {units}. Formats are {formats}.', {
            first: '{{$now -30d}}',
            second: '{{$now +2h iso}}',
            units: Object.keys(units).join(', '),
            formats: Object.keys(momentFormats).join(', '),
          });
    },
    make: (words) => {
      const moment = new Date();
      for (const word of words) {
        const [, count, unit = ''] = STEP.exec(word) ?? [];
        if (count !== undefined) units[unit]?.(moment, Number(count));
      }
      const format = momentFormats[words.at(-1) ?? ''] ?? momentFormats['datetime'];
      return format?.(moment) ?? '';
    },
  },
  randomInt: {
    syntax: '$randomInt LEAST MOST',
    doc: later('A whole number between two numbers, both included.'),
    example: '$randomInt 1 100',
    check: (words) => {
      const [least, most] = words.map(Number);
      const whole = words.length === 2 && words.every((word) => /^-?\d{1,12}$/.test(word));
      return whole && least !== undefined && most !== undefined && least <= most
        ? undefined
        : t('Write it as {example}.', { example: '{{$randomInt 1 100}}' });
    },
    make: ([least, most]) => randomInt(Number(least), Number(most) + 1),
  },
  randomEmail: {
    syntax: '$randomEmail',
    doc: later('An e-mail address that does not exist, such as `user-5f0c7e1a2b3d@example.com`.'),
    example: '$randomEmail',
    check: nothing,
    make: () => `user-${randomUUID().replaceAll('-', '').slice(0, 12)}@example.com`,
  },
  randomFirstName: {
    syntax: '$randomFirstName',
    doc: later('A first name, sometimes with letters beyond ASCII.'),
    example: '$randomFirstName',
    check: nothing,
    make: () => pick(firstNames),
  },
  randomLastName: {
    syntax: '$randomLastName',
    doc: later('A last name, sometimes with letters beyond ASCII.'),
    example: '$randomLastName',
    check: nothing,
    make: () => pick(lastNames),
  },
} as const satisfies Readonly<Record<string, Generator>>;

/** See {@link generators}. */
export type GeneratedName = keyof typeof generators;

/** Placeholders with a `$` that take an argument and turn it into text. */
export const takers = {
  env: { syntax: '$env NAME', doc: later('An environment variable that does not contain an API key.'), example: '$env HOME' },
  file: {
    syntax: '$file PATH',
    doc: later('The text of a file. Its path is relative to the folder of the request file, and it must be in the same repository.'),
    example: '$file note.txt',
  },
  base64: {
    syntax: "$base64 'TEXT' or a placeholder",
    doc: later(
      "Base64 of a text in single quotes, a variable, or the bytes of a file: `$base64 'a:b'`, `$base64 name`, `$base64 $file logo.png`.",
    ),
    example: "$base64 'a:b'",
  },
  md5: { syntax: "$md5 'TEXT' or a placeholder", doc: later('MD5 of a text, a variable or a file, in hex.'), example: "$md5 'a:b'" },
} as const;

/** All names that may follow a `$`, for messages. */
export const dollarNames: readonly string[] = [...Object.keys(takers), ...Object.keys(generators)];
