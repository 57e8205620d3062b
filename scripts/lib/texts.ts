import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { FORMS } from '../../src/l10n/texts';
import { root } from './project';

/** Languages of the translations, with VS Code's names. */
export const languages = ['de', 'fr', 'it', 'es', 'nl', 'pl'] as const;

export type Language = (typeof languages)[number];

/** A text in the code. */
export interface CodeText {
  /** The key in a bundle: the text, or both forms of a text with a number. */
  readonly key: string;
  /** File from the root of the repository, with the line. */
  readonly place: string;
}

/** The functions with a text as argument: see `src/l10n/texts.ts`. */
const SPEAKING = ['t', 'plural', 'later'];

/** All texts of `src`, ordered by file and line. A text that is used in several places is included several times. */
export function codeTexts(): readonly CodeText[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`)
    .sort()
    .flatMap((file) => textsIn(file, readFileSync(path.join(root, file), 'utf8')));
}

/**
 * The texts of one file.
 * @throws {Error} for a text that is not a literal and so cannot be found
 */
export function textsIn(file: string, code: string): readonly CodeText[] {
  if (!code.includes('l10n/texts')) return [];
  const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const found: CodeText[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && SPEAKING.includes(node.expression.text)) {
      const place = `${file}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`;
      const texts = node.expression.text === 'plural' ? node.arguments.slice(1, 3) : node.arguments.slice(0, 1);
      const written = texts.map((text) => {
        const whole = literalOf(text);
        if (whole === undefined) throw new Error(`${place}: write the text out, with {name} for what changes.`);
        return whole;
      });
      found.push({ key: written.join(FORMS), place });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** The value of a literal text, which may be joined with `+` over several lines. */
function literalOf(node: ts.Node): string | undefined {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isBinaryExpression(node) || node.operatorToken.kind !== ts.SyntaxKind.PlusToken) return undefined;
  const [left, right] = [literalOf(node.left), literalOf(node.right)];
  return left === undefined || right === undefined ? undefined : left + right;
}

/** The English bundle, for translators: `l10n/bundle.l10n.json`. */
export function englishBundle(): string {
  const keys = [...new Set(codeTexts().map(({ key }) => key))].sort();
  return `${JSON.stringify(Object.fromEntries(keys.map((key) => [key, key])), undefined, 2)}\n`;
}

/** The placeholders of a text, sorted, each once. */
export function placeholdersOf(text: string): readonly string[] {
  return [...new Set(Array.from(text.matchAll(/\{(\w+)\}/g), ([, name]) => name ?? ''))].sort();
}
