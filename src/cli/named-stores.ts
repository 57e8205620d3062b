import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parse, type ParseError } from 'jsonc-parser';
import * as z from 'zod/mini';
import { ToolkitError } from '../api/errors';
import { decodeText } from '../api/text-input';
import { ambiguousStore, storeConfig, type StoreConfig } from '../store/config';

const settings = z.object({ 'mahoSoap.stores': z.optional(z.array(z.unknown())) });

/** The stores of a workspace's settings, which the extension and a team's CI then share. */
export interface NamedStores {
  /** File they stand in; `undefined` when there is none. */
  readonly file: string | undefined;
  /** As they stand there, `${env:NAME}` and all. */
  readonly stores: readonly StoreConfig[];
}

/**
 * Reads the stores of a settings file, or of the nearest `.vscode/settings.json` from a folder upwards.
 * @throws {ToolkitError} of kind `input` when a file was named and cannot be read, or when what was found is no settings file
 */
export async function readStores(file: string | undefined, folder: string): Promise<NamedStores> {
  if (file !== undefined) return { file, stores: storesOf(await textOf(file), file) };
  for (let at = resolve(folder), above = ''; at !== above; above = at, at = dirname(at)) {
    const candidate = join(at, '.vscode', 'settings.json');
    const text = await textIfThere(candidate);
    if (text === undefined) continue;
    const stores = storesOf(text, candidate);
    if (stores.length > 0) return { file: candidate, stores };
  }
  return { file: undefined, stores: [] };
}

/** Finds a store by its name. @throws {ToolkitError} of kind `input`: `store-unknown` or `store-ambiguous` */
export function namedStore({ file, stores }: NamedStores, name: string): StoreConfig {
  const [found, ...others] = stores.filter((store) => store.name === name);
  if (found !== undefined && others.length > 0) throw ambiguousStore(name, `${file ?? 'The settings file'} has ${others.length + 1} of that name.`);
  if (found !== undefined) return found;
  throw new ToolkitError('input', {
    code: 'store-unknown',
    what: `There is no store "${name}".`,
    why: file === undefined ? 'No .vscode/settings.json with mahoSoap.stores was found from here upwards.' : `${file} has ${stores.length === 0 ? 'none' : stores.map((store) => `"${store.name}"`).join(', ')}.`,
    next: 'Name another store, name the settings file with --settings, or say --url and --user.',
  });
}

/** Environment variable with the API key of one store, such as `MAHO_SOAP_KEY_STAGING_DE`. */
export function keyName(store: string): string {
  return `MAHO_SOAP_KEY_${store.toUpperCase().replace(/[^A-Z0-9]+/g, '_')}`;
}

function storesOf(text: string, file: string): readonly StoreConfig[] {
  const errors: ParseError[] = [];
  const value: unknown = parse(text, errors, { allowTrailingComma: true });
  const parsed = settings.safeParse(value);
  if (errors.length > 0 || !parsed.success) throw new ToolkitError('input', { code: 'settings', what: `${file} is not a settings file.`, next: 'Correct it, or say --url and --user.' });
  return (parsed.data['mahoSoap.stores'] ?? []).flatMap((each) => {
    const store = storeConfig.safeParse(each);
    return store.success ? [store.data] : [];
  });
}

async function textOf(file: string): Promise<string> {
  const text = await textIfThere(file);
  if (text !== undefined) return text;
  throw new ToolkitError('input', { code: 'file', what: `The file ${file} is not there.`, next: 'Check its name.' });
}

async function textIfThere(file: string): Promise<string | undefined> {
  try {
    return decodeText(await readFile(file), file);
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR')) return undefined;
    throw new ToolkitError('input', { code: 'file', what: `The file ${file} cannot be read.`, why: error instanceof Error ? error.message : undefined }, { cause: error });
  }
}
