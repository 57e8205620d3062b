import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ToolkitError } from '../../src/api/errors';
import type { ImportPlace } from '../../src/pages/import-messages';
import { importInto } from '../../src/extension/transfer/dropped-files';
import type { StoreConfig } from '../../src/store/settings/config';
import { shop } from './support/shop';

suite('Files that are dropped on customers', () => {
  let storage = '';
  setup(async () => {
    storage = await mkdtemp(path.join(tmpdir(), 'maho-soap-dropped-'));
  });
  teardown(async () => {
    await rm(storage, { recursive: true, force: true });
  });

  /** Drops something on a store and returns the files that were opened. */
  async function drop(
    items: readonly (readonly [type: string, item: vscode.DataTransferItem])[],
    config: Partial<StoreConfig> = {},
  ): Promise<readonly string[]> {
    const data = new vscode.DataTransfer();
    for (const [type, item] of items) data.set(type, item);
    const opened: ImportPlace[] = [];
    const open = (place: ImportPlace): Promise<void> => Promise.resolve(void opened.push(place));
    await importInto(shop(config), data, { open }, storage);
    for (const place of opened) assert.equal(place.store, 'shop');
    return opened.map(({ file }) => file);
  }

  const people = vscode.Uri.file(path.join(tmpdir(), 'people, ü 100%.csv'));
  const more = vscode.Uri.file(path.join(tmpdir(), 'more.csv'));
  const list = (...lines: readonly string[]): readonly [string, vscode.DataTransferItem] => [
    'text/uri-list',
    new vscode.DataTransferItem(lines.join('\r\n')),
  ];

  test('arrive from the system as a list of addresses and as files with a path', async () => {
    const both = [
      list('# from elsewhere', people.toString(), more.toString(), ''),
      ['text/csv', fileItem('people.csv', '', people)] as const,
    ];
    assert.deepEqual(await drop(both), [people.fsPath, more.fsPath]);
    assert.deepEqual(await drop([['text/csv', fileItem('people.csv', '', people)]]), [people.fsPath], 'without a list');
    assert.deepEqual(await drop([list(people.toString(true))]), [people.fsPath], 'an address that is not encoded');
  });

  test('arrive from a browser as content only, and are kept with their name', async () => {
    for (const lines of [[], ['12:30.csv'], ['not an address']]) {
      const [file = '', ...others] = await drop([list(...lines), ['text/csv', fileItem('12:30.csv', 'email\r\na@example.com\r\n')]]);
      assert.deepEqual(others, []);
      assert.ok(file.startsWith(storage) && file.endsWith('.csv'), file);
      assert.equal(await readFile(file, 'utf8'), 'email\r\na@example.com\r\n');
    }
  });

  test('are refused with advice if they cannot be imported, before any of them is opened', async () => {
    const refused = async (doing: Promise<unknown>, code: string): Promise<void> => {
      await assert.rejects(doing, (error) => error instanceof ToolkitError && error.code === code);
    };
    await refused(drop([]), 'drop-file');
    await refused(drop([list('not an address')]), 'drop-file');
    await refused(drop([['text/plain', new vscode.DataTransferItem('email;name')]]), 'drop-file');
    await refused(drop([list(people.toString(), 'https://example.com/people.csv')]), 'file-place');
    await refused(drop([list(people.toString())], { readOnly: true }), 'read-only');
    await refused(
      importInto(undefined, new vscode.DataTransfer(), { open: () => Promise.reject(new Error('opened')) }, storage),
      'drop-place',
    );
  });
});

/** A file as VS Code passes it on. The desktop editor also passes its path. */
function fileItem(name: string, content: string, uri?: vscode.Uri): vscode.DataTransferItem {
  const file: vscode.DataTransferFile = {
    name,
    ...(uri === undefined ? {} : { uri }),
    data: () => Promise.resolve(new TextEncoder().encode(content)),
  };
  return new (class extends vscode.DataTransferItem {
    override asFile(): vscode.DataTransferFile {
      return file;
    }
  })('');
}
