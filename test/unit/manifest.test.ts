import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import { storeConfig } from '../../src/store/settings/config';

const root = path.resolve(import.meta.dirname, '../..');

const menuEntry = z.looseObject({ command: z.optional(z.string()), when: z.optional(z.string()) });
const manifest = z.looseObject({
  icon: z.string(),
  contributes: z.looseObject({
    commands: z.array(z.looseObject({ command: z.string(), title: z.string(), category: z.string() })),
    menus: z.record(z.string(), z.array(menuEntry)),
    keybindings: z.optional(z.array(menuEntry)),
    views: z.record(z.string(), z.array(z.looseObject({ id: z.string(), icon: z.string() }))),
    viewsContainers: z.looseObject({ activitybar: z.array(z.looseObject({ id: z.string(), icon: z.string() })) }),
    viewsWelcome: z.array(z.looseObject({ view: z.string(), contents: z.string() })),
    configuration: z.looseObject({
      properties: z.record(
        z.string(),
        z.looseObject({ items: z.optional(z.looseObject({ properties: z.record(z.string(), z.unknown()) })) }),
      ),
    }),
  }),
});

const { icon, contributes } = manifest.parse(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
const commands = new Set(contributes.commands.map(({ command }) => command));

describe('The manifest', () => {
  test('gives every command one ID under mahoSoap., a title and the category', () => {
    assert.equal(commands.size, contributes.commands.length, 'no command stands twice');
    for (const { command, title, category } of contributes.commands) {
      assert.match(command, /^mahoSoap\.[a-zA-Z.]+$/);
      assert.notEqual(title, '');
      assert.equal(category, 'Maho SOAP');
    }
  });

  test('puts only its own commands into menus, key bindings and welcome texts', () => {
    const inMenus = Object.values(contributes.menus)
      .flat()
      .concat(contributes.keybindings ?? [])
      .map(({ command }) => command);
    const inTexts = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([\w.]+)/g)].map(([, command]) => command),
    );
    const named = [...inMenus, ...inTexts].filter((command) => command !== undefined && command.startsWith('mahoSoap.'));
    assert.ok(named.length > 0);
    assert.deepEqual(
      named.filter((command) => command !== undefined && !commands.has(command)),
      [],
    );
  });

  test('hides from the palette what only makes sense on a row of a tree', () => {
    const onRows = new Set((contributes.menus['view/item/context'] ?? []).map(({ command }) => command));
    const elsewhere = new Set((contributes.menus['view/title'] ?? []).map(({ command }) => command));
    const conditions = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const always = [...onRows].filter((command) => !elsewhere.has(command) && conditions.get(command) === undefined);
    assert.deepEqual(always, []);
  });

  test('offers what writes to a store only where a store may be written to', () => {
    const writes = [
      'customer.new',
      'customer.edit',
      'customer.delete',
      'customer.undo',
      'customer.restore',
      'customer.change',
      'import',
    ].map((name) => `mahoSoap.${name}`);
    const entries = ['view/item/context', 'commandPalette']
      .flatMap((menu) => contributes.menus[menu] ?? [])
      .filter(({ command }) => writes.includes(command ?? ''));
    assert.deepEqual(new Set(entries.map(({ command }) => command)), new Set(writes));
    assert.deepEqual(
      entries.filter(({ when }) => when === undefined || !/\\bwritable\\b|hasWritableStores|\bsheetWritable\b|^false$/.test(when)),
      [],
    );
  });

  test('keeps views and their containers together', () => {
    const containers = contributes.viewsContainers.activitybar.map(({ id }) => id);
    const views = Object.values(contributes.views)
      .flat()
      .map(({ id }) => id);
    assert.deepEqual(
      Object.keys(contributes.views).filter((container) => !containers.includes(container)),
      [],
    );
    assert.deepEqual(
      contributes.viewsWelcome.map(({ view }) => view).filter((view) => !views.includes(view)),
      [],
    );
  });

  test('names pictures that exist', () => {
    const pictures = [
      icon,
      ...contributes.viewsContainers.activitybar.map((container) => container.icon),
      ...Object.values(contributes.views)
        .flat()
        .map((view) => view.icon),
    ];
    assert.deepEqual(
      pictures.filter((picture) => !existsSync(path.join(root, picture))),
      [],
    );
  });

  test('describes every property of a store that the setting takes, and no other', () => {
    const described = Object.keys(contributes.configuration.properties['mahoSoap.stores']?.items?.properties ?? {});
    assert.deepEqual(described.sort(), Object.keys(storeConfig.shape).sort());
  });
});
