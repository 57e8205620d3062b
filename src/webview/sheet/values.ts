import { later, translated, t } from '../../l10n/texts';
import type { ReadFrom } from '../../api/moments';
import { dayOf, flagWords, groupWords, shownMoment, type Shown } from '../../forms/shown-value';
import type { FieldRole } from '../../api/types';
import type { SheetState } from '../../pages/sheet-messages';

const genders: Readonly<Record<string, string>> = { '1': later('Male'), '2': later('Female') };

function spokenGenders(): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(genders).map(([value, gender]) => [value, translated(gender)]));
}

/** Value of the choice that lets the user type a number. It is not a number itself. */
export const OTHER = 'other';

/**
 * The choices for a field with a role; `undefined` where any value may be typed. Websites and store views are only those that were seen, so
 * another one may be typed.
 */
export function choicesOf(
  role: FieldRole | undefined,
  { groups, websites, stores }: Pick<SheetState, 'groups' | 'websites' | 'stores'>,
  present: string,
): readonly { readonly value: string; readonly label: string }[] | undefined {
  const known =
    role === 'gender' ? spokenGenders() : role === 'group' ? groups : role === 'website' ? websites : role === 'store' ? stores : {};
  const options = Object.entries(known).map(([value, label]) => ({
    value,
    label: label === '' ? value : role === 'website' ? `${value} (${label})` : `${label} (${value})`,
  }));
  if (options.length === 0) return undefined;
  if (role === 'website' || role === 'store')
    return [
      ...(present === '' ? [{ value: '', label: t('not set') }] : []),
      ...options,
      ...(present === '' || Object.hasOwn(known, present) ? [] : [{ value: present, label: present }]),
      { value: OTHER, label: t('Other…') },
    ];
  const empty = role === 'gender' || present === '' ? [{ value: '', label: t('not set') }] : [];
  const foreign =
    present !== '' && !Object.hasOwn(known, present) ? [{ value: present, label: t('{value} (not in the list)', { value: present }) }] : [];
  return [...empty, ...options, ...foreign];
}

/** A value as its role is shown: dates in the reader's time zone and format, names beside IDs. @param times where the value was read */
export function shownValue(
  code: string,
  role: FieldRole | undefined,
  value: string,
  state: Pick<SheetState, 'groups' | 'stores' | 'times'>,
  times: ReadFrom = state.times,
): Shown {
  // Checked as own keys: a store may send any text, and every object has a `constructor`.
  const wordsIn = (names: Readonly<Record<string, string>>): string => (Object.hasOwn(names, value) ? (names[value] ?? '') : '');
  if (role === 'gender' && wordsIn(genders) !== '') return { text: `${translated(wordsIn(genders))} (${value})` };
  if (role === 'group') return { text: groupWords(value, wordsIn(state.groups)) };
  if (role === 'store' && wordsIn(state.stores) !== '') return { text: `${wordsIn(state.stores)} (${value})` };
  if (role === 'flag') return flagWords(value);
  if (role === 'date') return dayOf(value);
  if (role === 'datetime') return shownMoment(code, value, times);
  return { text: value };
}
