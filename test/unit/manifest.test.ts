import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, test } from 'node:test';
import * as z from 'zod/mini';
import { manifestTexts, readManifest, usedTextKeys } from '../support/manifest';
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

const raw = readManifest();
const { icon, contributes } = manifest.parse(raw);
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

  test('finds each of its texts in package.nls.json, which has no other texts', () => {
    const used = new Set(usedTextKeys());
    assert.ok(used.size > 150);
    assert.deepEqual(
      [...used].filter((key) => manifestTexts[key] === undefined),
      [],
      'missing',
    );
    assert.deepEqual(
      Object.keys(manifestTexts).filter((key) => !used.has(key)),
      [],
      'unused',
    );
    for (const [key, text] of Object.entries(manifestTexts)) assert.equal(text.trim() === '' || text !== text.trim(), false, key);
  });

  test('has the values that both marketplaces show', async () => {
    const shown = z
      .object({
        displayName: z.string(),
        description: z.string().check(z.maxLength(200)),
        publisher: z.string().check(z.regex(/^[a-z0-9-]+$/)),
        license: z.literal('MIT'),
        pricing: z.literal('Free'),
        categories: z.array(z.enum(['Testing', 'Linters', 'Snippets', 'Other'])).check(z.minLength(1)),
        keywords: z.array(z.string()).check(z.maxLength(30)),
        // The extension reads files and connects to stores from the machine of the workspace. It cannot run without one, as in vscode.dev.
        extensionKind: z.tuple([z.literal('workspace')]),
        browser: z.optional(z.never()),
        galleryBanner: z.object({ color: z.string().check(z.regex(/^#[0-9a-f]{6}$/)), theme: z.enum(['dark', 'light']) }),
      })
      .parse(raw);
    assert.equal(new Set(shown.keywords).size, shown.keywords.length);
    const png = await readFile(path.join(root, icon));
    assert.deepEqual([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], ['PNG', 256, 256]);
    // The marketplaces accept no pictures in SVG or over plain HTTP. Pictures in files are linked to the repository.
    for (const page of ['README.md', 'CHANGELOG.md']) {
      const text = await readFile(path.join(root, page), 'utf8');
      const shownThere = [...text.matchAll(/!\[[^\]]*\]\(([^)]+)\)|<img[^>]+src="([^"]+)"/g)].map(
        ([, file, source]) => file ?? source ?? '',
      );
      assert.deepEqual(
        shownThere.filter((picture) => !/\.(?:png|gif)$/.test(picture) || /^(?!https:)\w+:/.test(picture)),
        [],
        page,
      );
      assert.doesNotMatch(text, /<svg/i, page);
    }
    assert.match(await readFile(path.join(root, 'README.md'), 'utf8'), /!\[[^\]]+\]\(docs\/screens\/[\w-]+\.(?:png|gif)\)/);
  });

  test('has a walkthrough with existing texts and pictures', async () => {
    const { steps } = z
      .object({
        contributes: z.object({
          walkthroughs: z.tuple([z.object({ steps: z.array(z.looseObject({ media: z.object({ markdown: z.string() }) })) })]),
        }),
      })
      .parse(raw).contributes.walkthroughs[0];
    let pictures = 0;
    for (const { media } of steps) {
      const text = await readFile(path.join(root, media.markdown), 'utf8');
      for (const [, picture = ''] of text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)) {
        assert.ok(existsSync(path.join(root, path.dirname(media.markdown), picture)), picture);
        pictures++;
      }
    }
    assert.ok(pictures >= 3);
  });

  test('has only its own commands in menus, key bindings and welcome texts', () => {
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

  test('hides commands from the palette that need a row of a tree', () => {
    const onRows = new Set((contributes.menus['view/item/context'] ?? []).map(({ command }) => command));
    const elsewhere = new Set((contributes.menus['view/title'] ?? []).map(({ command }) => command));
    const conditions = new Map((contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]));
    const always = [...onRows].filter((command) => !elsewhere.has(command) && conditions.get(command) === undefined);
    assert.deepEqual(always, []);
  });

  test('offers writes only on stores that allow them', () => {
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
      entries.filter(
        ({ when }) => when === undefined || !/\\b(?:writable|deletable)\\b|hasWritableStores|\bsheetWritable\b|^false$/.test(when),
      ),
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

  test('describes exactly the properties of a store that the setting accepts', () => {
    const described = Object.keys(contributes.configuration.properties['mahoSoap.stores']?.items?.properties ?? {});
    assert.deepEqual(described.sort(), Object.keys(storeConfig.shape).sort());
  });
});
