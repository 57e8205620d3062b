// Stacks in the log of a release, whose code is minified, in terms of the sources.
import { readFileSync } from 'node:fs';
import { SourceMap } from 'node:module';
import path from 'node:path';
import * as z from 'zod/mini';

const mapFile = z.object({ version: z.number(), file: z.optional(z.string()), sources: z.array(z.string()), mappings: z.string() });

/**
 * Replaces each place in code of a build, such as `/x/dist/chunk-ABCD2345.cjs:1:2345`, by its place in the sources. Other places, such as
 * those of Node, stay.
 * @param build folder of the same code, built with `--production --maps`
 */
export function readableStack(text: string, build: string): string {
  const maps = new Map<string, SourceMap | undefined>();
  return text.replace(/[^\s()]*[/\\]([\w-]+\.cjs):(\d+):(\d+)/g, (place, file: string, line: string, column: string) => {
    if (!maps.has(file)) maps.set(file, readMap(path.join(build, `${file}.map`)));
    const entry = maps.get(file)?.findEntry(Number(line) - 1, Number(column) - 1);
    if (entry === undefined || !('originalSource' in entry)) return place;
    const source = path.relative(process.cwd(), path.resolve(build, entry.originalSource));
    return `${source}:${entry.originalLine + 1}:${entry.originalColumn + 1}`;
  });
}

/** `undefined` when the build has no such chunk: the stack comes from another version. */
function readMap(file: string): SourceMap | undefined {
  try {
    const { version, sources, mappings } = mapFile.parse(JSON.parse(readFileSync(file, 'utf8')));
    return new SourceMap({ file, version, sources, mappings, names: [], sourcesContent: [], sourceRoot: '' });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
