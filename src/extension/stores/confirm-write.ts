import { t } from '../../l10n/texts';
import { askInput, confirmed } from '../messages';
import { oneLine } from '../text';
import type { Store } from './store';

/** A write that needs a confirmation. */
export interface Write {
  /** A verb with its object, such as `Delete 3 customers`. It labels the button. */
  readonly action: string;
  /** The details, in one or two sentences. */
  readonly detail: string;
}

/**
 * Asks before something is written to a store. On production, the name of the store has to be typed, at each write or once in a window, as
 * the setting says. Elsewhere a button names the action. Read-only stores are not asked about here, because `store/` refuses writes to them
 * for every caller.
 * @returns whether the write may be done
 */
export async function confirmWrite(store: Store, { action, detail }: Write): Promise<boolean> {
  if (store.config?.readOnly === true) return true;
  if (store.asksName) {
    const typed = await nameTyped(store, t('{action} on production', { action }), detail);
    if (typed) store.typedName();
    return typed;
  }
  return await confirmed(
    t('{action} on {store}?', { action: oneLine(action), store: oneLine(store.config?.name ?? store.name) }),
    detail,
    action,
  );
}

/** Asks the user to type the name of a store. @returns whether it was typed */
export async function nameTyped(store: Store, title: string, detail: string): Promise<boolean> {
  const name = oneLine(store.name);
  const typed = await askInput({
    title: oneLine(title),
    prompt: `${oneLine(detail)} ${t('To continue, type the name of the store: {name}', { name })}`,
    placeHolder: name,
    validateInput: (value) => (value === '' || name.startsWith(value) ? undefined : t('The name of the store is {name}.', { name })),
  });
  return typed === name;
}
