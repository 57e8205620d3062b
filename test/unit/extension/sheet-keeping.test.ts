// The data that sheets keep over a restart, and their state while they wait.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { Drafts } from '../../../src/extension/sheet/drafts';
import { SheetModel } from '../../../src/extension/sheet/sheet-model';
import { storeFacts } from '../../../src/extension/sheet/sheet-store';
import { ShownCodes } from '../../../src/extension/sheet/shown-codes';
import { sheetMemory, type SheetState } from '../../../src/pages/sheet-messages';
import { JsonMemento } from '../../support/memento';

const place = { store: 'id', customer: '2' };
const facts = { name: 'Staging DE', environment: 'staging', asksName: false, readOnly: false } as const;
const row = { customer_id: '2', email: 'jane@example.com', firstname: 'Jane', lastname: 'Doe', group_id: '1' };
const read = {
  row,
  read: 'v1',
  dialect: 'v1',
  groups: new Map<number, string>(),
  websiteNames: { websites: new Map<number, string>(), stores: new Map<number, string>() },
  save: undefined,
} as const;
const cancelled = new ToolkitError('transport', { code: 'cancelled', what: 'Reading the customer was cancelled.' });

function state(model: SheetModel): SheetState {
  const update = model.draw();
  assert.equal(update.type, 'state');
  return update.state;
}

suite('The stored data of sheets', () => {
  const changes = [{ code: 'firstname', from: 'Jane', to: 'Janet' }];

  test('drafts from before sheets had addresses are read and replaced as before', async () => {
    const memory = new JsonMemento();
    const other = { store: 'id', customer: '3' };
    await memory.update('mahoSoap.drafts', [
      { place, changes },
      { place: other, changes: [{ code: 'suffix', to: 'Jr.' }] },
      { place: { store: 'id' }, changes: [{ code: 'email', from: '', to: 'new@example.com' }] },
    ]);
    const drafts = new Drafts(memory);
    assert.deepEqual(drafts.of(place), { changes });
    assert.deepEqual(drafts.of(other), { changes: [{ code: 'suffix', to: 'Jr.' }] });
    assert.deepEqual(drafts.of({ store: 'id' }).changes.length, 1);
    const address = { id: '5', changes: [{ code: 'city', from: 'Bonn', to: 'Ulm' }] };
    await drafts.keep(place, { changes: [], address });
    assert.deepEqual(new Drafts(memory).of(place), { changes: [], address });
    assert.deepEqual(new Drafts(memory).of(other), { changes: [{ code: 'suffix', to: 'Jr.' }] });
    await drafts.forget(place);
    assert.deepEqual(new Drafts(memory).of(place), { changes: [] });
  });

  test('a draft that cannot be read does not affect the others', async () => {
    const memory = new JsonMemento();
    await memory.update('mahoSoap.drafts', [{ place: 7 }, { place, changes }, 'nothing', { place: { store: 'id', customer: '3' } }]);
    assert.deepEqual(new Drafts(memory).of(place), { changes });
    await memory.update('mahoSoap.drafts', { place, changes });
    assert.deepEqual(new Drafts(memory).of(place), { changes: [] });
  });

  test('a draft of the old shape opens the form of its customer, without addresses', async () => {
    const memory = new JsonMemento();
    await memory.update('mahoSoap.drafts', [{ place, changes }]);
    const model = new SheetModel(place, facts, new Drafts(memory).of(place));
    const ticket = model.ask();
    model.customerRead(ticket, read);
    model.addressesRead(ticket, [{ customer_address_id: '5', city: 'Bonn' }]);
    const { phase, work, form } = state(model);
    assert.deepEqual([phase, work.kind, form?.count], ['editing', 'customer', 1]);
    assert.deepEqual(model.unsaved, { changes });
  });

  test('the state of a sheet that VS Code kept over a reload before sheets had addresses is read', () => {
    const old = { place, editing: true, changes };
    assert.deepEqual(sheetMemory.safeParse(old).data, old);
  });

  test('the choice to show codes applies immediately, stays over a refresh, and applies to new sheets', async () => {
    const memory = new JsonMemento();
    const ports = { store: () => undefined, codes: new ShownCodes(memory) };
    const model = new SheetModel(place, storeFacts(ports, place));
    model.customerRead(model.ask(), read);
    assert.equal(state(model).codes, false);
    for (const shown of [true, false, true]) {
      model.updateStore({ codes: shown });
      assert.equal(state(model).codes, shown);
      await ports.codes.show(shown);
      model.customerRead(model.ask(storeFacts(ports, place)), read);
      assert.equal(state(model).codes, shown);
      const later = { ...ports, codes: new ShownCodes(memory) };
      assert.equal(state(new SheetModel({ store: 'other' }, storeFacts(later, { store: 'other' }))).codes, shown);
    }
  });
});

suite('A sheet that waits for its store', () => {
  test('names the store it waits for until it responds, also while it shows older values', () => {
    const model = new SheetModel(place, facts);
    const first = model.ask();
    assert.deepEqual([state(model).asking, state(model).store], [true, 'Staging DE']);
    model.customerRead(first, read);
    assert.equal(state(model).asking, false);
    model.ask({ ...facts, name: 'Staging AT' });
    assert.deepEqual([state(model).asking, state(model).store, state(model).title], [true, 'Staging AT', 'Jane Doe']);
  });

  test('stops waiting when the user cancels, says so, and ignores a late response', () => {
    const model = new SheetModel(place, facts);
    const ticket = model.ask();
    model.failed(ticket, cancelled);
    assert.deepEqual(
      [state(model).asking, state(model).problem?.what, model.wants(ticket)],
      [false, 'Reading the customer was cancelled.', false],
    );
    model.customerRead(ticket, read);
    assert.equal(model.loaded, false);
    model.customerRead(model.ask(), read);
    assert.deepEqual([state(model).problem, state(model).title], [undefined, 'Jane Doe']);
  });

  test('keeps loaded and typed values when a refresh is cancelled, of the customer and of an address', () => {
    const city = [{ code: 'city', from: 'Bonn', to: 'Ulm' }];
    for (const type of ['customer', 'address'] as const) {
      const model = new SheetModel(place, facts);
      const ticket = model.ask();
      model.customerRead(ticket, read);
      model.addressesRead(ticket, [{ customer_address_id: '5', city: 'Bonn' }]);
      if (type === 'customer') model.edit();
      else model.address({ type: 'address-edit', id: '5' });
      if (type === 'customer') model.typed(1, 'firstname', 'Janet');
      else model.typed(1, 'city', 'Ulm');
      model.failed(model.ask(), cancelled);
      const { asking, phase, work, problem } = state(model);
      assert.deepEqual([asking, phase, work.kind, problem?.what], [false, 'editing', type, 'Reading the customer was cancelled.']);
      assert.deepEqual(
        model.unsaved,
        type === 'customer'
          ? { changes: [{ code: 'firstname', from: 'Jane', to: 'Janet' }] }
          : { changes: [], address: { id: '5', changes: city } },
      );
    }
  });

  test('does not wait for a customer that was replaced by another one', () => {
    const model = new SheetModel(place, facts);
    const ticket = model.ask();
    model.change({ store: 'id', customer: '3' }, facts, { changes: [] });
    assert.deepEqual([model.wants(ticket), state(model).asking], [false, false]);
    model.failed(ticket, cancelled);
    assert.equal(state(model).problem, undefined);
  });
});
