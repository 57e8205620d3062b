import type { StoreConfig } from '../../store/settings/config';

/** A store as far as its name goes. */
interface Named {
  readonly id: string;
  readonly name: string;
  readonly config: StoreConfig | undefined;
}

/**
 * The stores that a name may mean. Entries for the very same store count once, since it makes no difference which of them is meant:
 * a team's settings and one's own may both list it.
 */
export function calledSo<T extends Named>(name: string, all: readonly T[]): readonly T[] {
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

/** Every name once for each store that it may mean. */
export function namesOf(all: readonly Named[]): readonly string[] {
  const names = new Set(all.map(({ name, config }) => config?.name ?? name));
  return [...names].flatMap((name) => calledSo(name, all).map(() => name));
}
