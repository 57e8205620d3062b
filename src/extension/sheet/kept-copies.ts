import path from 'node:path';
import type { SheetPlace } from '../../pages/sheet-messages';
import type { CustomerCopy } from '../../store/customers/customer-copy';
import type { KeptAddress } from '../../store/customers/address-undo';
import type { KeptSave } from '../../store/customers/customer-undo';
import { KeptFiles, type KeptFile } from '../../files/kept-files';
import { text } from '../customer/customer-summary';

/** Number of copies of deleted customers that are kept. The oldest are deleted first. */
const MAX_COPIES = 200;
/** Number of saves whose replaced values are kept. */
const MAX_SAVES = 200;

/** A copy of a deleted customer, and its file. */
export type KeptCopy = KeptFile<CustomerCopy>;

/** The data that is kept on this machine for a restore or an undo: deleted customers, and the values that saves replaced. */
export class KeptCopies {
  readonly #deleted: KeptFiles<CustomerCopy>;
  readonly #saves: KeptFiles<KeptSave>;
  readonly #addresses: KeptFiles<KeptAddress>;

  /**
   * @param storage folder of the extension on this machine
   * @param warn receives one line about a file that cannot be read or removed
   */
  constructor(storage: string, warn: (text: string) => void) {
    const onProblem = (file: string, reason: string): void => {
      warn(`${file}: ${reason}`);
    };
    this.#deleted = new KeptFiles({
      folder: path.join(storage, 'deleted-customers'),
      most: MAX_COPIES,
      onProblem,
      read: async (content) => (await import('../../store/customers/customer-copy')).customerCopy.safeParse(content).data,
    });
    this.#saves = new KeptFiles({
      folder: path.join(storage, 'overwritten-customers'),
      most: MAX_SAVES,
      onProblem,
      read: async (content) => (await import('../../store/customers/customer-undo')).keptSave.safeParse(content).data,
    });
    this.#addresses = new KeptFiles({
      folder: path.join(storage, 'overwritten-addresses'),
      most: MAX_SAVES,
      onProblem,
      read: async (content) => (await import('../../store/customers/address-undo')).keptAddress.safeParse(content).data,
    });
  }

  /** Keeps the values that a write to an address replaced. */
  async keepAddress(save: KeptAddress): Promise<KeptFile<KeptAddress>> {
    return await this.#addresses.keep(save, save.customerId);
  }

  /** The values that writes to addresses replaced, the latest first. */
  async addresses(): Promise<readonly KeptFile<KeptAddress>[]> {
    return await this.#addresses.all();
  }

  /** The values that the last write to an address of a customer replaced. */
  async lastAddress({ store, customer }: SheetPlace): Promise<KeptAddress | undefined> {
    return customer === undefined ? undefined : (await this.#addresses.all(customer)).find(({ kept }) => kept.storeId === store)?.kept;
  }

  /** Keeps a copy. The customer may only be deleted after this has succeeded. @throws the errors of the file system */
  async keep(copy: CustomerCopy): Promise<KeptCopy> {
    return await this.#deleted.keep(copy, text(copy.customer['customer_id']));
  }

  /** All copies of deleted customers, the latest first. */
  async all(): Promise<readonly KeptCopy[]> {
    return await this.#deleted.all();
  }

  /** Adds a note to a kept copy. */
  async note(copy: KeptCopy, more: Pick<CustomerCopy, 'restoredAs'>): Promise<void> {
    await this.#deleted.note(copy, more);
  }

  /** Deletes the file of a copy. */
  async forget(kept: Pick<KeptCopy, 'file'>): Promise<void> {
    await this.#deleted.forget(kept);
  }

  /** Keeps the values that a save replaced. */
  async keepSave(save: KeptSave): Promise<KeptFile<KeptSave>> {
    return await this.#saves.keep(save, save.customerId);
  }

  /** The values that saves replaced, the latest first. */
  async saves(): Promise<readonly KeptFile<KeptSave>[]> {
    return await this.#saves.all();
  }

  /** The values that the last save of a customer replaced. */
  async lastSave({ store, customer }: SheetPlace): Promise<KeptSave | undefined> {
    return customer === undefined ? undefined : (await this.#saves.all(customer)).find(({ kept }) => kept.storeId === store)?.kept;
  }
}
