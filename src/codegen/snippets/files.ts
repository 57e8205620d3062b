import { renderSnippet } from '../code';
import { phpSnippets } from './php';
import { allSnippets, type SnippetWriter } from './snippet';
import { tsSnippets } from './typescript';

/** A snippet as VS Code reads it. */
export interface SnippetEntry {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
  readonly description: string;
}

/** A snippet file as VS Code reads it. */
export type SnippetFile = Readonly<Record<string, SnippetEntry>>;

/** The snippet files by language: `snippets/<language>.json`. */
export function snippetFiles(): Readonly<Record<'php' | 'typescript' | 'javascript', SnippetFile>> {
  return { php: file(phpSnippets, true, 4), typescript: file(tsSnippets, true, 2), javascript: file(tsSnippets, false, 2) };
}

function file(writer: SnippetWriter, types: boolean, indent: number): SnippetFile {
  return Object.fromEntries(
    allSnippets(writer).map(({ name, prefixes, description, code }) => [name, { prefix: prefixes, body: renderSnippet(code, { types, indent }), description }]),
  );
}
