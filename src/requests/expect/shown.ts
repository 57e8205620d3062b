import { t } from '../../l10n/texts';
import { isList, isRecord, type SoapValue } from '../../api/value';

/** Longest value on one line, in characters. */
const MAX_LINE_CHARS = 300;

/** The most lines shown of an answer. */
const MAX_LINES = 24;

/** A time for people, in ms or s. */
export function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

/** A value on one line, shortened. */
export function shortValueText(value: SoapValue | undefined): string {
  return value === undefined ? t('nothing') : cut(JSON.stringify(value));
}

/** The beginning of a value over several lines, one for each item of a list or key of a map. */
export function shownLines(value: SoapValue): readonly string[] {
  if (isList(value) && value.length > 0) return wrapped('[', value.map(shortValueText), ']');
  if (isRecord(value) && Object.keys(value).length > 0)
    return wrapped(
      '{',
      Object.entries(value).map(([key, item]) => `${cut(JSON.stringify(key))}: ${shortValueText(item)}`),
      '}',
    );
  return [shortValueText(value)];
}

/** The beginning of a text over several lines. */
export function shownText(text: string): readonly string[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  return bounded(lines.map(cut));
}

function wrapped(open: string, items: readonly string[], close: string): readonly string[] {
  return [open, ...bounded(items).map((item) => `  ${item}`), close];
}

function bounded(lines: readonly string[]): readonly string[] {
  return lines.length <= MAX_LINES
    ? lines
    : [...lines.slice(0, MAX_LINES - 1), t('… {count} more', { count: lines.length - MAX_LINES + 1 })];
}

function cut(text: string): string {
  return text.length > MAX_LINE_CHARS ? `${text.slice(0, MAX_LINE_CHARS - 1)}…` : text;
}
