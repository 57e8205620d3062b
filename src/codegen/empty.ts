import { code, type as typeNote, type Code } from './code';
import { phpString } from './literals/php';
import { tsString } from './literals/typescript';

/** A comment that says why the program filters rows itself. The API's joins leave out customers without a value (facts §5.8). */
function comment(mark: string, empty: readonly string[]): string {
  // Attribute codes come from settings. A line end in one must not end the comment.
  const names = empty.map((name) => name.replace(/[^\w.-]/g, '_')).join(', ');
  const are = empty.length === 1 ? 'is' : 'are';
  return (
    `${mark} The API cannot look for what is empty, so every customer that fits otherwise is asked for: ` +
    (mark === '#' ? `keep those of the answer whose ${names} ${are} empty.` : `those whose ${names} ${are} empty are kept here.`)
  );
}

/** A line for the head of a shell script, which does not filter the answer. */
export function shellNote(empty: readonly string[]): string {
  return comment('#', empty);
}

/** PHP that keeps the rows of `$result` that have no value in these attributes. */
export function phpKeepEmpty(empty: readonly string[]): Code {
  return code`
${comment('//', empty)}
$result = array_values(array_filter($result, function (mixed $row): bool {
    $row = (array) $row;
    foreach ([${empty.map(phpString).join(', ')}] as $attribute) {
        if (!in_array($row[$attribute] ?? null, [null, '', []], true)) {
            return false;
        }
    }
    return true;
}));`;
}

/** TypeScript that puts the rows of `result` that have no value in these attributes into `rows`. */
export function tsKeepEmpty(empty: readonly string[]): Code {
  return code`
${comment('//', empty)}
const rows = (result${typeNote(' as Record<string, unknown>[]')}).filter((row) => [${empty.map(tsString).join(', ')}].every((attribute) => String(row[attribute] ?? '') === ''));`;
}
