import type { StoreConfig } from '../../store/settings/config';

/** The parts of a store that its name depends on. */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly config: StoreConfig | undefined;
}

/**
 * The stores that a name may refer to. Entries for the very same store count once, since it does not matter which of them is used: both the
 * settings of a team and those of the user may list it.
 */
export function storesNamed<T extends Named>(name: string, all: readonly T[]): readonly T[] {
  const seen = new Set<string>();
  return all.filter((store) => {
    if (store.name !== name && store.config?.name !== name) return false;
    const { config } = store;
    const same = JSON.stringify(
      config === undefined ? store.id : [config.url, config.user, config.dialect, config.environment, config.readOnly === true],
    );
    return !seen.has(same) && seen.add(same);
  });
}

/** All names of stores, each as often as the number of stores it may refer to. */
export function namesOf(all: readonly Named[]): readonly string[] {
  const names = new Set(all.map(({ name, config }) => config?.name ?? name));
  return [...names].flatMap((name) => storesNamed(name, all).map(() => name));
}
