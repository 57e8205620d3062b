import { plural, t } from '../../l10n/texts';

/** Maximum number of resources that one line names. The others are counted. */
const MAX_NAMED_RESOURCES = 12;

/** The API user's rights to one resource. */
export interface ResourceRights {
  readonly resource: string;
  /** The last parts of the paths, such as `list`. */
  readonly allowed: readonly string[];
  readonly denied: readonly string[];
}

/** The rights in one line, such as `catalog_product 2 of 10, sales_order 6`; `undefined` if there are no resources. */
export function resourceRightsText(rights: readonly ResourceRights[], most = MAX_NAMED_RESOURCES): string | undefined {
  if (rights.length === 0) return undefined;
  const named = rights.slice(0, most).map(({ resource, allowed, denied }) => {
    const all = allowed.length + denied.length;
    return `${resource} ${denied.length === 0 ? all : t('{allowed} of {all}', { allowed: allowed.length, all })}`;
  });
  const more = rights.length > most ? [plural(rights.length - most, '{count} more', '{count} more')] : [];
  return [...named, ...more].join(', ');
}
