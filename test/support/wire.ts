import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The recorded stores, by generation. */
export type RecordedGeneration = 'maho@25' | 'maho@26.7';

/** Where the recordings are: beside the checkout, or where `MAHO_WIRE` says. `undefined` where there are none. */
export const wireFolder: string | undefined = [process.env['MAHO_WIRE'], resolve(import.meta.dirname, '../../../shared/wire')].find(
  (folder): folder is string => folder !== undefined && existsSync(folder),
);

/** Why tests over the recordings are skipped, or `false` when they can run. */
export const wireSkip: string | false = wireFolder === undefined ? 'the recordings of a real store (../shared/wire) are not on this machine' : false;

/** Where the recordings of Maho 26.7 are: beside those of Maho 25. */
export const wireFolder267: string | undefined =
  wireFolder === undefined ? undefined : [resolve(wireFolder, '../wire-maho-26.7')].find((folder) => existsSync(folder));

/** Why tests over the recordings of Maho 26.7 are skipped, or `false` when they can run. */
export const wireSkip267: string | false = wireFolder267 === undefined ? 'the recordings of Maho 26.7 (../shared/wire-maho-26.7) are not on this machine' : false;

/** One recorded exchange. */
export interface Recording {
  /** Folder, such as `v1`, `v2-wsi` or `address/v2`. */
  readonly folder: string;
  /** Name with its number, such as `11-list-empty-array-filter`. */
  readonly name: string;
  readonly number: number;
  request(): Buffer;
  response(): Buffer;
  meta(): RecordedMeta;
}

/** What was noted beside an exchange. */
export interface RecordedMeta {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly string[];
  readonly httpStatus: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly fault: { readonly code: string; readonly string: string } | null;
  readonly operation: string;
}

/** The recordings of a folder, in the order they were made. */
export function recordings(folder: string, generation: RecordedGeneration = 'maho@25'): readonly Recording[] {
  const recorded = folderOf(generation);
  if (recorded === undefined) return [];
  const root = join(recorded, folder);
  return readdirSync(root)
    .filter((file) => file.endsWith('.meta.json'))
    .map((file) => file.slice(0, -'.meta.json'.length))
    .map((name) => ({
      folder,
      name,
      number: Number.parseInt(name, 10),
      request: () => readFileSync(join(root, `${name}.request.xml`)),
      response: () => readFileSync(join(root, `${name}.response.xml`)),
      meta: () => JSON.parse(readFileSync(join(root, `${name}.meta.json`), 'utf8')) as RecordedMeta,
    }))
    .sort((a, b) => a.number - b.number);
}

/** Any file of the recordings as text. */
export function wireFile(path: string, generation: RecordedGeneration = 'maho@25'): string {
  const recorded = folderOf(generation);
  if (recorded === undefined) throw new Error('No recordings here; guard the test with wireSkip or wireSkip267.');
  return readFileSync(join(recorded, path), 'utf8');
}

function folderOf(generation: RecordedGeneration): string | undefined {
  return generation === 'maho@25' ? wireFolder : wireFolder267;
}
