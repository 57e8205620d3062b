// The status bar first shows the active store with its last known state.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KeptStatus, type KeptStatusItem } from '../../../src/extension/stores/kept-status';

/** The memento of a workspace, which VS Code stores as JSON. */
class Memory {
  readonly #kept = new Map<string, string>();
  get(key: string): unknown {
    const text = this.#kept.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }
  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.#kept.delete(key);
    else this.#kept.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
  put(value: unknown): void {
    void this.update('mahoSoap.activeStoreStatus', value);
  }
}

const look: KeptStatusItem = {
  text: '$(server-environment) Shop',
  tooltip: 'Requests run on Shop',
  label: 'Active store, Shop, production',
  background: 'statusBarItem.errorBackground',
  color: undefined,
};

test('the last state is restored as long as the settings of the stores are the same', () => {
  const memory = new Memory();
  let settings = '[{"name":"Shop"}]';
  const kept = new KeptStatus(memory, () => settings);
  assert.equal(kept.item, undefined);
  kept.keep(look);
  const { text, tooltip, label, background, color } = new KeptStatus(memory, () => settings).item ?? assert.fail('nothing was kept');
  assert.deepEqual({ text, tooltip, label, background, color }, look);
  settings = '[{"name":"Shop","environment":"staging"}]';
  assert.equal(kept.item, undefined);
  settings = '[{"name":"Shop"}]';
  kept.keep(undefined);
  assert.equal(kept.item, undefined);
});

test('values of another form are ignored', () => {
  const settings = '[]';
  for (const strange of [
    null,
    1,
    'text',
    [],
    {},
    { ...look },
    { ...look, settings, text: 1 },
    { ...look, settings, background: {} },
    { ...look, settings, color: null },
  ]) {
    const memory = new Memory();
    memory.put(strange);
    assert.equal(new KeptStatus(memory, () => settings).item, undefined, JSON.stringify(strange));
  }
});
