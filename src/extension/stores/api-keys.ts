import type * as vscode from 'vscode';
import type { Log } from '../log/log';
import { askInput, warn } from '../messages';
import { oneLine } from '../text';

/** Whose secret it is. The name is only shown: renaming a store does not lose its key. */
export interface KeyOwner {
  readonly name: string;
  readonly url: string;
  readonly user: string;
}

/** `api` is the key of the API user, `web` the password of a web server's own login in front of the shop. */
export type SecretKind = 'api' | 'web';

const questions: Readonly<Record<SecretKind, { readonly placeHolder: string; readonly prompt: (user: string) => string }>> = {
  api: { placeHolder: 'API key', prompt: (user) => `API key of ${user}. It is kept in the secret storage, never in settings.` },
  web: { placeHolder: 'Password', prompt: (user) => `Password of ${user} at the web server. It is kept in the secret storage, never in settings.` },
};

/**
 * API keys and passwords: in VS Code's secret storage, never in settings. Where there is no keyring, a secret may be
 * kept for this session, that is in memory until the window closes.
 */
export class ApiKeys {
  readonly #session = new Map<string, string>();
  /** Whose secrets are to be kept for this session only, whenever they are entered. */
  readonly #wishes = new Set<string>();

  constructor(
    private readonly secrets: vscode.SecretStorage,
    private readonly log: Log,
  ) {}

  /** The secret as far as it is known. */
  async get(kind: SecretKind, owner: KeyOwner): Promise<string | undefined> {
    const place = placeOf(kind, owner);
    const known = this.#session.get(place);
    if (known !== undefined) return known;
    try {
      return await this.secrets.get(place);
    } catch (error) {
      this.log.warn(`The secret storage cannot be read: ${String(error)}`);
      return undefined;
    }
  }

  /** Asks for the secret and keeps it. @returns whether one was entered */
  async ask(kind: SecretKind, owner: KeyOwner): Promise<boolean> {
    const { placeHolder, prompt } = questions[kind];
    const secret = await askInput({
      title: oneLine(owner.name),
      prompt: prompt(oneLine(owner.user)),
      placeHolder,
      password: true,
      ignoreFocusOut: true,
    });
    if (secret === undefined || secret === '') return false;
    await this.keep(kind, owner, secret);
    return true;
  }

  /** Whether a secret is kept in memory only, or is to be once it is entered. */
  sessionOnly(kind: SecretKind, owner: KeyOwner): boolean {
    const place = placeOf(kind, owner);
    return this.#session.has(place) || this.#wishes.has(place);
  }

  /** Says how a secret is to be kept that is entered later. */
  wishSessionOnly(kind: SecretKind, owner: KeyOwner, wish: boolean): void {
    const place = placeOf(kind, owner);
    if (wish) this.#wishes.add(place);
    else this.#wishes.delete(place);
  }

  /**
   * Keeps a secret in the secret storage; where that fails, asks whether to keep it for this session.
   * @param options `sessionOnly`: keep it in memory and nowhere else; otherwise as was wished before
   */
  async keep(kind: SecretKind, owner: KeyOwner, secret: string, options: { readonly sessionOnly?: boolean } = {}): Promise<void> {
    const place = placeOf(kind, owner);
    if (options.sessionOnly !== undefined) this.wishSessionOnly(kind, owner, options.sessionOnly);
    if (this.#wishes.has(place)) {
      await this.forget(kind, owner);
      this.#session.set(place, secret);
      return;
    }
    try {
      await this.secrets.store(place, secret);
      this.#session.delete(place);
    } catch (error) {
      this.log.warn(`The secret storage cannot be written: ${String(error)}`);
      const keep = 'Keep for This Session';
      const chosen = await warn('This machine offers no keyring, so the key cannot be stored. It can be kept in memory until the window is closed.', keep);
      if (chosen === keep) this.#session.set(place, secret);
    }
  }

  /** Forgets a secret, wherever it is kept. A secret storage that cannot be written is logged, not thrown. */
  async forget(kind: SecretKind, owner: KeyOwner): Promise<void> {
    const place = placeOf(kind, owner);
    this.#session.delete(place);
    try {
      await this.secrets.delete(place);
    } catch (error) {
      this.log.warn(`The secret storage cannot be written: ${String(error)}`);
    }
  }
}

/** The same user at the same address has one key, under whatever names the store is listed. */
function placeOf(kind: SecretKind, { url, user }: KeyOwner): string {
  return `${kind}:${JSON.stringify([url, user])}`;
}
