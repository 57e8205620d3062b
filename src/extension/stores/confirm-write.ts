import { askInput, confirmed } from '../messages';
import { oneLine } from '../text';
import type { Store } from './store';

/** What is about to be written. */
export interface Write {
  /** A verb with its object, such as `Delete 3 customers`: the words of the button. */
  readonly action: string;
  /** What exactly, in one or two sentences. */
  readonly detail: string;
}

/**
 * Asks before something is written to a store. On production the store's name has to be typed, at each write or once in a window as the
 * setting says; elsewhere one button says what it does. Read-only stores are refused in `store/` for every caller, so no question is shown
 * for them here.
 * @returns whether it may be done
 */
export async function confirmWrite(store: Store, { action, detail }: Write): Promise<boolean> {
  if (store.config?.readOnly === true) return true;
  if (store.asksName) return await nameTyped(store, action, detail);
  return await confirmed(`${oneLine(action)} on ${oneLine(store.config?.name ?? store.name)}?`, detail, action);
}

async function nameTyped(store: Store, action: string, detail: string): Promise<boolean> {
  const name = oneLine(store.name);
  const typed = await askInput({
    title: `${oneLine(action)} on production`,
    prompt: `${oneLine(detail)} Type the name of the store to go on: ${name}`,
    placeHolder: name,
    ignoreFocusOut: true,
    validateInput: (value) => (value === '' || name.startsWith(value) ? undefined : `The name of the store is ${name}.`),
  });
  if (typed !== name) return false;
  store.typedName();
  return true;
}
