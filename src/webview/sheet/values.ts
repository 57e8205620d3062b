import type { FieldRole } from '../../api/types';
import type { SheetState } from '../../api/messages';

/** A value as people read it, with what the store sent one hover away. */
export interface Shown {
  readonly text: string;
  /** What was sent, and by which rule it was read; absent where both are the same. */
  readonly raw?: string;
}

const genders: Readonly<Record<string, string>> = { '1': 'Male', '2': 'Female' };

/** The value of the choice that lets one type; no number. */
export const OTHER = 'other';

/** The choices of a field of a role; `undefined` where anything may be typed. Websites and store views are those that were seen, so another may be typed. */
export function choicesOf(role: FieldRole | undefined, { groups, websites, stores }: Pick<SheetState, 'groups' | 'websites' | 'stores'>, present: string): readonly { readonly value: string; readonly label: string }[] | undefined {
  const known = role === 'gender' ? genders : role === 'group' ? groups : role === 'website' ? websites : role === 'store' ? stores : {};
  const options = Object.entries(known).map(([value, label]) => ({ value, label: label === '' ? value : role === 'website' ? `${value} (${label})` : `${label} (${value})` }));
  if (options.length === 0) return undefined;
  if (role === 'website' || role === 'store') return [...(present === '' ? [{ value: '', label: 'not set' }] : []), ...options, ...(present === '' || present in known ? [] : [{ value: present, label: present }]), { value: OTHER, label: 'Other…' }];
  const empty = role === 'gender' || present === '' ? [{ value: '', label: 'not set' }] : [];
  const foreign = present !== '' && known[present] === undefined ? [{ value: present, label: `${present} (not in the list)` }] : [];
  return [...empty, ...options, ...foreign];
}

/** Shows a value by its role: dates in the reader's own zone and form, names beside numbers. */
export function shownValue(code: string, role: FieldRole | undefined, value: string, state: SheetState): Shown {
  if (role === 'gender' && genders[value] !== undefined) return { text: `${genders[value]} (${value})` };
  if (role === 'group') {
    const name = state.groups[value];
    return { text: name === undefined ? value : `${name} (${value})` };
  }
  if (role === 'store' && (state.stores[value] ?? '') !== '') return { text: `${state.stores[value] ?? ''} (${value})` };
  if (role === 'date') return dayOf(value);
  if (role === 'datetime') return momentOf(code, value);
  return { text: value };
}

function dayOf(value: string): Shown {
  const date = new Date(`${value.slice(0, 10)}T00:00:00Z`);
  if (!/^\d{4}-\d{2}-\d{2}/.test(value) || Number.isNaN(date.getTime())) return { text: value };
  return { text: date.toLocaleDateString(undefined, { dateStyle: 'long', timeZone: 'UTC' }), raw: `Sent as ${value}: a day, in no time zone.` };
}

/** Times come in three forms (facts §4): with an offset, as UTC without saying so, and as seconds since 1970. */
function momentOf(code: string, value: string): Shown {
  const seconds = /^\d{9,11}$/.test(value);
  const zoned = /[+-]\d{2}:\d{2}$|Z$/.test(value);
  const date = new Date(seconds ? Number(value) * 1000 : zoned ? value : `${value.replace(' ', 'T')}Z`);
  if (Number.isNaN(date.getTime())) return { text: value };
  const rule = seconds ? 'seconds since 1970' : zoned ? 'time of the store, with its offset from UTC' : code === 'created_at' ? 'UTC, as lists say it' : 'UTC';
  return { text: date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' }), raw: `Sent as ${value}: ${rule}. Shown in your time zone.` };
}
