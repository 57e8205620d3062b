import type * as vscode from 'vscode';

/** Where it is kept: each workspace has its own. */
const STATE_KEY = 'mahoSoap.activeStoreStatus';

/** How the status bar item of the active store looks. */
export interface StatusLook {
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
  /** Names of colours. */
  readonly background: string | undefined;
  readonly color: string | undefined;
}

/**
 * The last look of the item in a workspace. It is shown when a window opens, before anything is known of stores: reading the settings
 * closely would cost every window more than all else together. A look that was drawn from other settings is not shown.
 */
export class KeptStatus {
  /**
   * @param memory of the workspace
   * @param settings what the settings say of stores, as one text
   */
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly settings: () => string,
  ) {}

  /** The appearance that was kept; `undefined` when none was kept, or when the settings have changed since. */
  get look(): StatusLook | undefined {
    const kept = this.memory.get<unknown>(STATE_KEY);
    return isKept(kept) && kept.settings === this.settings() ? kept : undefined;
  }

  /** Keeps how the item is to look when the window is opened again. */
  keep(look: StatusLook | undefined): void {
    void this.memory.update(STATE_KEY, look === undefined ? undefined : { ...look, settings: this.settings() });
  }
}

function isKept(value: unknown): value is StatusLook & { readonly settings: string } {
  const text = (name: keyof StatusLook | 'settings'): unknown =>
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  const needed = (['text', 'tooltip', 'label', 'settings'] as const).every((name) => typeof text(name) === 'string');
  return needed && (['background', 'color'] as const).every((name) => text(name) === undefined || typeof text(name) === 'string');
}
