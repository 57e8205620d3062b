import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { ActiveStore } from '../../src/extension/stores/active-store';
import type { Store } from '../../src/extension/stores/store';
import { JsonMemento } from '../support/memento';
import { shop } from './support/shop';

suite('The active store', () => {
  const changes = new vscode.EventEmitter<void>();
  const demo = (['v1', 'v2', 'wsi'] as const).map((dialect) => shop({ name: `Demo store, ${dialect}`, dialect }, `demo:${dialect}`));
  const [one, other] = [shop({ name: 'One' }, 'one'), shop({ name: 'Other' }, 'other')];

  /** The active store. @param running whether the demo store runs */
  function current(listed: readonly Store[], running: boolean, chosen?: string): string | undefined {
    const memory = new JsonMemento();
    if (chosen !== undefined) void memory.update('mahoSoap.activeStore', chosen);
    const active = new ActiveStore(
      { all: listed, onDidChange: changes.event },
      { running: running ? { stores: demo } : undefined, onDidChange: changes.event },
      memory,
    );
    active.dispose();
    return active.current?.id;
  }

  test('is automatically the only store, or the demo store over V2', () => {
    assert.equal(current([], false), undefined);
    assert.equal(current([one], false), 'one');
    assert.equal(current([], true), 'demo:v2');
  });

  test('is not guessed if there are several stores, and a chosen store that is gone no longer counts', () => {
    assert.equal(current([one, other], false), undefined);
    assert.equal(current([one], true), undefined);
    assert.equal(current([one, other], true, 'other'), 'other');
    assert.equal(current([one], true, 'demo:v1'), 'demo:v1');
    assert.equal(current([one], false, 'other'), 'one');
  });
});
