import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { FaultError, ToolkitError } from '../../../src/api/errors';
import { generationOf } from '../../../src/api/generations';
import type { AddressResult } from '../../../src/store/customers/address-save';
import type { AddressOrder, KeptAddress } from '../../../src/store/customers/address-undo';
import type { SheetState } from '../../../src/pages/sheet-messages';
import type { SoapRecord } from '../../../src/api/value';
import { SheetModel } from '../../../src/extension/sheet/sheet-model';
import type { SaveOrder } from '../../../src/extension/sheet/save-order';
import type { ReadCustomer } from '../../../src/extension/sheet/sheet-state';

const store = { name: 'Staging DE', environment: 'staging', asksName: false, readOnly: false } as const;
const jane: SoapRecord = {
  customer_id: '2',
  email: 'jane@example.com',
  firstname: 'Jane',
  lastname: 'Doe',
  group_id: '1',
  website_id: '1',
  store_id: '1',
  created_at: '2026-11-23 03:10:35',
};

function read(row: SoapRecord | undefined, more: Partial<ReadCustomer> = {}): ReadCustomer {
  return {
    row,
    read: 'v1',
    dialect: 'v1',
    groups: new Map([[1, 'General']]),
    websiteNames: { websites: new Map([[1, '']]), stores: new Map() },
    save: undefined,
    ...more,
  };
}

/** The sheet of an existing customer. */
function sheet(row: SoapRecord | null = jane, more: Partial<ReadCustomer> = {}): SheetModel {
  const model = new SheetModel({ store: 'id', ...(row === null ? {} : { customer: '2' }) }, store);
  model.customerRead(model.ask(), read(row ?? undefined, more));
  return model;
}

function state(model: SheetModel): SheetState {
  const update = model.draw();
  assert.equal(update.type, 'state');
  return update.state;
}

/** Types values, each with the message that the page would send. */
function type(model: SheetModel, values: Readonly<Record<string, string>>, from = 1): void {
  for (const [index, [code, value]] of Object.entries(values).entries()) model.typed(from + index, code, value);
}

/** Reviews and sends the typed values. */
function send(model: SheetModel): SaveOrder {
  model.review();
  const { review } = state(model);
  assert.ok(review !== undefined);
  const order = model.send(review.revision);
  assert.ok(order !== undefined);
  return order;
}

function field(model: SheetModel, code: string): NonNullable<SheetState['form']>['fields'][number] | undefined {
  return state(model).form?.fields.find((each) => each.code === code);
}

const fault = (code: string, text: string): FaultError => new FaultError({ code, message: text }, { what: 'The store refused.' });

const saved = (row: SoapRecord | undefined): Parameters<SheetModel['saved']>[0] => ({
  kind: 'saved',
  customerId: '2',
  row,
  unread: undefined,
  differences: [],
  unverified: [],
  overwritten: undefined,
});

suite('The state of a sheet', () => {
  test('gives a new page the complete state, including changes while it was hidden: form, review, save and result', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    model.pageStarted();
    assert.deepEqual([state(model).phase, field(model, 'firstname')?.value, state(model).heard], ['editing', 'Janet', 0]);
    send(model);
    model.pageStarted();
    assert.deepEqual([state(model).phase, field(model, 'firstname')?.value], ['saving', 'Janet']);
    model.saved(saved({ ...jane, firstname: 'Janet' }));
    model.pageStarted();
    const shown = state(model);
    assert.deepEqual([shown.phase, shown.result?.kind, shown.title, model.dirty], ['reading', 'saved', 'Janet Doe', false]);
  });

  test('values that are typed during a save stay, and count as changes to the saved values', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet', lastname: 'Dough' });
    send(model);
    type(model, { firstname: 'Janine', suffix: 'Jr.' }, 3);
    // The store cut the name.
    model.saved(saved({ ...jane, firstname: 'Jane', lastname: 'Dough' }));
    assert.deepEqual([state(model).phase, state(model).form?.count], ['editing', 2]);
    assert.deepEqual(model.unsaved.changes, [
      { code: 'firstname', from: 'Jane', to: 'Janine' },
      { code: 'suffix', from: '', to: 'Jr.' },
    ]);
  });

  test('an old value that is typed again during a save is a change to the saved value', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    send(model);
    type(model, { firstname: 'Jane' }, 2);
    model.saved(saved({ ...jane, firstname: 'Janet' }));
    assert.deepEqual(model.unsaved.changes, [{ code: 'firstname', from: 'Janet', to: 'Jane' }]);
  });

  test('a value that is typed at the moment a save ends opens the form again', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    send(model);
    model.saved(saved({ ...jane, firstname: 'Janet' }));
    type(model, { suffix: 'Jr.' }, 2);
    assert.deepEqual([state(model).phase, field(model, 'suffix')?.value, state(model).form?.count], ['editing', 'Jr.', 1]);
  });

  test('a save that was refused or whose response was lost keeps the values typed before and during it', () => {
    for (const end of [
      (model: SheetModel): void => {
        model.refused(fault('101', 'no'), 'customer.update');
      },
      (model: SheetModel): void => {
        model.saved({
          kind: 'unclear',
          error: new ToolkitError('transport', { code: 'lost', what: 'Lost.' }),
          row: jane,
          held: false,
          overwritten: undefined,
        });
      },
      (model: SheetModel): void => {
        model.saved({
          kind: 'unclear',
          error: new ToolkitError('transport', { code: 'lost', what: 'Lost.' }),
          row: undefined,
          held: undefined,
          overwritten: undefined,
        });
      },
    ]) {
      const model = sheet();
      model.edit();
      type(model, { firstname: 'Janet' });
      send(model);
      type(model, { suffix: 'Jr.' }, 2);
      end(model);
      assert.deepEqual([state(model).phase, model.unsaved.changes.map(({ to }) => to)], ['editing', ['Janet', 'Jr.']]);
    }
  });

  test('a second save during the first is refused with a message, and nothing is lost', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    send(model);
    type(model, { suffix: 'Jr.' }, 2);
    model.review();
    assert.match(state(model).message ?? '', /A save is in progress/);
    assert.equal(model.send(state(model).version), undefined);
    assert.match(state(model).message ?? '', /A save is in progress/);
    model.discard();
    assert.match(state(model).message ?? '', /A save is in progress/);
    model.saved(saved({ ...jane, firstname: 'Janet' }));
    assert.deepEqual(
      model.unsaved.changes.map(({ code }) => code),
      ['suffix'],
    );
  });

  test('only reviewed values are sent: a form that changed during the review is reviewed again', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet', lastname: 'Dough' });
    model.review();
    const looked = state(model).review?.revision ?? -1;
    model.customerRead(model.ask(), read({ ...jane, lastname: 'Dough' }));
    assert.equal(model.send(looked), undefined);
    assert.match(state(model).message ?? '', /Nothing was sent/);
    assert.deepEqual(
      state(model).review?.rows.map(({ code }) => code),
      ['firstname'],
    );
  });

  test('a password is kept while other views are shown, sent with the customer, and never passed to the page or stored', () => {
    const model = sheet(null);
    type(model, { email: 'nora@example.com', firstname: 'Nora', lastname: 'New', password: 'correct horse' });
    model.pageStarted();
    assert.equal(field(model, 'password')?.filled, true);
    model.review();
    model.back();
    const everything = JSON.stringify([state(model), model.drawTyped(), model.unsaved]);
    assert.ok(!everything.includes('correct horse'), everything);
    assert.equal(model.hasPassword, true);
    const order = send(model);
    assert.ok(!JSON.stringify([state(model), model.drawTyped()]).includes('correct horse'));
    assert.equal(order.kind === 'create' ? order.values['password'] : undefined, 'correct horse');
    model.refused(fault('1', 'no'), 'customer.create');
    assert.equal(model.hasPassword, true);
  });

  test('an outdated response changes nothing: for another customer, another reading, or before a save', () => {
    const model = sheet();
    const old = model.ask();
    const newer = model.ask();
    model.customerRead(old, read({ ...jane, firstname: 'Old' }));
    model.failed(old, new Error('old'));
    assert.deepEqual([state(model).title, state(model).problem, state(model).asking], ['Jane Doe', undefined, true]);
    model.customerRead(newer, read(jane));
    model.edit();
    type(model, { firstname: 'Janet' });
    const before = model.ask();
    send(model);
    model.saved(saved({ ...jane, firstname: 'Janet' }));
    model.customerRead(before, read(jane));
    assert.equal(state(model).title, 'Janet Doe');
    const stale = model.ask();
    model.change({ store: 'id', customer: '3' }, store, { changes: [] });
    model.customerRead(stale, read(jane));
    model.addressesRead(newer, []);
    assert.deepEqual([state(model).title, state(model).sections, state(model).addresses.kind], ['Customer 3', [], 'asking']);
  });

  test('the values of a list are shown until the store responds, without secrets, and cannot be edited', () => {
    const model = new SheetModel({ store: 'id', customer: '2' }, store);
    const values = (): readonly (string | undefined)[] =>
      state(model)
        .sections.flatMap(({ fields }) => fields)
        .filter(({ code }) => ['firstname', 'password_hash', 'created_at'].includes(code))
        .map(({ value }) => value);
    model.takeListRow({ ...jane, password_hash: 'abc:def' }, 'v1');
    assert.deepEqual(state(model).sections, [], 'nobody asked yet');
    const ticket = model.ask();
    assert.ok(values().includes('Jane'));
    assert.ok(!JSON.stringify(state(model)).includes('abc:def'));
    assert.deepEqual(
      [state(model).asking, state(model).editable, state(model).readAt, state(model).times],
      [true, false, undefined, { by: 'list' }],
    );
    model.edit();
    assert.deepEqual([state(model).phase, state(model).form], ['reading', undefined]);
    model.customerRead(ticket, read({ ...jane, firstname: 'Janet' }));
    assert.deepEqual([state(model).phase, state(model).editable, field(model, 'firstname')?.value], ['editing', true, 'Janet']);
    model.change({ store: 'id', customer: '3' }, store, { changes: [] });
    model.ask();
    assert.deepEqual(state(model).sections, [], 'the next customer');
  });

  test('the values of a list are removed when the store does not return the customer', () => {
    const model = new SheetModel({ store: 'id', customer: '2' }, store);
    model.takeListRow(jane, 'v2');
    model.failed(model.ask(), fault('102', 'Customer not exists.'));
    assert.deepEqual([state(model).sections, state(model).editable, state(model).title], [[], false, 'Jane Doe']);
  });

  test('a customer that cannot be opened is shown under its own name', () => {
    const model = sheet();
    model.change({ store: 'id', customer: '3' }, store, { changes: [] });
    assert.equal(state(model).title, 'Customer 3');
    model.takeListRow({ customer_id: '3', firstname: 'John', lastname: 'Roe', email: 'john@example.com' });
    model.failed(model.ask(), fault('2', 'Access denied.'));
    const { title, email, problem, phase, sections } = state(model);
    assert.deepEqual([title, email, phase, sections], ['John Roe', 'john@example.com', 'reading', []]);
    assert.equal(problem?.said, 'Access denied.');
  });

  test('a refresh that fails leaves the old values, and shows their time', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    model.failed(model.ask(), fault('2', 'Access denied.'));
    const { problem, readAt, form } = state(model);
    assert.ok(problem !== undefined && readAt !== undefined);
    assert.equal(form?.count, 1);
  });

  test('values that were read over another dialect are read over it in later refreshes, also after a failed one', () => {
    const model = sheet(jane, { read: 'v2', dialect: 'v2' });
    const refused = model.ask(store, 'v1');
    assert.deepEqual([model.reading.chosenDialect, model.reading.shownDialect], ['v1', undefined]);
    model.failed(refused, fault('2', 'Access denied.'));
    assert.deepEqual([model.reading.chosenDialect, state(model).problem, state(model).result?.kind], [undefined, undefined, 'refused']);
    model.ask(store, 'v1');
    const refreshed = model.ask();
    assert.equal(model.reading.chosenDialect, 'v1', 'a refresh meanwhile does not drop it');
    model.customerRead(refreshed, read({ ...jane, dob: '1980-02-01 00:00:00' }, { dialect: 'v2' }));
    model.failed(model.ask(), fault('2', 'Access denied.'));
    assert.deepEqual([model.reading.chosenDialect, model.reading.shownDialect], ['v1', 'v1']);
    assert.equal(state(model).problem?.said, 'Access denied.');
    model.change({ store: 'id', customer: '3' }, store, { changes: [] });
    model.ask();
    assert.equal(model.reading.chosenDialect, undefined, 'the next customer');
  });

  test('the result of a save is newer than a failed refresh, whose error is removed', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    model.failed(model.ask(), fault('2', 'Access denied.'));
    send(model);
    model.saved(saved(undefined));
    assert.ok(state(model).problem !== undefined, 'the customer was not read back');
    type(model, { firstname: 'Jana' }, 2);
    send(model);
    model.saved(saved({ ...jane, firstname: 'Jana' }));
    assert.deepEqual([state(model).problem, state(model).title], [undefined, 'Jana Doe']);
  });

  test('a conflict is decided value by value, without the values typed during the save', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Jana', lastname: 'Dough' });
    send(model);
    type(model, { suffix: 'Jr.' }, 3);
    model.saved({
      kind: 'conflict',
      row: { ...jane, firstname: 'Janine', lastname: 'Deer' },
      conflicts: [
        { code: 'firstname', from: 'Jane', to: 'Jana', theirs: 'Janine' },
        { code: 'lastname', from: 'Doe', to: 'Dough', theirs: 'Deer' },
      ],
    });
    const revision = state(model).review?.revision ?? -1;
    assert.equal(model.send(revision), undefined, 'not before it is decided');
    assert.equal(model.decide('firstname', 'theirs'), false);
    assert.equal(model.decide('lastname', 'mine'), false);
    assert.deepEqual(
      state(model).review?.rows.map(({ code, from, to }) => [code, from, to]),
      [
        ['lastname', 'Deer', 'Dough'],
        ['suffix', '', 'Jr.'],
      ],
    );
  });

  test('typing redraws only the form, and reports the last change that it received', () => {
    const model = sheet();
    model.edit();
    const { version } = state(model);
    type(model, { firstname: 'J', lastname: 'D' });
    const update = model.drawTyped();
    assert.ok(update.type === 'form' && update.version > version);
    assert.deepEqual([update.heard, update.form.count, update.memory.changes.length], [2, 2, 2]);
  });

  test('after creation, a new customer is shown as an existing one, with the values typed meanwhile', () => {
    const model = sheet(null);
    type(model, { email: 'nora@example.com', firstname: 'Nora', lastname: 'New', password: 'correct horse' });
    send(model);
    type(model, { suffix: 'Jr.' }, 5);
    model.saved({ ...saved({ ...jane, customer_id: '9', firstname: 'Nora' }), customerId: '9' } as Parameters<SheetModel['saved']>[0]);
    const { place, mode, phase } = state(model);
    assert.deepEqual(
      [place.customer, mode, phase, model.unsaved.changes.map(({ code }) => code), model.hasPassword],
      ['9', 'edit', 'editing', ['suffix'], false],
    );
  });

  test('a store without writes never has a form', () => {
    const model = new SheetModel(
      { store: 'id', customer: '2' },
      { ...store, readOnly: true },
      { changes: [{ code: 'firstname', from: 'Jane', to: 'Janet' }] },
    );
    model.edit();
    model.customerRead(model.ask(), read(jane));
    model.edit();
    type(model, { firstname: 'X' });
    assert.deepEqual([state(model).phase, state(model).form], ['reading', undefined]);
    assert.match(state(model).readOnly ?? '', /read-only/);
    assert.equal(model.unsaved.changes.length, 1, 'what was typed before stays kept');
  });

  test('a store whose settings change under a form is shown with its new settings, and typed values stay', () => {
    const model = sheet();
    model.edit();
    type(model, { firstname: 'Janet' });
    model.review();
    const looked = state(model).review?.revision ?? -1;
    model.updateStore({ environment: 'production', asksName: true });
    assert.deepEqual([state(model).environment, state(model).asksName, state(model).phase], ['production', true, 'reviewing']);

    model.updateStore({ readOnly: true });
    assert.match(state(model).message ?? '', /read-only/);
    assert.equal(model.send(looked), undefined, 'a store that takes no writes now gets none');
    model.back();
    type(model, { lastname: 'Roe' }, 2);
    assert.deepEqual(
      model.unsaved.changes.map(({ code, to }) => `${code} ${to}`),
      ['firstname Janet', 'lastname Roe'],
    );
    model.review();
    assert.equal(model.send(state(model).review?.revision ?? -1), undefined);
    model.updateStore({ readOnly: false });
    assert.deepEqual(send(model).kind, 'update');
  });

  test('copies the shown values, without secrets that are masked', () => {
    const model = sheet({ ...jane, password_hash: 'S3CRET' });
    assert.deepEqual(
      [model.shownValue('email'), model.shownValue('password_hash'), model.shownValue('nothing')],
      ['jane@example.com', undefined, undefined],
    );
    model.reveal('password_hash');
    assert.equal(model.shownValue('password_hash'), 'S3CRET');
  });

  test('cards and fields show the same default addresses', () => {
    const addresses = [
      { customer_address_id: 7, is_default_billing: true },
      { customer_address_id: 8, is_default_shipping: '1' },
    ];
    const says = (row: SoapRecord, dialect: 'v1' | 'v2', cards: readonly SoapRecord[] = addresses): unknown => {
      const model = new SheetModel({ store: 'id', customer: '2' }, store);
      const ticket = model.ask();
      model.customerRead(ticket, read(row, { read: dialect, dialect }));
      model.addressesRead(ticket, cards);
      const { sections, addresses: shown } = state(model);
      const fields = sections.flatMap((section) => section.fields).filter(({ code }) => code.startsWith('default_'));
      assert.ok(shown.kind === 'there');
      return {
        fields: fields.map(({ value, missing }) => value ?? missing),
        cards: ['billing', 'shipping'].map((use) => shown.addresses.find((card) => card[use as 'billing'])?.id),
      };
    };
    assert.deepEqual(says(jane, 'v2'), { fields: ['7', '8'], cards: ['7', '8'] });
    assert.deepEqual(says(jane, 'v2', [{ customer_address_id: 7 }]), { fields: ['unset', 'unset'], cards: [undefined, undefined] });
    assert.deepEqual(says({ ...jane, default_billing: '8', default_shipping: '7' }, 'v1'), { fields: ['7', '8'], cards: ['7', '8'] });
    assert.deepEqual(says({ ...jane, default_billing: '7', default_shipping: '' }, 'v1', [{ customer_address_id: 7 }]), {
      fields: ['7', 'unset'],
      cards: ['7', undefined],
    });
  });

  test('an address is changed like the customer: form, review, conflict, and typed values are kept', () => {
    const model = withAddresses();
    model.address({ type: 'address-edit', id: '5' });
    assert.deepEqual([state(model).phase, state(model).work.title], ['editing', 'Address #5']);
    type(model, { city: 'Ulm', telephone: '' });
    model.review();
    assert.deepEqual(
      [state(model).phase, field(model, 'telephone')?.problem],
      ['editing', 'Telephone is empty. The store refuses an address without it.'],
    );
    type(model, { telephone: '1' }, 3);
    assert.deepEqual(model.unsaved.address, { id: '5', changes: [{ code: 'city', from: 'Bonn', to: 'Ulm' }] });
    assert.equal(model.dirty, true);
    const order = sendAddress(model);
    assert.deepEqual(order, { kind: 'update', address: '5', changes: [{ code: 'city', from: 'Bonn', to: 'Ulm' }], defaults: [] });
    const theirs = [{ ...home, city: 'Hamm' }];
    model.addressSaved({ kind: 'conflict', conflicts: [{ code: 'city', from: 'Bonn', to: 'Ulm', theirs: 'Hamm' }], rows: theirs });
    assert.deepEqual(
      state(model).review?.rows.map((row) => [row.from, row.to, row.theirs]),
      [['Bonn', 'Ulm', 'Hamm']],
    );
    model.decide('city', 'mine');
    assert.deepEqual(sendAddress(model), { ...order, changes: [{ code: 'city', from: 'Hamm', to: 'Ulm' }] });
    model.addressSaved(addressSaved([{ ...home, city: 'Ulm' }]));
    assert.deepEqual([state(model).phase, state(model).work.kind, model.dirty], ['reading', 'customer', false]);
  });

  test('values typed into an address are restored after a restart, and not sent automatically', () => {
    const model = new SheetModel({ store: 'id', customer: '2' }, store, {
      changes: [],
      address: { id: '5', changes: [{ code: 'city', from: 'Bonn', to: 'Ulm' }] },
    });
    assert.equal(model.dirty, true);
    const ticket = model.ask();
    model.customerRead(ticket, read(jane));
    model.addressesRead(ticket, [home]);
    assert.deepEqual([state(model).phase, field(model, 'city')?.value, field(model, 'city')?.changed], ['editing', 'Ulm', true]);
    model.discard();
    assert.deepEqual([state(model).phase, model.dirty], ['reading', false]);
  });

  test('an address that changed meanwhile is not deleted, and the form of a deleted one closes', () => {
    const model = withAddresses();
    model.address({ type: 'address-remove', id: '5' });
    assert.equal(sendAddress(model)?.kind, 'delete');
    model.addressSaved({
      kind: 'conflict',
      conflicts: [{ code: 'city', from: 'Bonn', to: '', theirs: 'Hamm' }],
      rows: [{ ...home, city: 'Hamm' }],
    });
    assert.match(state(model).message ?? '', /Nothing was deleted/);
    assert.equal(state(model).review?.rows.find(({ code }) => code === 'city')?.from, 'Hamm');
    model.back();
    assert.equal(state(model).phase, 'reading');
    model.address({ type: 'address-edit', id: '5' });
    model.addressesRead(model.ask(), []);
    const ticket = model.ask();
    model.customerRead(ticket, read(jane));
    model.addressesRead(ticket, []);
    assert.deepEqual([state(model).phase, state(model).message], ['reading', 'The address is no longer in the store.']);
  });

  test("a new address begins with the customer's name, and missing values are reported before sending", () => {
    const model = withAddresses();
    model.address({ type: 'address-new' });
    assert.deepEqual([field(model, 'lastname')?.value, field(model, 'city')?.problem], ['Doe', undefined]);
    type(model, { city: 'Bonn' });
    assert.equal(field(model, 'telephone')?.problem, undefined);
    model.review();
    assert.match(field(model, 'telephone')?.problem ?? '', /is empty/);
    assert.equal(state(model).phase, 'editing');
  });

  test('a store without writes and a customer that is being edited have no form for an address', () => {
    const model = new SheetModel({ store: 'id', customer: '2' }, { ...store, readOnly: true });
    const ticket = model.ask();
    model.customerRead(ticket, read(jane));
    model.addressesRead(ticket, [home]);
    model.address({ type: 'address-default', id: '5', flag: 'is_default_billing' });
    assert.deepEqual([state(model).phase, state(model).form, state(model).review], ['reading', undefined, undefined]);
    const other = withAddresses();
    other.edit();
    other.address({ type: 'address-edit', id: '5' });
    assert.equal(state(other).work.kind, 'customer');
  });

  test('a fax is reported as lost if the store has no such attribute', () => {
    const model = withAddresses({ generation: generationOf('maho@26.7') });
    model.address({ type: 'address-edit', id: '5' });
    type(model, { fax: '1' });
    assert.deepEqual(
      field(model, 'fax')?.hints.map(({ message }) => message),
      ['Maho 26.7 does not save a fax number. Your input is lost.'],
    );
  });

  test('the last save of a customer or of an address is the one that is undone', () => {
    const undo: KeptAddress = {
      version: 1,
      at: '2026-11-28T10:00:00.000Z',
      store: 'Staging DE',
      storeId: 'id',
      customerId: '2',
      undo: { order: { kind: 'update', address: '5', changes: [{ code: 'city', from: 'Bonn', to: 'Ulm' }], defaults: [] }, lost: [] },
    };
    const save = {
      version: 1,
      at: '2026-11-28T11:00:00.000Z',
      store: 'Staging DE',
      storeId: 'id',
      customerId: '2',
      name: '',
      email: '',
      changes: [{ code: 'firstname', from: 'Jane', to: 'Janet' }],
      unknown: [],
    } as const;
    const model = withAddresses({ address: undo });
    model.undoLast();
    assert.deepEqual(
      state(model).review?.rows.map(({ code, from, to }) => [code, from, to]),
      [['city', 'Bonn', 'Ulm']],
    );
    const other = withAddresses({ address: undo, save: { ...save, changes: [...save.changes], unknown: [] } });
    other.undoLast();
    assert.deepEqual(
      state(other).review?.rows.map(({ code }) => code),
      ['firstname'],
    );
  });
});

const home: SoapRecord = {
  customer_address_id: '5',
  firstname: 'Jane',
  lastname: 'Doe',
  street: 'Main Street 1',
  city: 'Bonn',
  postcode: '53111',
  country_id: 'DE',
  telephone: '1',
  is_default_billing: false,
  is_default_shipping: false,
};

function withAddresses(more: Partial<ReadCustomer> = {}): SheetModel {
  const model = new SheetModel({ store: 'id', customer: '2' }, store);
  const ticket = model.ask();
  model.customerRead(ticket, read(jane, more));
  model.addressesRead(ticket, [home]);
  return model;
}

function sendAddress(model: SheetModel): AddressOrder | undefined {
  model.review();
  const { review } = state(model);
  assert.ok(review !== undefined);
  return model.sendAddress(review.revision);
}

const addressSaved = (rows: readonly SoapRecord[]): AddressResult => ({
  kind: 'saved',
  address: '5',
  rows,
  unread: undefined,
  differences: [],
  defaultsRefused: undefined,
  undo: { order: { kind: 'update', address: '5', changes: [], defaults: [] }, lost: [] },
});
