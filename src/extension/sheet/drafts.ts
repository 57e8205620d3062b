import type * as vscode from 'vscode';
import * as z from 'zod/mini';
import { isSecretValue } from '../../api/secrets';
import { keptList } from '../kept-entries';
import { sheetAddressDraft, sheetChange, sheetPlace, type SheetMemory, type SheetPlace } from '../../pages/sheet-messages';

const STATE_KEY = 'mahoSoap.drafts';
/** Number of drafts that are kept. The oldest are forgotten. */
const MAX_DRAFTS = 20;

const keptDraft = z.object({ place: sheetPlace, changes: z.array(sheetChange), address: z.optional(sheetAddressDraft) });

type KeptDraft = z.infer<typeof keptDraft>;

/**
 * Unsaved changes of sheets that were closed: an extension cannot prevent the closing of a tab. Kept for the workspace, without passwords.
 */
export class Drafts {
  constructor(private readonly memory: vscode.Memento) {}

  /** The kept changes of a customer. Empty for most customers. */
  of(place: SheetPlace): Pick<SheetMemory, 'changes' | 'address'> {
    const { changes = [], address } = this.#all().find((draft) => ofSameShop(draft.place, place)) ?? {};
    return address === undefined ? { changes } : { changes, address };
  }

  /** Keeps unsaved changes and replaces those that were kept of the customer. */
  async keep(place: SheetPlace, { changes, address }: Pick<SheetMemory, 'changes' | 'address'>): Promise<void> {
    const draft = {
      place,
      changes: changes.filter(({ code, to }) => !isSecretValue(code, to)),
      ...(address === undefined ? {} : { address }),
    };
    await this.memory.update(STATE_KEY, [draft, ...this.#others(place)].slice(0, MAX_DRAFTS));
  }

  /** Forgets the kept changes of a customer that was saved or whose changes were discarded. */
  async forget(place: SheetPlace): Promise<void> {
    if (this.#all().some((draft) => ofSameShop(draft.place, place))) await this.memory.update(STATE_KEY, this.#others(place));
  }

  #others(place: SheetPlace): readonly KeptDraft[] {
    return this.#all().filter((draft) => !ofSameShop(draft.place, place));
  }

  #all(): readonly KeptDraft[] {
    return keptList(this.memory.get<unknown>(STATE_KEY), keptDraft);
  }
}

function ofSameShop(one: SheetPlace, other: SheetPlace): boolean {
  return one.store === other.store && one.customer === other.customer;
}
