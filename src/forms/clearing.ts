import { translated, t } from '../l10n/texts';
import { dialectLabels, type Dialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import type { Field } from '../api/types';

/** Numbers that can be cleared where the dialect allows it. The other numbers are IDs of something that must exist. */
const clearable: ReadonlySet<string> = new Set(['gender', 'region_id']);

/** Why a field cannot be cleared in an update; `undefined` when it can. */
export function clearingProblem({ name, type, title }: Field, dialect: Dialect): string | undefined {
  if (type.kind !== 'int') return undefined;
  if (!clearable.has(name)) return t('{attribute} cannot be cleared.', { attribute: translated(title) });
  return facets[dialect].clearsNumbers ? undefined : t('{dialect} cannot clear a number. V1 can.', { dialect: dialectLabels[dialect] });
}
