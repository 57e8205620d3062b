import { later, said, t } from '../../l10n/texts';
import type { SoapRecord } from '../../api/value';

/** One way to look for what somebody typed. */
export interface Query {
  /** In words, such as `e-mail contains "doe"`. */
  readonly words: string;
  readonly filters: SoapRecord;
  /** At most one customer of a website can match: one request, no windows. */
  readonly exact: boolean;
}

/** Ways to look for a text: those of the first step together, those of a later step only when all before found no customer. */
export type Plan = readonly (readonly Query[])[];

/** Shortest part of a name or an e-mail that is looked for, in characters. */
export const SHORTEST_PART_CHARS = 2;

/** How many ways to take a name of several words apart are tried. */
const MAX_SPLITS = 2;

/**
 * How a text is looked for. A number is an ID, what looks like a whole e-mail address is asked for as one, anything else is
 * part of an e-mail address or a name. Parts use `like`, since it is what every recorded store understands (facts §5); it counts
 * neither case nor accents.
 * @returns no step at all for a text too short to be looked for
 */
export function planFor(text: string): Plan {
  const wanted = text.trim().replace(/\s+/g, ' ');
  const id = /^#?\s?(\d{1,10})$/.exec(wanted)?.[1];
  if (id !== undefined) return [[{ words: t('ID {id}', { id: Number(id) }), filters: { customer_id: String(Number(id)) }, exact: true }]];
  if ([...wanted].length < SHORTEST_PART_CHARS) return [];
  if (!wanted.includes(' ') && wanted.includes('@')) {
    const part = contains('email', wanted);
    if (!/^[^@]+@[^@]+\.[^@.]{2,}$/.test(wanted)) return [[part]];
    return [[{ words: t('e-mail is {wanted}', { wanted: quoted(wanted) }), filters: { email: wanted }, exact: true }], [part]];
  }
  if (!wanted.includes(' ')) return [[contains('email', wanted), contains('lastname', wanted), contains('firstname', wanted)]];
  return [fullNames(wanted), [contains('lastname', wanted), contains('firstname', wanted)]];
}

const titles = { email: later('e-mail'), firstname: later('first name'), lastname: later('last name') } as const;

type Part = keyof typeof titles;

function contains(attribute: Part, text: string): Query {
  return {
    words: t('{attribute} contains {text}', { attribute: said(titles[attribute]), text: quoted(text) }),
    filters: { [attribute]: { like: `%${literal(text)}%` } },
    exact: false,
  };
}

/** First and last name in either order; "Doe, Jane" is the last name first. */
function fullNames(text: string): readonly Query[] {
  const [last, first] = text.split(/\s*,\s*/, 2);
  if (first !== undefined && last !== undefined && first !== '' && last !== '') return [bothNames(first, last)];
  // A last name of one word is likelier than one of several.
  const queries: Query[] = [];
  let cut = text.lastIndexOf(' ');
  for (let splits = 0; splits < MAX_SPLITS && cut > 0; splits++) {
    const [before, after] = [text.slice(0, cut), text.slice(cut + 1)];
    queries.push(bothNames(before, after), bothNames(after, before));
    cut = text.lastIndexOf(' ', cut - 1);
  }
  return queries;
}

function bothNames(first: string, last: string): Query {
  return {
    words: t('first name begins with {first}, last name with {last}', { first: quoted(first), last: quoted(last) }),
    filters: { firstname: { like: `${literal(first)}%` }, lastname: { like: `${literal(last)}%` } },
    exact: false,
  };
}

/** A text inside a pattern that stands for itself. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function quoted(text: string): string {
  return `"${text}"`;
}
