import * as vscode from 'vscode';
import { ToolkitError } from '../../api/errors';
import type { ClientPorts } from '../../store/calls/client';
import { normalizeStoreUrl, type StoreConfig } from '../../store/settings/config';
import type { Dialect } from '../../api/dialect';
import { expandStore, expandVariables } from '../../store/settings/variables';
import { examineStore } from './examine-store';
import {
  askChoice,
  askInSteps,
  askText,
  type Choice,
  type QuestionPosition,
  type Reply,
  type Step,
  type TextQuestion,
  type Way,
} from './steps';
import { settledSecret } from '../stores/settled-secret';
import type { Environment } from '../stores/environments';
import type { StoreSource } from '../stores/store-settings';

/** A store as somebody described it. */
export interface DescribedStore {
  /** As it goes to the settings, `${env:NAME}` and all. */
  readonly config: StoreConfig;
  /** Empty when it is to be asked for later, or to stay as it is. */
  readonly key: string;
  /** Keep the key in memory only. */
  readonly sessionOnly: boolean;
  readonly source: StoreSource;
}

/** The answers that are known already, and how the store is examined. */
export interface QuestionPorts {
  /** The key and the password that are known for a store, used when they are left as they are. */
  readonly known: (config: StoreConfig) => ClientPorts;
  /** Names that other stores have. */
  readonly taken: readonly string[];
  /** Whether the key of the store is kept in memory only, as it is. */
  readonly sessionOnly: boolean;
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

/**
 * Asks for a store, one question at a time, and shows what the doctor finds before anything is saved.
 * @param before the store to change; a new one otherwise
 * @returns `undefined` when a question was left with Escape
 * @throws {ToolkitError} of kind `input` when a variable is missing that no question asks about
 */
export async function askForStore(
  ports: QuestionPorts,
  before?: { readonly config: StoreConfig; readonly source: StoreSource },
): Promise<DescribedStore | undefined> {
  // The address and the API user are asked for and may be corrected; what else a variable stands in is not.
  if (before !== undefined) expandStore({ ...before.config, url: '', user: '' }, process.env);
  const draft = new Draft(ports, before);
  return (await askInSteps(before === undefined ? 'Add Store' : 'Edit Store', draft.steps())) ? draft.described() : undefined;
}

/** The answers so far. */
class Draft {
  #url: string;
  #user: string;
  #key = '';
  #sessionOnly: boolean;
  #name: string;
  #environment: Environment | undefined;
  #readOnly: boolean | undefined;
  #source: StoreSource;
  #dialect: Dialect | undefined;
  /** The dialect for an address when none is chosen. */
  #usual: { readonly url: string; readonly dialect: Dialect } | undefined;

  constructor(
    private readonly ports: QuestionPorts,
    private readonly before: { readonly config: StoreConfig; readonly source: StoreSource } | undefined,
  ) {
    const config = before?.config;
    this.#url = config?.url ?? '';
    this.#user = config?.user ?? '';
    this.#name = config?.name ?? '';
    this.#environment = config?.environment;
    this.#readOnly = config === undefined ? undefined : config.readOnly === true;
    this.#source = before?.source ?? 'user';
    this.#sessionOnly = ports.sessionOnly;
    this.#dialect = config?.dialect;
  }

  described(): DescribedStore {
    const { environment: _before, readOnly: _access, dialect: _spoken, ...others } = this.before?.config ?? {};
    const config: StoreConfig = {
      ...others,
      name: this.#name.trim(),
      url: this.#url.trim(),
      user: this.#user.trim(),
      ...(this.#environment === undefined ? {} : { environment: this.#environment }),
      ...(this.#readOnly === true ? { readOnly: true } : {}),
      ...(this.#dialect === undefined ? {} : { dialect: this.#dialect }),
    };
    return { config, key: this.#key, sessionOnly: this.#sessionOnly, source: this.#source };
  }

  steps(): readonly Step[] {
    const text =
      (question: () => TextQuestion, keep: (value: string) => void): Step =>
      async (place) =>
        follow(await askText(place, question()), ({ text: answer }) => {
          keep(answer);
        });
    const keyHint = this.before === undefined ? 'Leave it empty to be asked later.' : 'Leave it empty to keep the present one.';
    return [
      text(
        () => ({
          prompt: 'Address of the shop or of its API, in any form.',
          placeHolder: 'https://shop.example.com',
          value: this.#url,
          problem: urlProblem,
        }),
        (value) => {
          // Another address may speak something else than what was chosen for this one.
          if (value.trim() !== this.#url.trim()) this.#dialect = this.before?.config.dialect;
          this.#url = value;
        },
      ),
      text(
        () => ({
          prompt: "API user, as listed in the shop's admin under System > Web Services (Maho 26.7: System > API).",
          placeHolder: 'apiUser',
          value: this.#user,
          problem: userProblem,
        }),
        (value) => {
          this.#user = value;
        },
      ),
      async (place) =>
        follow(
          await settled(
            askText(
              place,
              {
                prompt: `API key of this user. It is kept in the secret storage, never in settings. ${keyHint}`,
                placeHolder: 'API key',
                value: this.#key,
                password: true,
              },
              {
                on: this.#sessionOnly,
                icon: 'watch',
                tooltip: 'Keep for This Session Only',
                prompt: `API key of this user. It is kept in memory until the window is closed, and nowhere else. ${keyHint}`,
              },
            ),
          ),
          (answer) => {
            this.#key = answer.text;
            this.#sessionOnly = answer.on;
          },
        ),
      text(
        () => ({
          prompt: 'Name under which the store is shown.',
          value: this.#name === '' ? this.#suggestedName() : this.#name,
          problem: (value) => this.#nameProblem(value),
        }),
        (value) => {
          this.#name = value;
        },
      ),
      async (place) =>
        follow(await askChoice(place, 'What is this store for?', environmentChoices, this.#environment), (value) => {
          this.#environment = value;
        }),
      async (place) =>
        follow(await askChoice(place, 'What may be done here?', accessChoices, this.#readOnly), (value) => {
          this.#readOnly = value;
        }),
      ...(this.before !== undefined || vscode.workspace.workspaceFolders === undefined
        ? []
        : [
            async (place: QuestionPosition) =>
              follow(await askChoice(place, 'Where is the store kept?', sourceChoices, this.#source), (value) => {
                this.#source = value;
              }),
          ]),
      async (place) => await this.#examine(place),
    ];
  }

  async #examine(place: QuestionPosition): Promise<Way> {
    const { config } = this.described();
    const expanded = expandStore(config, process.env);
    const known = this.ports.known(expanded);
    const key = this.#key === '' ? await known.key() : this.#key;
    const { way, spoken, speak } = await examineStore(place, expanded, { ...known, key: () => Promise.resolve(key) }, key !== '');
    if (spoken !== undefined && this.#dialect === undefined) this.#usual = { url: config.url, dialect: spoken };
    if (speak === undefined) return way;
    // The usual one is left out of the settings: then the shop may change it.
    this.#dialect = this.#usual?.url === config.url && this.#usual.dialect === speak ? undefined : speak;
    return await this.#examine(place);
  }

  #nameProblem(value: string): string | undefined {
    const name = value.trim();
    if (name === '') return 'Enter a name.';
    return this.ports.taken.includes(name)
      ? `Another store is called "${name}". Request files and filters find a store by its name.`
      : undefined;
  }

  /** The host; with a number where another store has its name. */
  #suggestedName(): string {
    const host = hostOf(this.#url);
    const names = [host, ...Array.from({ length: this.ports.taken.length }, (_, place) => `${host} ${place + 2}`)];
    return names.find((name) => !this.ports.taken.includes(name)) ?? '';
  }
}

function follow<T>(reply: Reply<T>, keep: (value: T) => void): Way {
  if (reply === undefined) return 'cancel';
  if (reply === 'back') return 'back';
  keep(reply.value);
  return 'next';
}

function userProblem(value: string): string | undefined {
  return value.trim() === ''
    ? 'Enter the name of the API user.'
    : problemOf(() => {
        expandVariables(value, process.env);
      });
}

function urlProblem(value: string): string | undefined {
  return value.trim() === ''
    ? 'Enter the address of the shop.'
    : problemOf(() => {
        normalizeStoreUrl(expandVariables(value, process.env));
      });
}

function problemOf(attempt: () => void): string | undefined {
  try {
    attempt();
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

/** A key that was entered, without the white space that does not belong to it. */
async function settled<T extends { readonly text: string }>(asked: Promise<Reply<T>>): Promise<Reply<T>> {
  const reply = await asked;
  return reply === undefined || reply === 'back' ? reply : { value: { ...reply.value, text: await settledSecret(reply.value.text) } };
}
