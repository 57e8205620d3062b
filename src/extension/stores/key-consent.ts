import type * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { callUrl } from '../../store/settings/shop-address';
import { oneLine } from '../text';
import type { KeyOwner, SecretKind } from './secret-owner';

/** The memento key of consents. VS Code keeps them for each workspace, and the files of the workspace cannot change them. */
const STATE_KEY = 'mahoSoap.keyConsent';

/** Asks in a dialog with one button besides Cancel. @returns whether it was pressed */
type Ask = (question: string, detail: string, action: string) => Promise<boolean>;

/**
 * Whether kept secrets may be sent to stores that the settings of a workspace describe. The author of these settings chose the address, the
 * user and the trusted certificates, and the key may have been entered for an entry of the user's own settings. So the user consents once
 * for each workspace, and again if the address, the user or the certificate file of the entry changes. Entries of the user's own settings
 * need no consent.
 */
export class KeyConsent {
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly ask: Ask,
  ) {}

  /** Whether the secret of this owner may be used now. */
  allows(kind: SecretKind, owner: KeyOwner): boolean {
    return owner.workspace === undefined || this.#agreed().includes(idOf(kind, owner));
  }

  /**
   * Asks whether the kept secret may be used. @returns whether it may. Only the button counts as consent, and a refusal is not remembered
   */
  async request(kind: SecretKind, owner: KeyOwner): Promise<boolean> {
    const names = { user: oneLine(owner.user), host: hostOf(owner.url), name: oneLine(owner.name), url: oneLine(owner.url) };
    const { caFile } = owner.workspace ?? {};
    const agreed = await this.ask(
      kind === 'api'
        ? t('Use the kept API key of "{user}" for {host} in this workspace?', names)
        : t('Use the kept password of "{user}" for {host} in this workspace?', names),
      [
        kind === 'api'
          ? t(
              'The store "{name}" comes from the settings of this workspace, which others may have written. The API key would be sent to {url}.',
              names,
            )
          : t(
              'The store "{name}" comes from the settings of this workspace, which others may have written. The password would be sent to {url}.',
              names,
            ),
        ...(caFile === undefined
          ? []
          : [t('Anyone with a certificate by {caFile} can pretend to be this store.', { caFile: oneLine(caFile) })]),
        t('You are asked once for this workspace. Cancel sends nothing.'),
      ].join(' '),
      kind === 'api' ? t('Use Kept API Key') : t('Use Kept Password'),
    );
    if (agreed) await this.give(kind, owner);
    return agreed;
  }

  /** Remembers the consent. Typing a secret for the store is a consent, too. */
  async give(kind: SecretKind, owner: KeyOwner): Promise<void> {
    if (!this.allows(kind, owner)) await this.memory.update(STATE_KEY, [...this.#agreed(), idOf(kind, owner)]);
  }

  /** Forgets the consent together with the secret. */
  async withdraw(kind: SecretKind, owner: KeyOwner): Promise<void> {
    const agreed = this.#agreed();
    const left = agreed.filter((id) => id !== idOf(kind, owner));
    if (left.length < agreed.length) await this.memory.update(STATE_KEY, left);
  }

  #agreed(): readonly string[] {
    const kept = this.memory.get<unknown>(STATE_KEY);
    return Array.isArray(kept) ? kept.filter((each) => typeof each === 'string') : [];
  }
}

function idOf(kind: SecretKind, { url, user, workspace }: KeyOwner): string {
  return JSON.stringify([kind, url, user, workspace?.caFile ?? null]);
}

/** The host and port that calls go to, or the whole address when it is not a URL. */
function hostOf(url: string): string {
  return callUrl(url)?.host ?? oneLine(url);
}
