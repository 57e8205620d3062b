import { t } from '../../l10n/texts';

/** A list of names for a sentence: `V1`, `V1 and V2`, `V1, V2 and WS-I`. */
export function listed(names: readonly string[]): string {
  const [last = ''] = names.slice(-1);
  return names.length < 2 ? last : t('{list} and {last}', { list: names.slice(0, -1).join(', '), last });
}
