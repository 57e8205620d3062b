import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import * as z from 'zod/mini';
import { ToolkitError } from '../api/errors';
import { decodeText } from '../api/text-input';
import { ambiguousStore, storeConfig, storeCorrections, type StoreConfig } from '../store/settings/config';
import { unreadableFile } from './files';

const settings = z.object({ 'mahoSoap.stores': z.optional(z.array(z.unknown())) });

/** An invalid entry of the settings, with the reason. */
export interface BrokenEntry {
  /** Name and URL are `undefined` if the entry has none. */
  readonly name: string | undefined;
  readonly url: string | undefined;
  readonly why: string;
}

/** The stores in the settings of a workspace. The extension and the team's CI share them. */
export interface NamedStores {
  /** The settings file; `undefined` when none was found. */
  readonly file: string | undefined;
  /** As written in the file, with `${env:NAME}` not yet replaced. */
  readonly stores: readonly StoreConfig[];
  readonly broken: readonly BrokenEntry[];
}

/**
 * Reads the stores of a settings file, or of the nearest `.vscode/settings.json` from a folder upwards. The search ends at the root of the
 * repository, because the folders above it may belong to other people. Outside of a repository only the folder itself is searched.
 * @throws {ToolkitError} of kind `input` when the named file cannot be read, or when the file found is not a settings file
 */
export async function readStores(file: string | undefined, folder: string): Promise<NamedStores> {
  if (file !== undefined) return { file, ...storesOf(await textOf(file), file) };
  for (const at of await searched(resolve(folder))) {
    const candidate = join(at, '.vscode', 'settings.json');
    const text = await textIfThere(candidate);
    if (text === undefined) continue;
    const found = storesOf(text, candidate);
    if (found.stores.length + found.broken.length > 0) return { file: candidate, ...found };
  }
  return { file: undefined, stores: [], broken: [] };
}

/** The folder and those above it, up to the root of its repository. */
async function searched(folder: string): Promise<readonly string[]> {
  const folders: string[] = [];
  for (let at = folder, above = ''; at !== above; above = at, at = dirname(at)) {
    folders.push(at);
    // `.git` is a file in worktrees and submodules, a folder elsewhere.
    if (await exists(join(at, '.git'))) return folders;
  }
  return [folder];
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/** Finds a store by its name. @throws {ToolkitError} of kind `input`: `store-unknown`, `store-setting` or `store-ambiguous` */
export function namedStore({ file, stores, broken }: NamedStores, name: string): StoreConfig {
  const [found, ...others] = stores.filter((store) => store.name === name);
  if (found !== undefined && others.length > 0)
    throw ambiguousStore(name, `${file ?? 'The settings file'} has ${others.length + 1} stores with this name.`);
  const wrong = broken.find((entry) => entry.name === name);
  if (wrong !== undefined)
    throw new ToolkitError('input', {
      code: 'store-setting',
      what: `The entry "${name}" of mahoSoap.stores is not valid.`,
      why: `${file ?? 'The settings file'}: ${wrong.why}`,
      next: 'Correct the entry.',
    });
  if (found !== undefined) return found;
  throw new ToolkitError('input', {
    code: 'store-unknown',
    what: `There is no store "${name}".`,
    why:
      file === undefined
        ? 'No .vscode/settings.json with mahoSoap.stores was found in this folder or above it in the repository.'
        : `${file} has ${stores.length === 0 ? 'no stores' : stores.map((store) => `"${store.name}"`).join(', ')}.`,
    next: 'Use another name, another settings file with --settings, or --url and --user.',
  });
}

/** Name of the environment variable with the API key of one store, such as `MAHO_SOAP_KEY_STAGING_DE`. */
export function keyName(store: string): string {
  return `MAHO_SOAP_KEY_${store.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function storesOf(text: string, file: string): Omit<NamedStores, 'file'> {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const parsed = settings.safeParse(value);
  if (errors.length > 0 || !parsed.success)
    throw new ToolkitError('input', {
      code: 'settings',
      what: `${file} is not a settings file.`,
      next: 'Correct it, or use --url and --user.',
    });
  const stores: StoreConfig[] = [];
  const broken: BrokenEntry[] = [];
  for (const each of parsed.data['mahoSoap.stores'] ?? []) {
    const store = storeConfig.safeParse(each);
    if (store.success) stores.push(store.data);
    else broken.push({ name: textIn(each, 'name'), url: textIn(each, 'url'), why: storeCorrections(store.error) });
  }
  return { stores, broken };
}

function textIn(entry: unknown, key: 'name' | 'url'): string | undefined {
  const parsed = z.safeParse(z.looseObject({ [key]: z.string() }), entry);
  const value = parsed.success ? parsed.data[key] : undefined;
  return typeof value === 'string' ? value : undefined;
}

async function textOf(file: string): Promise<string> {
  const text = await textIfThere(file);
  if (text !== undefined) return text;
  throw new ToolkitError('input', { code: 'file', what: `The file ${file} does not exist.`, next: 'Check its name.' });
}

async function textIfThere(file: string): Promise<string | undefined> {
  try {
    return decodeText(await readFile(file), file);
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw unreadableFile(file, error);
  }
}
