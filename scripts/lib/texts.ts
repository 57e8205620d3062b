import { readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { FORMS } from '../../src/l10n/texts';
import { root } from './project';

/** Languages that the texts are translated to, as VS Code names them. */
export const languages = ['de', 'fr', 'it', 'es', 'nl', 'pl'] as const;

export type Language = (typeof languages)[number];

/** One text of the code. */
export interface CodeText {
  /** As it stands in a bundle: the text, or both forms of one with a number. */
  readonly key: string;
  /** Path from the root of the repository, and the line. */
  readonly place: string;
}

/** The calls that hold a text: see `src/l10n/texts.ts`. */
const SPEAKING = ['t', 'plural', 'later'];

/** All texts of `src`, in the order of files and lines; a text that is said in several places is there as often. */
export function codeTexts(): readonly CodeText[] {
  return readdirSync(path.join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => `src/${file.replaceAll(path.sep, '/')}`)
    .sort()
    .flatMap((file) => textsIn(file, readFileSync(path.join(root, file), 'utf8')));
}

/**
 * The texts of one file.
 * @throws {Error} where a text is not written out, so that it cannot be found
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

/** A text that is written out, on several lines with `+` where it is long. */
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
