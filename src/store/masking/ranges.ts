/** The text that replaces a secret. */
export const MASK = '••••••';

/** A range of a text that is not shown, from its first character to after its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
  /** No mask is inserted for this range, since it continues a secret that is already masked: a text in several pieces. */
  readonly rest?: boolean;
}

/** The text with each range replaced by {@link MASK}. Ranges may overlap and be in any order. */
export function masked(text: string, ranges: readonly Range[]): string {
  if (ranges.length === 0) return text;
  const sorted = [...ranges].sort((a, b) => a.start - b.start || b.end - a.end);
  let result = '';
  let done = 0;
  let open: { start: number; end: number; rest: boolean } | undefined;
  const close = (): void => {
    if (open === undefined) return;
    result += text.slice(done, open.start) + (open.rest ? '' : MASK);
    done = open.end;
  };
  for (const { start, end, rest = false } of sorted) {
    if (open !== undefined && start < open.end) {
      open.end = Math.max(open.end, end);
      open.rest &&= rest;
    } else {
      close();
      open = { start, end, rest };
    }
  }
  close();
  return result + text.slice(done);
}
