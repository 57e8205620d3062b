import { t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import { code, indent, join, render, stop, type Code } from '../code';
import { Change, ChangeExpression, Expression, isTemplateList, type Template } from '../template';
import { ESCAPED_CHARACTERS, numberText, replaceHidden } from './characters';

/**
 * A value as PHP source (8.2 and later), with short arrays. An array that does not fit on one line has one entry per line.
 * An empty map is `[]`, as PHP does not tell it from a list. A map with the keys 0, 1, 2 … becomes a list in PHP, but attribute codes are
 * never numbers.
 * @throws {ToolkitError} of kind `input` for text with half a surrogate pair, which UTF-8 cannot represent, and for numbers that are not
 * finite
 */
export function phpLiteral(value: SoapValue): string {
  return render(phpCode(value));
}

/** A template as PHP source. */
export function phpCode(value: Template, width = 100): Code {
  if (value === null) return ['null'];
  if (value instanceof Expression) return [value.text];
  if (value instanceof Change) return changeable(value);
  if (value instanceof ChangeExpression) return [stop(value.stop, value.text)];
  if (typeof value === 'string') return [phpString(value)];
  if (typeof value === 'number') return [numberText(value)];
  if (typeof value === 'boolean') return [String(value)];
  const entries = isTemplateList(value)
    ? value.map((item) => phpCode(item, width - 4))
    : Object.entries(value).map(([key, item]) => code`${phpString(key)} => ${phpCode(item, width - 4)}`);
  if (entries.length === 0) return ['[]'];
  const flat = code`[${join(entries, ', ')}]`;
  const text = render(flat);
  if (text.length <= Math.min(width, 72) && !text.includes('\n')) return flat;
  return code`[
${'    '}${join(
    entries.map((entry) => indent(entry, '    ')),
    ',\n    ',
  )},
]`;
}

/** A PHP string in single quotes, or in double quotes if it needs escapes. */
export function phpString(text: string): string {
  if (!ESCAPED_CHARACTERS.test(text)) return `'${text.replace(/[\\']/g, '\\$&')}'`;
  return `"${replaceHidden(text.replace(/[\\"$]/g, '\\$&'), escape)}"`;
}

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r', 27: '\\e' };

function escape(point: number): string {
  if (point >= 0xd800 && point <= 0xdfff) {
    throw new ToolkitError('input', {
      code: 'forbidden-character',
      what: t('A value contains half a surrogate pair ({character}), which PHP text cannot contain.', {
        character: `U+${point.toString(16).toUpperCase()}`,
      }),
    });
  }
  return NAMED[point] ?? `\\u{${point.toString(16)}}`;
}

function changeable({ stop: number, value }: Change): Code {
  if (typeof value !== 'string') return [stop(number, String(value))];
  return ["'", stop(number, value.replace(/[\\']/g, '\\$&')), "'"];
}
