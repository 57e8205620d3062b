import { knownResources, type ResourceRegistry } from '../../api/resources';
import { renderSnippet } from '../code';
import { phpSnippets } from './php';
import { allSnippets, type SnippetWriter } from './snippet';
import { tsSnippets } from './typescript';

/** A snippet in VS Code's format. */
export interface SnippetEntry {
  readonly prefix: readonly string[];
  readonly body: readonly string[];
  readonly description: string;
}

/** A snippet file in VS Code's format. */
export type SnippetFile = Readonly<Record<string, SnippetEntry>>;

/** The snippet files by language: `snippets/<language>.json`. */
export function snippetFiles(
  registry: ResourceRegistry = knownResources,
): Readonly<Record<'php' | 'typescript' | 'javascript', SnippetFile>> {
  const file = (writer: SnippetWriter, types: boolean, indent: number): SnippetFile =>
    Object.fromEntries(
      allSnippets(writer, registry).map(({ name, prefixes, description, code }) => [
        name,
        { prefix: prefixes, body: renderSnippet(code, { types, indent }), description },
      ]),
    );
  const php = phpSnippets(registry);
  const ts = tsSnippets(registry);
  return { php: file(php, true, 4), typescript: file(ts, true, 2), javascript: file(ts, false, 2) };
}
