import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as z from 'zod/mini';

const root = path.resolve(import.meta.dirname, '../..');
const read = (name: string): unknown => JSON.parse(readFileSync(path.join(root, name), 'utf8'));

/** The texts of the manifest by their keys, which package.json contains as `%key%`. */
export const manifestTexts: Readonly<Record<string, string>> = z.record(z.string(), z.string()).parse(read('package.nls.json'));

/** The content of package.json with its texts replaced, as VS Code reads it. */
export function readManifest(): unknown {
  return inPlace(read('package.json'));
}

/** The keys of texts in package.json, including repetitions. */
export function usedTextKeys(): readonly string[] {
  return keysIn(read('package.json'));
}

function keyOf(value: unknown): string | undefined {
  return typeof value === 'string' ? /^%([\w.-]+)%$/.exec(value)?.[1] : undefined;
}

function inPlace(value: unknown): unknown {
  const key = keyOf(value);
  if (key !== undefined) return manifestTexts[key] ?? value;
  if (Array.isArray(value)) return value.map(inPlace);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]: [string, unknown]) => [name, inPlace(each)]));
}

function keysIn(value: unknown): readonly string[] {
  const key = keyOf(value);
  if (key !== undefined) return [key];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(keysIn) : [];
}
