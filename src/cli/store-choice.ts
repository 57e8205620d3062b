import { ToolkitError } from '../api/errors';
import type { RequestFile } from '../requests';
import type { StoreConfig } from '../store/settings/config';
import { shopOf, ofSameShop, strictest } from '../store/settings/shop-address';
import { expandAddress, expandStore, type Environment } from '../store/settings/variables';
import { usage } from './io';
import { NamedHosts } from './named-hosts';
import { keyName, namedStore, readStores, type NamedStores } from './named-stores';
import { storeOf, type StoreValues } from './options';

/** Options that choose a store by address or by name. */
export interface ChoiceValues extends StoreValues {
  readonly store?: string | undefined;
  readonly settings?: string | undefined;
  readonly 'allow-host'?: readonly string[] | undefined;
}

/** A store to run on. */
export interface ChosenStore {
  readonly config: StoreConfig;
  /** Environment variable with the key of this store alone. Without a value there, the key for every store is used. */
  readonly keyVariable: string;
}

/** Finds the store of a request file. @throws {ToolkitError} that says why no store was found, or why nothing is sent to it */
export type Chooser = (file: RequestFile) => ChosenStore;

/**
 * Makes the function that chooses a store for each request file. A store of the settings gets keys, passwords and variables only when a
 * person named its host, see {@link NamedHosts}. With `--url` the person has named it.
 * @throws {ToolkitError} of kind `input` for invalid options or settings
 */
export async function chooser(env: Environment, values: ChoiceValues): Promise<Chooser> {
  // Throws for an invalid host before anything is sent.
  new NamedHosts(values['allow-host'] ?? [], env);
  if (values.url !== undefined) {
    const chosen = await oneStore(env, values, { writes: true });
    if (chosen.config.user === '') throw usage('--user is missing.', 'Add the API user: --user USER');
    return () => chosen;
  }
  const stores = await readStores(values.settings, process.cwd());
  return (file) => {
    return fromSettings(stores, values.store === undefined ? storeOfFile(stores, file) : namedStore(stores, values.store), env, values);
  };
}

/**
 * The store of a command that calls one store: that of `--url`, or the one that `--store` names in the settings. A store of the settings
 * gets keys, passwords and variables only when a person named its host.
 * @param writes whether the command can change something in the store; then the guards that the settings set for the same shop apply to
 * `--url` too
 * @throws {ToolkitError} of kind `input` or `policy` that says why no store was found, or why nothing is sent to it
 */
export async function oneStore(env: Environment, values: ChoiceValues, { writes }: { readonly writes: boolean }): Promise<ChosenStore> {
  if (values.store !== undefined && values.url !== undefined)
    throw usage('--store and --url cannot be used together.', 'Remove one of them.');
  if (values.store !== undefined) {
    const stores = await readStores(values.settings, process.cwd());
    return fromSettings(stores, namedStore(stores, values.store), env, values);
  }
  if (values.url === undefined)
    throw usage('No store was given.', 'Add --url https://shop.example.com, or --store NAME for a store from the settings.');
  const config = storeOf(values);
  return { config: writes ? await guarded(config, env, values.settings) : config, keyVariable: keyName(config.name) };
}

function fromSettings(stores: NamedStores, written: StoreConfig, env: Environment, values: ChoiceValues): ChosenStore {
  const hosts = new NamedHosts(values['allow-host'] ?? [], env);
  return { config: passed(written, stores.file ?? 'the settings', values, env, hosts), keyVariable: keyName(written.name) };
}

/**
 * The store of `--url` with the guards that the settings set for the same shop. Otherwise giving the address would bypass them.
 * @param settings path of the settings file; {@link readStores} searches for it when this is `undefined`
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
      what: `Nothing was sent to ${config.name}, because the entry of this shop in the settings is not valid.`,
      why:
        `${file ?? 'The settings file'}: ${unclear.why} ` +
        'Without it, the toolkit cannot know whether the shop is read-only or production.',
      next: 'Correct the entry.',
    });
  }
  const known = stores.flatMap((store) => expandAddress(store, env) ?? []);
  // The name of the settings is used because it confirms writes to production.
  const [name] = ofSameShop(config.url, known)
    .filter(({ environment }) => environment === 'production')
    .map((store) => store.name);
  return { ...strictest(config, known), name: name ?? config.name };
}

function storeOfFile(stores: NamedStores, file: RequestFile): StoreConfig {
  if (file.store !== undefined) return namedStore(stores, file.store.name);
  throw new ToolkitError('input', {
    code: 'store-missing',
    what: 'No store was given for this file.',
    next: 'Add --store NAME or --url URL, or add "store" to the file.',
  });
}

/** Given options win over the settings. Variables in the remaining settings are replaced, and then the host is checked. */
function passed(written: StoreConfig, file: string, values: ChoiceValues, env: Environment, hosts: NamedHosts): StoreConfig {
  const given = storeOf({ ...values, url: written.url });
  const own = Object.entries(given).filter(([key, value]) => key !== 'name' && key !== 'url' && value !== undefined && value !== '');
  const config = expandStore({ ...written, ...Object.fromEntries(own) }, env);
  hosts.require(config, written.url, file);
  if (config.caFile !== undefined && values.ca === undefined) {
    // The file is not opened, and its path is shown as written: the value of a variable in it must not appear in an error.
    throw new ToolkitError('policy', {
      code: 'ca-not-named',
      what: `Nothing was sent to "${written.name}", because its CA file is not allowed.`,
      why: `It is caFile in ${file}, and a file alone must not decide which certificates to trust.`,
      next: `If this is the right CA file, add --ca with its path: ${written.caFile ?? ''}`,
    });
  }
  return config;
}
