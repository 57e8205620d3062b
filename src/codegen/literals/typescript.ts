import type { SoapValue } from '../../api/value';
import { code, indent, join, render, stop, type Code } from '../code';
import { Change, ChangeExpression, Expression, isTemplateList, type Template } from '../template';
import { numberText, replaceHidden } from './characters';

/**
 * A value as TypeScript or JavaScript source, with single quotes, and bare keys if possible. An array or object that does not fit on one
 * line has one entry per line.
 * @throws {ToolkitError} of kind `input` for numbers that are not finite
 */
export function tsLiteral(value: SoapValue): string {
  return render(tsCode(value));
}

/** A template as TypeScript source. */
export function tsCode(value: Template, width = 100): Code {
  if (value === null) return ['null'];
  if (value instanceof Expression) return [value.text];
  if (value instanceof Change) return changeable(value);
  if (value instanceof ChangeExpression) return [stop(value.stop, value.text)];
  if (typeof value === 'string') return [tsString(value)];
  if (typeof value === 'number') return [numberText(value)];
  if (typeof value === 'boolean') return [String(value)];
  if (isTemplateList(value)) {
    return bracket(
      value.map((item) => tsCode(item, width - 2)),
      '[',
      ']',
      width,
      '',
    );
  }
  const entries = Object.entries(value).map(([key, item]) => {
    // `{ sessionId }` is easier to read than `{ sessionId: sessionId }`.
    if (item instanceof Expression && item.text === key) return [key];
    return code`${tsKey(key)}: ${tsCode(item, width - 2)}`;
  });
  return bracket(entries, '{', '}', width, ' ');
}

/** A TypeScript string. */
export function tsString(text: string): string {
  return `'${replaceHidden(text.replace(/[\\']/g, '\\$&'), escape)}'`;
}

/** A key of an object literal. `__proto__` is in brackets, since it would set the prototype otherwise. */
export function tsKey(key: string): string {
  if (key === '__proto__') return "['__proto__']";
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : tsString(key);
}

function bracket(entries: readonly Code[], open: string, close: string, width: number, pad: string): Code {
  if (entries.length === 0) return [open + close];
  const flat = code`${open}${pad}${join(entries, ', ')}${pad}${close}`;
  const text = render(flat);
  if (text.length <= Math.min(width, 72) && !text.includes('\n')) return flat;
  return code`${open}
${'  '}${join(
    entries.map((entry) => indent(entry, '  ')),
    ',\n  ',
  )},
${close}`;
}

const NAMED: Readonly<Record<number, string>> = { 9: '\\t', 10: '\\n', 13: '\\r' };

function escape(point: number): string {
  const named = NAMED[point];
  if (named !== undefined) return named;
  return point > 0xffff ? `\\u{${point.toString(16)}}` : `\\u${point.toString(16).padStart(4, '0')}`;
}

function changeable({ stop: number, value }: Change): Code {
  if (typeof value !== 'string') return [stop(number, String(value))];
  return ["'", stop(number, value.replace(/[\\']/g, '\\$&')), "'"];
}
