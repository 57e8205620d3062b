import type * as vscode from 'vscode';
import { later, translated, t } from '../../l10n/texts';
import type { Log } from '../log/log';
import { oneLine } from '../text';
import type { KeyConsent } from './key-consent';
import type { KeyOwner, SecretKind } from './secret-owner';

export type { KeyOwner, SecretKind } from './secret-owner';

const questions: Readonly<Record<SecretKind, { readonly placeHolder: string; readonly prompt: (user: string) => string }>> = {
  api: {
    placeHolder: later('API key'),
    prompt: (user) => t('API key of {user}. It is kept in the secret storage, never in settings.', { user }),
  },
  web: {
    placeHolder: later('Password'),
    prompt: (user) => t('Password of {user} at the web server. It is kept in the secret storage, never in settings.', { user }),
  },
};

/**
 * API keys and passwords. They are kept in VS Code's secret storage, never in settings. Where there is no keyring, a secret may be kept for
 * this session, that is, in memory until the window closes.
 */
export class ApiKeys {
  readonly #session = new Map<string, string>();
  /** Names of the secrets that are to be kept for this session only, whenever they are entered. */
  readonly #wishes = new Set<string>();

  constructor(
    private readonly secrets: Pick<vscode.SecretStorage, 'get' | 'store' | 'delete'>,
    private readonly log: Pick<Log, 'warn'>,
    /** Without it, every entry may use the kept secrets. */
    private readonly consent?: KeyConsent,
  ) {}

  /** The secret, if it is known and may be used for its owner. */
  async get(kind: SecretKind, owner: KeyOwner): Promise<string | undefined> {
    return this.consent?.allows(kind, owner) === false ? undefined : await this.#kept(kind, owner);
  }

  async #kept(kind: SecretKind, owner: KeyOwner): Promise<string | undefined> {
    const name = secretName(kind, owner);
    const known = this.#session.get(name);
    if (known !== undefined) return known;
    try {
      return await this.secrets.get(name);
    } catch (error) {
      this.log.warn(`The secret storage cannot be read: ${String(error)}`);
      return undefined;
    }
  }

  /**
   * Asks for the secret and keeps it. If a secret is kept that the workspace may not use yet, asks whether it may be used.
   * @returns whether there is a secret to use now
   */
  async ask(kind: SecretKind, owner: KeyOwner): Promise<boolean> {
    if (this.consent?.allows(kind, owner) === false && (await this.#kept(kind, owner)) !== undefined)
      return await this.consent.request(kind, owner);
    const { askInput } = await import('../messages');
    const { placeHolder, prompt } = questions[kind];
    const secret = await askInput({
      title: oneLine(owner.name),
      prompt: prompt(oneLine(owner.user)),
      placeHolder: translated(placeHolder),
      password: true,
    });
    if (secret === undefined || secret === '') return false;
    const { settledSecret } = await import('./settled-secret');
    await this.keep(kind, owner, await settledSecret(secret));
    return true;
  }

  /** Whether a secret is kept in memory only, or will be once it is entered. */
  sessionOnly(kind: SecretKind, owner: KeyOwner): boolean {
    const name = secretName(kind, owner);
    return this.#session.has(name) || this.#wishes.has(name);
  }

  /** Sets how a secret that is entered later will be kept. */
  wishSessionOnly(kind: SecretKind, owner: KeyOwner, wish: boolean): void {
    const name = secretName(kind, owner);
    if (wish) this.#wishes.add(name);
    else this.#wishes.delete(name);
  }

  /**
   * Keeps a secret in the secret storage. If that fails, asks whether to keep it for this session.
   * @param options `sessionOnly`: whether to keep it in memory only. Defaults to the earlier choice
   */
  async keep(kind: SecretKind, owner: KeyOwner, secret: string, options: { readonly sessionOnly?: boolean } = {}): Promise<void> {
    const name = secretName(kind, owner);
    await this.consent?.give(kind, owner);
    if (options.sessionOnly !== undefined) this.wishSessionOnly(kind, owner, options.sessionOnly);
    if (this.#wishes.has(name)) {
      await this.#forget(name);
      this.#session.set(name, secret);
      return;
    }
    try {
      await this.secrets.store(name, secret);
      this.#session.delete(name);
    } catch (error) {
      this.log.warn(`The secret storage cannot be written: ${String(error)}`);
      const { showWarning } = await import('../messages');
      const keep = t('Keep for This Session');
      const chosen = await showWarning(
        t('This computer has no keyring, so the API key cannot be stored. It can be kept in memory until the window is closed.'),
        keep,
      );
      if (chosen === keep) this.#session.set(name, secret);
    }
  }

  /** Forgets a secret. An error of the secret storage is logged, not thrown. */
  async forget(kind: SecretKind, owner: KeyOwner): Promise<void> {
    await this.consent?.withdraw(kind, owner);
    await this.#forget(secretName(kind, owner));
  }

  async #forget(name: string): Promise<void> {
    this.#session.delete(name);
    try {
      await this.secrets.delete(name);
    } catch (error) {
      this.log.warn(`The secret storage cannot be written: ${String(error)}`);
    }
  }
}

/** The same user at the same address has one key, whatever the names of the listed stores are. */
function secretName(kind: SecretKind, { url, user }: KeyOwner): string {
  return `${kind}:${JSON.stringify([url, user])}`;
}
