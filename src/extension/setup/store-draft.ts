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

/** A store as the user described it. */
export interface DescribedStore {
  /** As it is written to the settings, with variables such as `${env:NAME}`. */
  readonly config: StoreConfig;
  /** Empty when it is to be asked for later, or is to stay as it is. */
  readonly key: string;
  /** Keep the key in memory only. */
  readonly sessionOnly: boolean;
  readonly source: StoreSource;
}

/** The questions of Add Store: user and key are one step. */
export type AddStoreStep = 'address' | 'user' | 'key' | 'summary';

/** The next question. `undefined` after Escape. */
export type NextStep = AddStoreStep | 'done' | undefined;

/** The findings of one examination. */
interface Examination {
  /** The answers that were examined. The same answers need no second examination. */
  readonly answers: string;
  readonly checks: readonly Check[];
}

/**
 * The answers of Add Store so far. Missing answers are suggested from the others: the name and the environment from the host, and read-only
 * from the environment.
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
  /** The dialect that is used by default at an address, once it was examined. */
  #usual: { readonly url: string; readonly dialect: Dialect } | undefined;
  /** The last examination without a login, and the last one with a login. */
  readonly #examinations: { address?: Examination; login?: Examination } = {};

  /** @param taken the names of other stores */
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
  /** Whether the environment was not chosen by the user. */
  get environmentGuessed(): boolean {
    return this.#environment === undefined;
  }

  get readOnly(): boolean {
    return this.#readOnly ?? this.environment === 'production';
  }
  set readOnly(readOnly: boolean) {
    this.#readOnly = readOnly;
  }

  /** The dialect that was chosen for this address. Without a choice, the address decides. */
  get dialect(): Dialect | undefined {
    return this.#dialect?.url === this.url.trim() ? this.#dialect.dialect : undefined;
  }
  set dialect(dialect: Dialect | undefined) {
    this.#dialect = dialect === undefined ? undefined : { url: this.url.trim(), dialect };
  }

  /** The dialect that is used when none is chosen, where it is known. */
  get usual(): Dialect | undefined {
    return this.#usual?.url === this.url.trim() ? this.#usual.dialect : undefined;
  }

  /** The findings for the current answers, with a login where there was one. `undefined` when they were not examined. */
  get checks(): readonly Check[] | undefined {
    const { address, login } = this.#examinations;
    if (login?.answers === this.#answers(true)) return login.checks;
    return address?.answers === this.#answers(false) ? address.checks : undefined;
  }

  /**
   * Called before an examination. @returns a function that keeps its findings. If only another dialect works, it sets the store to that
   * dialect. It drops the findings if the answers have changed meanwhile.
   */
  beginExamination(login: boolean): (checks: readonly Check[]) => void {
    const before = this.#answers(login);
    return (checks) => {
      if (before !== this.#answers(login)) return;
      const [spoken] = offeredDialects(checks);
      if (this.dialect === undefined && spoken !== undefined) this.#usual = { url: this.url.trim(), dialect: spoken.dialect };
      const advised = advisedDialect(checks);
      if (advised !== undefined) this.dialect = advised;
      this.#examinations[login ? 'login' : 'address'] = { answers: this.#answers(login), checks };
    };
  }

  /** Forgets all findings, so that the store is examined again. */
  forgetExaminations(): void {
    delete this.#examinations.address;
    delete this.#examinations.login;
  }

  /** The answers that affect the findings. */
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

  /** The host, with a number if another store has that name. */
  #suggestedName(): string {
    const host = callUrlOf(this.url)?.host ?? '';
    const names = [host, ...Array.from({ length: this.taken.length }, (_, place) => `${host} ${place + 2}`)];
    return names.find((name) => !this.taken.includes(name)) ?? '';
  }
}

/** Why a store cannot have a name. @param taken the names of other stores */
export function nameProblem(value: string, taken: readonly string[]): string | undefined {
  const name = value.trim();
  if (name === '') return t('Enter a name.');
  return taken.includes(name)
    ? t('Another store is named "{name}". Request files and filters find a store by its name.', { name })
    : undefined;
}

/** Why a text cannot be the name of the API user. */
export function userProblem(value: string): string | undefined {
  return value.trim() === '' ? t('Enter the name of the API user.') : problemOf(() => expandVariables(value, process.env));
}

/** Why a text cannot be the address of a store. */
export function urlProblem(value: string): string | undefined {
  if (value.trim() === '') return t('Enter the URL of the shop.');
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

/** The URL that calls to an address go to. `undefined` if it is not an address. */
function callUrlOf(address: string): URL | undefined {
  try {
    const [url] = normalizeStoreUrl(expandVariables(address, process.env));
    return url === undefined ? undefined : new URL(url);
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
