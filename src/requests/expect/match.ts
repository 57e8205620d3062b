import { append } from '../../api/lists';
import { compareDecimals } from '../../api/decimal';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { maskValue } from '../../store';
import { t } from '../../l10n/texts';
import { joinedByAnd, joinedByOr } from './joined';
import { isProblem, patternOf } from './pattern';
import { isMatcher, matcher, type Matcher } from './schema';

/** One difference between what was expected and what came. */
export interface Mismatch {
  /** Place in the answer, such as `result[0].email`. */
  readonly path: string;
  /** Words or JSON. */
  readonly expected: string;
  /** `undefined` when there is nothing at that place. */
  readonly actual: SoapValue | undefined;
  /** `true` when `expected` describes the kind of value rather than the value, so that it may be shown for a secret too. */
  readonly kind?: true;
}

/** The most differences that a comparison returns. */
const MAX_DIFFERENCES = 50;

/** Compares a value with what is expected of it. The list is empty when it fits. */
export function match(expected: SoapValue, actual: SoapValue | undefined, path: string): readonly Mismatch[] {
  return compare(expected, actual, path, false).slice(0, MAX_DIFFERENCES);
}

function compare(expected: SoapValue, actual: SoapValue | undefined, path: string, partial: boolean): readonly Mismatch[] {
  if (isMatcher(expected)) {
    const parsed = matcher.safeParse(expected);
    return parsed.success
      ? compareMatcher(parsed.data, actual, path, partial)
      : [{ path, expected: t('a valid matcher instead of {expected}', { expected: plainWords(expected) }), actual }];
  }
  if (isList(expected)) return compareList(expected, actual, path, partial);
  if (isRecord(expected)) return compareMap(expected, actual, path, partial);
  return same(expected, actual) ? [] : [{ path, expected: JSON.stringify(maskValue(expected)), actual }];
}

/**
 * V1 sends numbers as text where V2 sends numbers (facts §4), so a number and its text are the same here, digit by digit: `1.1` and
 * `"1.10"`. `$type` tells them apart.
 */
function same(expected: SoapValue, actual: SoapValue | undefined): boolean {
  if (expected === actual) return true;
  if (!isText(expected) || !isText(actual) || typeof expected === typeof actual) return false;
  return compareDecimals(String(expected), String(actual)) === 0;
}

function compareList(expected: readonly SoapValue[], actual: SoapValue | undefined, path: string, partial: boolean): readonly Mismatch[] {
  if (!isList(actual)) return [{ path, expected: t('a list of {value}', { value: expected.length }), actual, kind: true }];
  const found = expected.flatMap((item, index) =>
    index < actual.length
      ? compare(item, actual[index], `${path}[${index}]`, partial)
      : [{ path: `${path}[${index}]`, ...wanted(item), actual: undefined }],
  );
  if (partial || actual.length <= expected.length) return found;
  return [
    ...found,
    ...actual
      .slice(expected.length, expected.length + MAX_DIFFERENCES)
      .map((item, index) => ({ path: `${path}[${expected.length + index}]`, expected: t('nothing'), actual: item, kind: true as const })),
  ];
}

function compareMap(expected: SoapRecord, actual: SoapValue | undefined, path: string, partial: boolean): readonly Mismatch[] {
  if (!isRecord(actual)) return [{ path, expected: t('a map'), actual, kind: true }];
  const found = Object.entries(expected).flatMap(([key, value]) => {
    const inner = Object.hasOwn(actual, key) ? actual[key] : undefined;
    return inner === undefined && !isMatcher(value)
      ? [{ path: at(path, key), ...wanted(value), actual: undefined }]
      : compare(value, inner, at(path, key), partial);
  });
  if (partial) return found;
  return [
    ...found,
    ...Object.entries(actual).flatMap(([key, value]) =>
      Object.hasOwn(expected, key) ? [] : [{ path: at(path, key), expected: t('nothing'), actual: value, kind: true as const }],
    ),
  ];
}

function compareMatcher(wanted: Matcher, actual: SoapValue | undefined, path: string, partial: boolean): readonly Mismatch[] {
  const { $absent, $absentOr, $type, $regex, $flags, $range, $length, $oneOf, $partial, $contains, $each, $not } = wanted;
  const miss = (expected: string): readonly Mismatch[] => [{ path, expected, actual }];
  const missKind = (expected: string): readonly Mismatch[] => [{ path, expected, actual, kind: true }];
  if ($absent !== undefined) return $absent === (actual === undefined) ? [] : missKind($absent ? t('nothing') : t('something'));
  if ($absentOr !== undefined && actual === undefined) return [];
  if (actual === undefined) return isKind(wanted) ? missKind(matcherWords(wanted)) : miss(matcherWords(wanted));
  const found: Mismatch[] = [];
  if ($type !== undefined && !(Array.isArray($type) ? $type : [$type]).some((type) => isOfType(type, actual)))
    found.push(...missKind(typeWords($type)));
  if ($regex !== undefined && !(isText(actual) && matches($regex, $flags, String(actual))))
    found.push(...miss(t('text that matches /{regex}/{flags}', { regex: $regex, flags: $flags ?? '' })));
  if ($absentOr !== undefined) found.push(...compare($absentOr, actual, path, partial));
  if ($range !== undefined && !inRange($range, actual)) found.push(...miss(rangeWords($range)));
  if ($length !== undefined && !hasLength($length, actual))
    found.push({ path: `${path}.length`, expected: lengthWords($length), actual: lengthOf(actual) ?? actual });
  if ($oneOf !== undefined && !$oneOf.some((option) => compare(option, actual, path, false).length === 0))
    found.push(...miss(t('one of {values}', { values: $oneOf.map(words).join(', ') })));
  if ($partial !== undefined) append(found, compare($partial, actual, path, true));
  if ($contains !== undefined && !(isList(actual) && actual.some((item) => compare($contains, item, path, true).length === 0)))
    found.push(...miss(t('a list that contains {value}', { value: words($contains) })));
  if ($each !== undefined) append(found, isList(actual) ? eachMismatch($each, actual, path) : missKind(t('a list')));
  if ($not !== undefined && compare($not, actual, path, false).length === 0) found.push(...miss(t('not {value}', { value: words($not) })));
  return found;
}

function eachMismatch(expected: SoapValue, actual: readonly SoapValue[], path: string): readonly Mismatch[] {
  const found: Mismatch[] = [];
  for (let index = 0; index < actual.length && found.length < MAX_DIFFERENCES; index++)
    append(found, compare(expected, actual[index], `${path}[${index}]`, true));
  return found;
}

function matches(source: string, flags: string | undefined, text: string): boolean {
  const pattern = patternOf(source, flags);
  return !isProblem(pattern) && pattern.test(text);
}

function isText(value: SoapValue | undefined): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

type ValueType = Extract<NonNullable<Matcher['$type']>, string>;

function isOfType(type: ValueType, value: SoapValue): boolean {
  switch (type) {
    case 'string':
      return typeof value === 'string';
    case 'int':
      return typeof value === 'number' ? Number.isInteger(value) : typeof value === 'string' && /^-?\d+$/.test(value);
    case 'number':
      return typeof value === 'number' || (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value));
    case 'boolean':
      return typeof value === 'boolean';
    case 'list':
      return isList(value);
    case 'map':
      return isRecord(value);
    case 'null':
      return value === null;
  }
}

function inRange([least, most]: NonNullable<Matcher['$range']>, actual: SoapValue): boolean {
  if (!isText(actual)) return false;
  return (least === null || ordered(least, actual)) && (most === null || ordered(actual, most));
}

function ordered(low: string | number, high: string | number): boolean {
  const exact = compareDecimals(String(low), String(high));
  if (exact !== undefined) return exact <= 0;
  const [a, b] = [Number(low), Number(high)];
  return Number.isNaN(a) || Number.isNaN(b) ? String(low) <= String(high) : a <= b;
}

function lengthOf(value: SoapValue): number | undefined {
  if (typeof value === 'string') return [...value].length;
  if (isList(value)) return value.length;
  return isRecord(value) ? Object.keys(value).length : undefined;
}

function hasLength(wanted: NonNullable<Matcher['$length']>, actual: SoapValue): boolean {
  const length = lengthOf(actual);
  if (length === undefined) return false;
  if (typeof wanted === 'number') return length === wanted;
  const [least, most] = wanted;
  return (least === null || length >= least) && (most === null || length <= most);
}

function at(path: string, key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}

function words(value: SoapValue): string {
  if (isMatcher(value)) {
    const parsed = matcher.safeParse(value);
    if (parsed.success) return matcherWords(parsed.data);
  }
  return plainWords(value);
}

function wanted(value: SoapValue): Pick<Mismatch, 'expected' | 'kind'> {
  const parsed = isMatcher(value) ? matcher.safeParse(value) : undefined;
  return { expected: words(value), ...(parsed?.success === true && isKind(parsed.data) ? { kind: true } : {}) };
}

/** Whether a matcher only asks for a type. */
function isKind(wanted: Matcher): boolean {
  return Object.entries(wanted).every(([key, value]) => key === '$type' || value === undefined);
}

/** Masked, because variables can put secrets into an expected row. */
function plainWords(value: SoapValue): string {
  const text = JSON.stringify(maskValue(value));
  return text.length > 200 ? `${text.slice(0, 197)}…` : text;
}

function matcherWords({ $type, $regex, $flags, $range, $length, $oneOf, $partial, $contains, $each, $not, $absentOr }: Matcher): string {
  const parts = [
    $type === undefined ? undefined : typeWords($type),
    $regex === undefined ? undefined : t('text that matches /{regex}/{flags}', { regex: $regex, flags: $flags ?? '' }),
    $range === undefined ? undefined : rangeWords($range),
    $length === undefined ? undefined : t('length {length}', { length: lengthWords($length) }),
    $oneOf === undefined ? undefined : t('one of {values}', { values: $oneOf.map(words).join(', ') }),
    $partial === undefined ? undefined : t('at least {value}', { value: words($partial) }),
    $contains === undefined ? undefined : t('a list that contains {value}', { value: words($contains) }),
    $each === undefined ? undefined : t('a list of {value}', { value: words($each) }),
    $not === undefined ? undefined : t('not {value}', { value: words($not) }),
    $absentOr === undefined ? undefined : t('nothing or {value}', { value: words($absentOr) }),
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? t('anything') : joinedByAnd(parts);
}

function typeWords(type: NonNullable<Matcher['$type']>): string {
  return t('of type {type}', { type: Array.isArray(type) ? joinedByOr(type) : type });
}

function rangeWords([least, most]: NonNullable<Matcher['$range']>): string {
  return least === null
    ? t('at most {value}', { value: String(most) })
    : most === null
      ? t('at least {value}', { value: least })
      : t('from {least} to {most}', { least, most });
}

function lengthWords(length: NonNullable<Matcher['$length']>): string {
  return typeof length === 'number' ? String(length) : rangeWords(length);
}
