import { ToolkitError } from '../api/errors';
import type { RequestFile } from '../requests';
import type { StoreConfig } from '../store/settings/config';
import { shopOf, ofSameShop, strictest } from '../store/settings/shop-address';
import { expandAddress, expandStore, type Environment } from '../store/settings/variables';
import { usage } from './io';
import { NamedHosts } from './named-hosts';
import { keyName, namedStore, readStores, type NamedStores } from './named-stores';
import { storeOf, type StoreValues } from './options';

/** Options that say which store is meant, by address or by name. */
export interface ChoiceValues extends StoreValues {
  readonly store?: string | undefined;
  readonly settings?: string | undefined;
  readonly 'allow-host'?: readonly string[] | undefined;
}

/** A store to run on. */
export interface ChosenStore {
  readonly config: StoreConfig;
  /** Environment variable with a key of its own; without it the key is that of every store. */
  readonly keyVariable: string;
}

/** Finds the store of a request file. @throws {ToolkitError} that says why no store was found, or why nothing is sent to it */
export type Chooser = (file: RequestFile) => ChosenStore;

/**
 * How the options choose stores. A store of the settings gets keys, passwords and variables only when a person named its host, see
 * {@link NamedHosts}; one of `--url` was named by that.
 * @throws {ToolkitError} of kind `input` for options and settings that make no sense
 */
export async function chooser(env: Environment, values: ChoiceValues): Promise<Chooser> {
  // What is not a host is told before anything is sent.
  new NamedHosts(values['allow-host'] ?? [], env);
  if (values.url !== undefined) {
    const chosen = await oneStore(env, values, { writes: true });
    if (chosen.config.user === '') throw usage('--user is missing.', 'Say which API user: --user USER');
    return () => chosen;
  }
  const stores = await readStores(values.settings, process.cwd());
  return (file) => {
    return fromSettings(stores, values.store === undefined ? storeOfFile(stores, file) : namedStore(stores, values.store), env, values);
  };
}

/**
 * The store that a command is for which talks to one: that of `--url`, or of the settings by `--store`. A store of the settings gets keys,
 * passwords and variables only when a person named its host.
 * @param writes whether the command may change something in the store, so that what the settings say of the same shop must be clear
 * @throws {ToolkitError} of kind `input` or `policy` that says why no store was found, or why nothing is sent to it
 */
export async function oneStore(env: Environment, values: ChoiceValues, { writes }: { readonly writes: boolean }): Promise<ChosenStore> {
  if (values.store !== undefined && values.url !== undefined) throw usage('--store and --url exclude each other.');
  if (values.store !== undefined) {
    const stores = await readStores(values.settings, process.cwd());
    return fromSettings(stores, namedStore(stores, values.store), env, values);
  }
  if (values.url === undefined)
    throw usage('No store is named.', 'Say which: --url https://shop.example.com, or --store NAME for one of the settings.');
  const config = storeOf(values);
  return { config: writes ? await guarded(config, env, values.settings) : config, keyVariable: keyName(config.name) };
}

function fromSettings(stores: NamedStores, written: StoreConfig, env: Environment, values: ChoiceValues): ChosenStore {
  const hosts = new NamedHosts(values['allow-host'] ?? [], env);
  return { config: passed(written, stores.file ?? 'the settings', values, env, hosts), keyVariable: keyName(written.name) };
}

/**
 * A store of `--url` under the guards that the settings set for the same shop: giving its address must not be a way around them.
 * @param settings file with the settings; found as {@link readStores} does otherwise
 */
export async function guarded(config: StoreConfig, env: Environment, settings: string | undefined): Promise<StoreConfig> {
  const { file, stores, broken } = await readStores(settings, process.cwd());
  const place = shopOf(config.url);
  const unclear = broken.find(({ url }) => {
    const address = url === undefined ? undefined : expandAddress({ url }, env);
    return address !== undefined && shopOf(address.url) === place;
  });
  if (unclear !== undefined && place !== undefined) {
    throw new ToolkitError('policy', {
      code: 'store-setting',
      what: `Nothing was sent to ${config.name}: the settings describe this shop in an entry that cannot be used.`,
      why: `${file ?? 'The settings file'}: ${unclear.why} So it is not known whether the shop is read-only or production.`,
      next: 'Correct the entry.',
    });
  }
  const known = stores.flatMap((store) => expandAddress(store, env) ?? []);
  // Named as in the settings, since that name confirms writes to production.
  const [name] = ofSameShop(config.url, known)
    .filter(({ environment }) => environment === 'production')
    .map((store) => store.name);
  return { ...strictest(config, known), name: name ?? config.name };
}

function storeOfFile(stores: NamedStores, file: RequestFile): StoreConfig {
  if (file.store !== undefined) return namedStore(stores, file.store.name);
  throw new ToolkitError('input', {
    code: 'store-missing',
    what: 'No store is named for this file.',
    next: 'Give --store NAME or --url URL, or write "store" into the file.',
  });
}

/** Options that are given win over the settings; what is left of these has its variables replaced, once its host is known to be named. */
function passed(written: StoreConfig, file: string, values: ChoiceValues, env: Environment, hosts: NamedHosts): StoreConfig {
  const given = storeOf({ ...values, url: written.url });
  const own = Object.entries(given).filter(([key, value]) => key !== 'name' && key !== 'url' && value !== undefined && value !== '');
  const config = expandStore({ ...written, ...Object.fromEntries(own) }, env);
  hosts.require(config, written.url, file);
  if (config.caFile !== undefined && values.ca === undefined) {
    // The file is not looked at: its path may hold a variable, which no error must say.
    throw new ToolkitError('policy', {
      code: 'ca-not-named',
      what: `Nothing was sent to "${written.name}": nobody named its CA file for this run.`,
      why: `${file} gives it as caFile, and a file alone must not decide whose certificates are trusted with the key.`,
      next: `To trust them, add --ca with the path of the file: ${written.caFile ?? ''}`,
    });
  }
  return config;
}
