import type { Diagnostic, Range } from './model';

/** A diagnostic moved to another place of the text, with its fixes. */
export function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  const shift = ({ offset, length }: Range): Range => ({ offset: offset + by, length });
  return {
    ...diagnostic,
    range: shift(diagnostic.range),
    fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(({ range, newText }) => ({ range: shift(range), newText })) })),
  };
}
