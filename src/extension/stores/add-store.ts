import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import { normalizeStoreUrl, type StoreConfig } from '../../store/config';
import type { Environment, StoreSource } from './store-settings';
import { expandVariables } from './variables';

/** A store as somebody described it. */
export interface NewStore {
  readonly config: StoreConfig;
  /** Empty when it is to be asked for later. */
  readonly key: string;
  readonly source: StoreSource;
}

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

const environmentChoices: readonly Choice<Environment>[] = [
  { label: 'Production', description: 'real customers; red', value: 'production' },
  { label: 'Staging', description: 'a copy for tests; amber', value: 'staging' },
  { label: 'Development', description: 'a machine of your own; green', value: 'development' },
];

const accessChoices: readonly Choice<boolean>[] = [
  { label: 'Read Only', description: 'every write is refused', value: true },
  { label: 'Read and Write', description: 'writes are shown before they are sent', value: false },
];

const sourceChoices: readonly Choice<StoreSource>[] = [
  { label: 'User Settings', description: 'in every window of yours', value: 'user' },
  { label: 'Workspace Settings', description: 'to be shared with those who work on it; never the key', value: 'workspace' },
];

/** Asks for a store, one question at a time. @returns `undefined` when a question was left with Escape */
export async function askForStore(): Promise<NewStore | undefined> {
  const steps = new Steps('Add Store', vscode.workspace.workspaceFolders === undefined ? 6 : 7);
  const url = await steps.ask({ prompt: 'Address of the shop or of its API, in any form.', placeHolder: 'https://shop.example.com', validateInput: urlProblem });
  if (url === undefined) return undefined;
  const user = await steps.ask({ prompt: 'API user, as listed under System > Web Services in the shop\'s admin.', placeHolder: 'apiUser', validateInput: needed('Enter the name of the API user.') });
  if (user === undefined) return undefined;
  const key = await steps.ask({ prompt: 'API key of this user. It is kept in the secret storage, never in settings. Leave it empty to be asked later.', placeHolder: 'API key', password: true });
  if (key === undefined) return undefined;
  const name = await steps.ask({ prompt: 'Name under which the store is shown.', value: hostOf(url), validateInput: needed('Enter a name.') });
  if (name === undefined) return undefined;
  const environment = await steps.pick(environmentChoices, 'What is this store for?');
  if (environment === undefined) return undefined;
  const readOnly = await steps.pick(accessChoices, 'What may be done here?');
  if (readOnly === undefined) return undefined;
  const source = vscode.workspace.workspaceFolders === undefined ? 'user' : await steps.pick(sourceChoices, 'Where is the store kept?');
  if (source === undefined) return undefined;
  const config = { name: name.trim(), url: url.trim(), user: user.trim(), environment, ...(readOnly ? { readOnly } : {}) };
  return { config, key, source };
}

/** Questions with a common title that counts them. */
class Steps {
  #step = 0;

  constructor(
    private readonly title: string,
    private readonly total: number,
  ) {}

  async ask(options: vscode.InputBoxOptions): Promise<string | undefined> {
    return await vscode.window.showInputBox({ ...options, title: this.#next(), ignoreFocusOut: true });
  }

  async pick<T>(choices: readonly Choice<T>[], placeHolder: string): Promise<T | undefined> {
    const chosen = await vscode.window.showQuickPick(choices, { title: this.#next(), placeHolder, ignoreFocusOut: true });
    return chosen?.value;
  }

  #next(): string {
    this.#step += 1;
    return `${this.title} (${this.#step}/${this.total})`;
  }
}

function needed(message: string): (value: string) => string | undefined {
  return (value) => (value.trim() === '' ? message : undefined);
}

function urlProblem(value: string): string | undefined {
  if (value.trim() === '') return 'Enter the address of the shop.';
  try {
    normalizeStoreUrl(expandVariables(value, process.env));
    return undefined;
  } catch (error) {
    if (error instanceof ToolkitError) return error.message;
    throw error;
  }
}

/** The host of an address, as a first suggestion for a name. */
function hostOf(url: string): string {
  return /^(?:[a-z][\w+.-]*:\/\/)?([^/?#]+)/i.exec(url.trim())?.[1] ?? '';
}
