/** What stands in place of a secret. */
export const MASK = '••••••';

/** A piece of a text that is not shown, from its first character to behind its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
  /** Nothing is put in its place, since it goes on with a secret that was masked before: a text in several pieces. */
  readonly rest?: boolean;
}

/** The text with each piece replaced by {@link MASK}; pieces may overlap and stand in any order. */
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
