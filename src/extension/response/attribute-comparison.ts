import { compareResults } from '../../requests/history/compare';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { formatNumber, plural, t } from '../../l10n/texts';
import { listed } from '../../api/traps/report';

/** The result of a call over one dialect. */
export interface DialectAnswer {
  readonly dialect: string;
  readonly value: SoapValue;
}

/** An attribute whose values differ between dialects, or that some of them do not return. */
export interface AttributeDifference {
  /** The code of the attribute, or a path in a result that has no attributes. */
  readonly attribute: string;
  /** The difference, such as `only over V1` or `differs in 3 rows`. */
  readonly words: string;
  /** The value that each dialect returned, in the order of the dialects. For a list, the values of the first row that differs. */
  readonly values: readonly (SoapValue | undefined)[];
}

/** The differences between results of the same call. */
export interface AttributeComparison {
  readonly attributes: readonly AttributeDifference[];
  /** Further notes: rows that only some dialects returned, and the number of attributes that are the same. */
  readonly notes: readonly string[];
}

/** Attributes that identify a row of a list. */
const ids = ['customer_id', 'customer_address_id', 'customer_group_id', 'entity_id', 'product_id', 'order_id', 'id'] as const;
/** Number of IDs that are named in a sentence. */
const MAX_NAMED_IDS = 10;
/** Number of differences that are shown of a result that is neither a record nor a list of records. */
const MAX_DIFFERENCES = 500;

/** Compares results attribute by attribute. A number and its text are the same, because V1 does not tell them apart (facts §4). */
export function compareAttributes(answers: readonly DialectAnswer[]): AttributeComparison {
  const lists = answers.map(({ value }) => (isList(value) && value.every(isRecord) ? value.filter(isRecord) : undefined));
  if (lists.every((list) => list !== undefined)) return ofLists(answers, lists);
  const records = answers.map(({ value }) => (isRecord(value) ? value : undefined));
  if (records.every((record) => record !== undefined))
    return ofRecords(
      answers,
      records.map((record) => [record]),
      '',
    );
  return ofPlaces(answers);
}

function ofLists(answers: readonly DialectAnswer[], lists: readonly (readonly SoapRecord[])[]): AttributeComparison {
  const id = ids.find((key) =>
    lists.every(
      (list) => new Set(list.map((row) => textOf(row[key]))).size === list.length && list.every((row) => Object.hasOwn(row, key)),
    ),
  );
  if (id === undefined) {
    const least = Math.min(...lists.map(({ length }) => length));
    const counts = lists.map(({ length }, index) => `${answers[index]?.dialect ?? ''} ${formatNumber(length)}`);
    const notes = lists.some(({ length }) => length !== least)
      ? [t('Rows: {counts}. They have no ID, so they are compared by position.', { counts: counts.join(', ') })]
      : [];
    const compared = ofRecords(
      answers,
      lists.map((list) => list.slice(0, least)),
      '',
    );
    return { ...compared, notes: [...notes, ...compared.notes] };
  }
  const maps = lists.map((list) => new Map(list.map((row) => [textOf(row[id]), row])));
  const all = new Set(maps.flatMap((map) => [...map.keys()]));
  const common = [...all].filter((key) => maps.every((map) => map.has(key)));
  const apart = new Map<string, string[]>();
  for (const key of all) {
    if (maps.every((map) => map.has(key))) continue;
    const over = namesOf(
      answers,
      maps.map((map) => map.has(key)),
    );
    apart.set(over, [...(apart.get(over) ?? []), key]);
  }
  const notes = [...apart].map(([over, keys]) => {
    const named = keys.slice(0, MAX_NAMED_IDS).join(', ');
    const values = keys.length > MAX_NAMED_IDS ? `${named}, …` : named;
    return plural(keys.length, '{count} row only over {dialects}: {id} {values}.', '{count} rows only over {dialects}: {id} {values}.', {
      dialects: over,
      id,
      values,
    });
  });
  const compared = ofRecords(
    answers,
    maps.map((map) => common.map((key) => map.get(key)).filter((row) => row !== undefined)),
    id,
  );
  return { ...compared, notes: [...notes, ...compared.notes] };
}

/** @param rows of each dialect. Rows at the same index belong together */
function ofRecords(answers: readonly DialectAnswer[], rows: readonly (readonly SoapRecord[])[], id: string): AttributeComparison {
  const codes = new Set(rows.flatMap((list) => list.flatMap((row) => Object.keys(row))));
  const number = rows[0]?.length ?? 0;
  const attributes: AttributeDifference[] = [];
  for (const code of codes) {
    const held = rows.map((list) => list.map((row) => (Object.hasOwn(row, code) ? row[code] : undefined)));
    // A store leaves an attribute out of rows that have no value for it. That differs from a dialect that never returns it.
    const returned = held.map((values) => values.some((value) => value !== undefined));
    const differing: number[] = [];
    for (let row = 0; row < number; row++) {
      const [first, ...others] = held.filter((_, index) => returned[index]).map((values) => values[row]);
      if (others.some((other) => !isSame(first, other))) differing.push(row);
    }
    const presence = returned.every((here) => here) ? '' : t('only over {dialects}', { dialects: namesOf(answers, returned) });
    const [shown = held[returned.indexOf(true)]?.findIndex((value) => value !== undefined) ?? 0] = differing;
    if (presence === '' && differing.length === 0) continue;
    const where = id === '' ? undefined : textOf(rows[0]?.[shown]?.[id]);
    const values = number === 1 ? t('differs') : differsIn(differing.length, where);
    attributes.push({
      attribute: code,
      words: [presence, differing.length === 0 ? '' : values].filter((part) => part !== '').join('; '),
      values: held.map((all) => all[shown]),
    });
  }
  const same = codes.size - attributes.length;
  return {
    attributes,
    notes:
      attributes.length === 0 || same === 0 ? [] : [plural(same, '{count} attribute is the same.', '{count} attributes are the same.')],
  };
}

function ofPlaces(answers: readonly DialectAnswer[]): AttributeComparison {
  const [base, ...others] = answers;
  if (base === undefined) return { attributes: [], notes: [] };
  const found = new Map<string, (SoapValue | undefined)[]>();
  const compared = others.map(({ value }) => compareResults(base.value, value, { loose: true, most: MAX_DIFFERENCES }));
  compared.forEach(({ changes }, index) => {
    for (const { path, before, after } of changes) {
      // A dialect without a difference has the same value as the first one.
      const values = found.get(path) ?? answers.map(() => before);
      values[index + 1] = after;
      found.set(path, values);
    }
  });
  const attributes = [...found].slice(0, MAX_DIFFERENCES).map(([path, values]): AttributeDifference => ({
    attribute: path === '' ? t('result') : path,
    words: values.some((value) => value === undefined)
      ? t('only over {dialects}', {
          dialects: namesOf(
            answers,
            values.map((value) => value !== undefined),
          ),
        })
      : t('differs'),
    values,
  }));
  const more = compared.some((each) => each.more) || found.size > MAX_DIFFERENCES;
  return { attributes, notes: more ? [t('The first {count} differences are shown.', { count: MAX_DIFFERENCES })] : [] };
}

function isSame(one: SoapValue | undefined, other: SoapValue | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return compareResults(one, other, { loose: true, most: 1 }).changes.length === 0;
}

/** @param where the ID of the first row in which an attribute differs */
function differsIn(rows: number, where: string | undefined): string {
  return where === undefined
    ? plural(rows, 'differs in {count} row', 'differs in {count} rows')
    : plural(rows, 'differs in {count} row, first at {where}', 'differs in {count} rows, first at {where}', { where });
}

/** The names of some dialects: `V1`, `V1 and WS-I`. */
function namesOf(answers: readonly DialectAnswer[], which: readonly boolean[]): string {
  return listed(answers.filter((_, index) => which[index]).map(({ dialect }) => dialect));
}

function textOf(value: SoapValue | undefined): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}
