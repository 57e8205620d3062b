import { t } from '../../l10n/texts';
import { customerEntity } from '../../api/entities';
import { customerGroups } from '../customer/customer-groups';
import type { FilterCondition } from '../customer/saved-filter';
import { conditionWords } from '../customer/saved-filter';
import type { WebsiteNames } from '../customer/websites';
import type { Store } from '../stores/store';

/** A value that an attribute can have, with its name. */
export interface KnownValue {
  readonly value: string;
  readonly name: string;
}

/** The known values of an attribute. */
export interface KnownValues {
  readonly values: readonly KnownValue[];
  /** Whether there are no other values. */
  readonly all: boolean;
}

/**
 * The values that an attribute can have, if they are few: groups with their names from the store, and websites and store views with their
 * names from the customers that were read, which need not be all.
 * @throws {ToolkitError} when the store does not return its groups
 */
export async function knownValues(store: Store, attribute: string, seen: WebsiteNames): Promise<KnownValues> {
  const role = customerEntity.fields.find(({ name }) => name === attribute)?.role;
  const named = (names: ReadonlyMap<number, string>, all: boolean): KnownValues => ({
    values: [...names].map(([number, name]) => ({ value: String(number), name })),
    all,
  });
  switch (role) {
    case 'gender':
      return {
        values: [
          { value: '1', name: t('Male') },
          { value: '2', name: t('Female') },
        ],
        all: true,
      };
    case 'group':
      return store.connection === undefined ? { values: [], all: false } : named(await customerGroups(store.connection), true);
    case 'website':
      return named(seen.websites, false);
    case 'store':
      return named(seen.stores, false);
    default:
      return { values: [], all: false };
  }
}

/** A condition in words, with the names of its values: `Group is Wholesale (2)`. */
export function wordsByName(condition: FilterCondition, known: readonly KnownValue[]): string {
  const named = (value: string): string => {
    const name = known.find((each) => each.value === value)?.name ?? '';
    return name === '' ? value : `${name} (${value})`;
  };
  const { value } = condition;
  return conditionWords({ ...condition, value: typeof value === 'string' ? named(value) : value.map(named) });
}
