import { t } from '../../l10n/texts';
import { addressCodes, FLAG_SET, type DefaultFlag } from '../../forms/address-fields';
import { addressRules, addressValues } from '../../forms/address-form';
import type { Dialect } from '../../api/dialect';
import type { Generation } from '../../api/generations';
import type { SoapRecord } from '../../api/value';
import type { SheetAddressDraft, SheetWork } from '../../pages/sheet-messages';
import type { AddressOrder, AddressUndo, DefaultBack } from '../../store/customers/address-undo';
import { text } from '../customer/customer-summary';
import { Draft, type DraftBase } from './draft';
import { FormState } from './form-state';

/** The facts about a store that the work at an address needs. */
export interface AddressStore {
  /** The dialect that writes go over. */
  readonly dialect: Dialect;
  readonly generation: Generation | undefined;
  readonly readOnly: () => boolean;
}

/** An action on an address, and the address. */
export type AddressTask =
  | { readonly kind: 'new'; readonly customer: SoapRecord | undefined }
  | { readonly kind: 'edit' | 'remove'; readonly row: SoapRecord };

/** The further effects of a write that undoes an earlier one. */
interface UndoEffects {
  readonly defaults: readonly DefaultBack[];
  readonly notRestored: readonly string[];
  readonly createsAgain: boolean;
}

/** The work at one address of a customer: a new one, a change, or its deletion. */
export class AddressWork {
  readonly form: FormState<AddressOrder>;

  constructor(
    private readonly task: AddressTask,
    private readonly store: AddressStore,
    private readonly effects: UndoEffects = { defaults: [], notRestored: [], createsAgain: false },
  ) {
    this.form = new FormState(store.readOnly);
    this.form.draft = new Draft(this.#base());
    this.form.phase = 'editing';
    if (task.kind === 'remove') {
      const values = addressValues(task.row);
      this.form.draft.restore(
        addressCodes.filter((code) => values[code] !== '').map((code) => ({ code, from: values[code] ?? '', to: '' })),
      );
      this.form.phase = 'reviewing';
    }
  }

  /**
   * The work that undoes an earlier write, ready for review.
   * @returns `undefined` when the address no longer exists or already has its earlier values
   */
  static undoing({ order, lost }: AddressUndo, rows: readonly SoapRecord[], store: AddressStore): AddressWork | undefined {
    const effects: UndoEffects = { defaults: order.defaults, notRestored: lost, createsAgain: order.kind === 'create' };
    if (order.kind === 'create') {
      const work = new AddressWork({ kind: 'new', customer: undefined }, store, effects);
      for (const [code, value] of Object.entries(order.values)) work.form.type(code, value);
      work.form.startReview();
      return work;
    }
    const row = rows.find((candidate) => addressId(candidate) === order.address);
    if (row === undefined) return undefined;
    const work = new AddressWork({ kind: order.kind === 'delete' ? 'remove' : 'edit', row }, store, effects);
    if (order.kind === 'update') {
      for (const { code, to } of order.changes) work.form.type(code, to);
      if (!work.form.dirty) return undefined;
      work.form.startReview();
    }
    return work;
  }

  /** ID of the address. `undefined` for a new one. */
  get id(): string | undefined {
    return this.task.kind === 'new' ? undefined : addressId(this.task.row);
  }
  get removes(): boolean {
    return this.task.kind === 'remove';
  }
  /** Whether there are unsaved changes. */
  get dirty(): boolean {
    return !this.removes && this.form.dirty;
  }
  /** The unsaved changes, to be kept. */
  get unsaved(): SheetAddressDraft | undefined {
    const { draft } = this.form;
    return !this.dirty || draft === undefined
      ? undefined
      : { ...(this.id === undefined ? {} : { id: this.id }), changes: [...draft.changes] };
  }
  /** The heading and notes of the work for the page. */
  get about(): SheetWork {
    const id = this.id ?? '';
    return {
      kind: 'address',
      mode: this.task.kind,
      id,
      title: this.task.kind === 'new' ? t('New address') : this.removes ? t('Delete address #{id}', { id }) : t('Address #{id}', { id }),
      notes: this.#notes(),
    };
  }

  /** Makes the address a default of its customer and shows the review. */
  makeDefault(flag: DefaultFlag): void {
    this.form.type(flag, FLAG_SET);
    this.form.startReview();
  }

  /** Restores changes from an earlier sheet. */
  restore({ changes }: SheetAddressDraft): void {
    this.form.draft?.restore(changes);
    this.form.rebase(this.#base());
  }

  /** Makes the order that writes the values of the draft. */
  readonly order = (draft: Draft): AddressOrder => {
    const defaults = [...this.effects.defaults];
    switch (this.task.kind) {
      case 'new':
        return { kind: 'create', values: draft.values, defaults };
      case 'edit':
        return { kind: 'update', address: addressId(this.task.row), changes: [...draft.changes], defaults };
      case 'remove':
        return { kind: 'delete', address: addressId(this.task.row), seen: addressValues(this.task.row), defaults };
    }
  };

  /** Continues on top of the addresses that were read again. @returns `undefined` when the address no longer exists */
  rebasedOn(rows: readonly SoapRecord[]): AddressWork | undefined {
    const { task } = this;
    if (task.kind === 'new') return this;
    const row = rows.find((candidate) => addressId(candidate) === addressId(task.row));
    if (row === undefined) return undefined;
    const next = new AddressWork({ ...task, row }, this.store, this.effects);
    if (task.kind === 'edit' && this.form.draft !== undefined) {
      next.form.draft?.restore(this.form.draft.changes);
      next.form.rebase(next.#base());
    }
    next.form.adopt(this.form);
    if (this.removes) next.form.phase = 'reviewing';
    return next;
  }

  #base(): DraftBase {
    const { task } = this;
    const { dialect, generation } = this.store;
    const shared = { rules: addressRules, unreadable: [], dialect, knowledge: { generation } };
    if (task.kind !== 'new') return { ...shared, mode: 'edit', values: addressValues(task.row) };
    const values = Object.fromEntries(addressCodes.map((code) => [code, namesFromCustomer.has(code) ? text(task.customer?.[code]) : '']));
    return { ...shared, mode: 'new', values };
  }

  #notes(): readonly string[] {
    const { defaults, notRestored, createsAgain } = this.effects;
    return [
      ...(this.removes ? [t('You can undo this. The address is then created again, under a new ID.')] : []),
      ...(createsAgain ? [t('The address is created again, under a new ID.')] : []),
      ...defaults.map(({ address, flag }) =>
        flag === 'is_default_billing'
          ? t('Address #{address} becomes the default billing address again.', { address })
          : t('Address #{address} becomes the default shipping address again.', { address }),
      ),
      ...(notRestored.length === 0 ? [] : [t('Not restored: {attributes}.', { attributes: notRestored.join(', ') })]),
    ];
  }
}

/** The attributes that a new address takes from its customer. */
const namesFromCustomer: ReadonlySet<string> = new Set(['prefix', 'firstname', 'middlename', 'lastname', 'suffix']);

/** ID of an address. */
export function addressId(row: SoapRecord): string {
  return text(row['customer_address_id']);
}
