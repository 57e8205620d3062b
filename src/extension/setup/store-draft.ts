import { t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import type { Check } from '../../store/doctor/check';
import { normalizeStoreUrl, type StoreConfig } from '../../store/settings/config';
import { expandVariables } from '../../store/settings/variables';
import type { Environment } from '../stores/environments';
import type { StoreSource } from '../stores/guards';
import { advisedDialect, offeredDialects } from './findings';
import { guessEnvironment } from './guess-environment';

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

/** The questions of Add Store: user and key are one step. */
export type Place = 'address' | 'user' | 'key' | 'summary';

/** Where to go after a question; `undefined` is Escape. */
export type Next = Place | 'done' | undefined;

/** What was found by a look. */
interface Look {
  /** The answers that it was taken with: looks at the same ones find the same. */
  readonly at: string;
  readonly checks: readonly Check[];
}

/**
 * The answers of Add Store so far. What was not answered is suggested by what was: the name by the host, the environment by the host, and
 * read-only by the environment.
 */
export class StoreDraft {
  url = '';
  user = '';
  key = '';
  sessionOnly = false;
  source: StoreSource = 'user';
  #name: string | undefined;
  #environment: Environment | undefined;
  #readOnly: boolean | undefined;
  #dialect: { readonly url: string; readonly dialect: Dialect } | undefined;
  /** The dialect that an address decides for by itself, once that was seen. */
  #usual: { readonly url: string; readonly dialect: Dialect } | undefined;
  /** The last look that did not log in, and the last one that did. */
  readonly #looks: { address?: Look; login?: Look } = {};

  /** @param taken names that other stores have */
  constructor(private readonly taken: readonly string[]) {}

  get name(): string {
    return this.#name ?? this.#suggestedName();
  }
  set name(name: string) {
    this.#name = name.trim();
  }

  get environment(): Environment {
    return this.#environment ?? guessEnvironment(callUrlOf(this.url)?.hostname ?? '');
  }
  set environment(environment: Environment) {
    this.#environment = environment;
  }
  /** Whether nobody said what the store is for. */
  get environmentGuessed(): boolean {
    return this.#environment === undefined;
  }

  get readOnly(): boolean {
    return this.#readOnly ?? this.environment === 'production';
  }
  set readOnly(readOnly: boolean) {
    this.#readOnly = readOnly;
  }

  /** The dialect that was chosen for this address; by default the address decides. */
  get dialect(): Dialect | undefined {
    return this.#dialect?.url === this.url.trim() ? this.#dialect.dialect : undefined;
  }
  set dialect(dialect: Dialect | undefined) {
    this.#dialect = dialect === undefined ? undefined : { url: this.url.trim(), dialect };
  }

  /** The dialect that is spoken where none is chosen, as far as it is known. */
  get usual(): Dialect | undefined {
    return this.#usual?.url === this.url.trim() ? this.#usual.dialect : undefined;
  }

  /** What was found for the answers as they are now, with a login where there was one; `undefined` when nobody looked since. */
  get checks(): readonly Check[] | undefined {
    const { address, login } = this.#looks;
    if (login?.at === this.#answers(true)) return login.checks;
    return address?.at === this.#answers(false) ? address.checks : undefined;
  }

  /**
   * Takes down what is looked at, before the look begins. @returns keeps what was found. Where only another dialect gets through, the store
   * is kept on it. What was found for other answers than the present ones is dropped.
   */
  looking(login: boolean): (checks: readonly Check[]) => void {
    const before = this.#answers(login);
    return (checks) => {
      if (before !== this.#answers(login)) return;
      const [spoken] = offeredDialects(checks);
      if (this.dialect === undefined && spoken !== undefined) this.#usual = { url: this.url.trim(), dialect: spoken.dialect };
      const advised = advisedDialect(checks);
      if (advised !== undefined) this.dialect = advised;
      this.#looks[login ? 'login' : 'address'] = { at: this.#answers(login), checks };
    };
  }

  /** Forgets what was found, so that somebody looks again. */
  forgetLooks(): void {
    delete this.#looks.address;
    delete this.#looks.login;
  }

  /** What decides how a store answers. */
  #answers(login: boolean): string {
    return JSON.stringify([this.url.trim(), this.dialect, ...(login ? [this.user.trim(), this.key] : [])]);
  }

  described(): DescribedStore {
    const { dialect } = this;
    const config: StoreConfig = {
      name: this.name,
      url: this.url.trim(),
      user: this.user.trim(),
      environment: this.environment,
      ...(this.readOnly ? { readOnly: true } : {}),
      ...(dialect === undefined ? {} : { dialect }),
    };
    return { config, key: this.key, sessionOnly: this.sessionOnly, source: this.source };
  }

  /** The host; with a number where another store has its name. */
  #suggestedName(): string {
    const host = callUrlOf(this.url)?.host ?? '';
    const names = [host, ...Array.from({ length: this.taken.length }, (_, place) => `${host} ${place + 2}`)];
    return names.find((name) => !this.taken.includes(name)) ?? '';
  }
}

/** Why a name cannot be given to a store. @param taken names that others have */
export function nameProblem(value: string, taken: readonly string[]): string | undefined {
  const name = value.trim();
  if (name === '') return t('Enter a name.');
  return taken.includes(name)
    ? t('Another store is called "{name}". Request files and filters find a store by its name.', { name })
    : undefined;
}

/** Why something cannot be the API user. */
export function userProblem(value: string): string | undefined {
  return value.trim() === '' ? t('Enter the name of the API user.') : problemOf(() => expandVariables(value, process.env));
}

/** Why something cannot be the address of a store. */
export function urlProblem(value: string): string | undefined {
  if (value.trim() === '') return t('Enter the address of the shop.');
  return problemOf(() => normalizeStoreUrl(expandVariables(value, process.env)));
}

function problemOf(attempt: () => unknown): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (error instanceof ToolkitError) return error.message;
    throw error;
  }
}

/** Where calls to an address go; `undefined` for what is not an address. */
function callUrlOf(address: string): URL | undefined {
  try {
    const [url] = normalizeStoreUrl(expandVariables(address, process.env));
    return url === undefined ? undefined : new URL(url);
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
