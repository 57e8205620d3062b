import { later, translated, t } from '../../l10n/texts';
import type { SoapRecord } from '../../api/value';

/** One way to search for a text. */
export interface Query {
  /** Description of the query, such as `e-mail contains "doe"`. */
  readonly words: string;
  readonly filters: SoapRecord;
  /** Whether at most one customer of a website can match. That needs one request and no windows. */
  readonly exact: boolean;
}

/** The steps of a search. The queries of a step run together. A later step only runs if the earlier ones found no customer. */
export type Plan = readonly (readonly Query[])[];

/** Shortest part of a name or an e-mail address that is searched for, in characters. */
export const MIN_PART_CHARS = 2;

/** Number of ways in which a name of several words is split. */
const MAX_SPLITS = 2;

/**
 * The plan for a text. A number is an ID. A text that looks like a whole e-mail address is searched for as such. Anything else is part of
 * an e-mail address or a name. Parts use `like`, which every recorded store understands (facts §5). It ignores case and accents.
 * @returns no steps for a text that is too short
 */
export function planFor(text: string): Plan {
  const wanted = text.trim().replace(/\s+/g, ' ');
  const id = /^#?\s?(\d{1,10})$/.exec(wanted)?.[1];
  if (id !== undefined) return [[{ words: t('ID {id}', { id: Number(id) }), filters: { customer_id: String(Number(id)) }, exact: true }]];
  if ([...wanted].length < MIN_PART_CHARS) return [];
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
    words: t('{attribute} contains {text}', { attribute: translated(titles[attribute]), text: quoted(text) }),
    filters: { [attribute]: { like: `%${literal(text)}%` } },
    exact: false,
  };
}

/** Queries for a first and a last name, in either order. In "Doe, Jane" the last name comes first. */
function fullNames(text: string): readonly Query[] {
  const [last, first] = text.split(/\s*,\s*/, 2);
  if (first !== undefined && last !== undefined && first !== '' && last !== '') return [bothNames(first, last)];
  // A last name of one word is more likely than one of several words.
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

/** A text within a pattern, with its wildcards escaped. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function quoted(text: string): string {
  return `"${text}"`;
}
