import type * as vscode from 'vscode';

/** The memento key of the item. Each workspace has its own. */
const STATE_KEY = 'mahoSoap.activeStoreStatus';

/** The content of the status bar item for the active store. */
export interface KeptStatusItem {
  readonly text: string;
  readonly tooltip: string;
  /** For screen readers. */
  readonly label: string;
  /** IDs of theme colours. */
  readonly background: string | undefined;
  readonly color: string | undefined;
}

/**
 * The item as it was last in a workspace. It is shown when a window opens, before the stores are known, because parsing the settings would
 * cost every window more than everything else together. An item that was made from other settings is not shown.
 */
export class KeptStatus {
  /**
   * @param memory of the workspace
   * @param settings the settings of stores as one text
   */
  constructor(
    private readonly memory: Pick<vscode.Memento, 'get' | 'update'>,
    private readonly settings: () => string,
  ) {}

  /** The kept item. `undefined` when none was kept, or when the settings have changed since. */
  get item(): KeptStatusItem | undefined {
    const kept = this.memory.get<unknown>(STATE_KEY);
    return isKept(kept) && kept.settings === this.settings() ? kept : undefined;
  }

  /** Keeps the item as it will be when the window opens again. */
  keep(item: KeptStatusItem | undefined): void {
    void this.memory.update(STATE_KEY, item === undefined ? undefined : { ...item, settings: this.settings() });
  }
}

function isKept(value: unknown): value is KeptStatusItem & { readonly settings: string } {
  const text = (name: keyof KeptStatusItem | 'settings'): unknown =>
    typeof value === 'object' && value !== null ? Object.getOwnPropertyDescriptor(value, name)?.value : undefined;
  const needed = (['text', 'tooltip', 'label', 'settings'] as const).every((name) => typeof text(name) === 'string');
  return needed && (['background', 'color'] as const).every((name) => text(name) === undefined || typeof text(name) === 'string');
}
