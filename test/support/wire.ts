import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackFiles, type ArchivedFiles } from '../../scripts/lib/archive';

/** The recorded stores of Maho, by generation. */
export type RecordedGeneration = 'maho@25' | 'maho@26.7';

/** Every recorded store. OpenMage has only the WSDLs and `resources`. */
export type RecordedStore = RecordedGeneration | 'openmage@20.18';

const fixtures = join(import.meta.dirname, '../fixtures/wire');

const folderOfStore = { 'maho@25': 'maho-25.5', 'maho@26.7': 'maho-26.7', 'openmage@20.18': 'openmage-20.18' } as const satisfies Record<
  RecordedStore,
  string
>;

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

/** The notes on an exchange. */
export interface RecordedMeta {
  readonly method: string;
  readonly url: string;
  readonly requestHeaders: readonly string[];
  readonly httpStatus: number;
  readonly responseHeaders: Readonly<Record<string, string>>;
  readonly fault: { readonly code: string; readonly string: string } | null;
  readonly operation: string;
}

/** The recordings of a folder, in the order in which they were made. The bytes are copies, so a test may change them. */
export function recordings(folder: string, store: RecordedStore = 'maho@25'): readonly Recording[] {
  const files = archive(folder, store);
  return [...files.keys()]
    .filter((file) => file.endsWith('.meta.json'))
    .map((file) => file.slice(0, -'.meta.json'.length))
    .map((name) => ({
      folder,
      name,
      number: Number.parseInt(name, 10),
      request: () => Buffer.from(fileOf(files, `${name}.request.xml`)),
      response: () => Buffer.from(fileOf(files, `${name}.response.xml`)),
      meta: () => JSON.parse(fileOf(files, `${name}.meta.json`).toString('utf8')) as RecordedMeta,
    }))
    .sort((a, b) => a.number - b.number);
}

/** The recording with this name. */
export function recording(folder: string, name: string, store: RecordedStore = 'maho@25'): Recording {
  const found = recordings(folder, store).find((one) => one.name === name);
  if (found === undefined) throw new Error(`There is no recording ${folder}/${name} of ${store}.`);
  return found;
}

/** A file of the recordings as text. @param path such as `expected/maho-v1.json` or `wsdl-v2.xml` */
export function wireFile(path: string, store: RecordedStore = 'maho@25'): string {
  const at = path.lastIndexOf('/');
  return fileOf(archive(at < 0 ? LOOSE : path.slice(0, at), store), path.slice(at + 1)).toString('utf8');
}

/** Folders of a store with recordings, such as `address/v1`. */
export function wireFolders(store: RecordedStore = 'maho@25'): readonly string[] {
  return readdirSync(join(fixtures, folderOfStore[store]), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ENDING))
    .map((name) => name.slice(0, -ENDING.length).replaceAll('\\', '/'))
    .filter((name) => name !== LOOSE)
    .sort();
}

/** Names of the files in a folder of a store, sorted; empty when the folder does not exist. */
export function wireNames(folder: string, store: RecordedStore = 'maho@25'): readonly string[] {
  return existsSync(archivePath(folder, store)) ? [...archive(folder, store).keys()] : [];
}

const ENDING = '.tar.br';

/** The archive with the files outside of a store's folders. */
const LOOSE = 'files';

const opened = new Map<string, ArchivedFiles>();

/** The files of a folder. Its archive is opened on first use. */
function archive(folder: string, store: RecordedStore): ArchivedFiles {
  const path = archivePath(folder, store);
  let files = opened.get(path);
  if (files === undefined) opened.set(path, (files = unpackFiles(readFileSync(path))));
  return files;
}

function archivePath(folder: string, store: RecordedStore): string {
  return join(fixtures, folderOfStore[store], folder + ENDING);
}

function fileOf(files: ArchivedFiles, name: string): Buffer {
  const bytes = files.get(name);
  if (bytes === undefined) throw new Error(`There is no recorded file ${name}.`);
  return bytes;
}

/** A recorded request to the REST API of Maho 26.7.4, with its response. */
export interface RestRecording {
  /** Name with its number, such as `086-customer-1`. */
  readonly name: string;
  readonly request: {
    readonly method: string;
    readonly url: string;
    /** The original headers, with `<token>` instead of tokens. */
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
  };
  readonly response: { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string };
}

/** The recordings of the REST API, in the order in which they were made. */
export function restRecordings(): readonly RestRecording[] {
  type Pairs = readonly (readonly [string, string])[];
  return [...archive('rest', 'maho@26.7')].map(([file, bytes]): RestRecording => {
    const { request, response } = JSON.parse(bytes.toString('utf8')) as {
      readonly request: Omit<RestRecording['request'], 'headers'> & { readonly headers: Pairs };
      readonly response: Omit<RestRecording['response'], 'headers'> & { readonly headers: Pairs };
    };
    return {
      name: file.replace(/\.json$/, ''),
      request: { ...request, headers: Object.fromEntries(request.headers) },
      response: { ...response, headers: Object.fromEntries(response.headers) },
    };
  });
}
