import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import * as vscode from 'vscode';
import { ExchangeHistory } from '../../src/extension/calls/exchange-history';
import { Log } from '../../src/extension/log/log';

suite('The file of the history', () => {
  let folder = '';
  setup(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'maho-soap-history-'));
  });
  teardown(async () => {
    await rm(folder, { recursive: true, force: true });
  });

  for (const [what, bytes] of [
    ['half of its text', Buffer.from('[{"id":"1","store":"Sh')],
    ['no text at all', Buffer.from([0xff, 0xfe, 0x00, 0xd8])],
  ] as const) {
    test(`is kept as a copy and not overwritten when it has ${what}`, async () => {
      await writeFile(path.join(folder, 'history.json'), bytes);
      const history = new ExchangeHistory(vscode.Uri.file(folder), new Log());
      assert.deepEqual(await history.load(), []);
      const task = { title: 'Import of a.csv', summary: '1 created', store: 'Shop', dialect: undefined };
      history.recordTask({ ...task, at: 1, ms: 1, counts: { created: 1 }, problem: undefined });
      await new Promise((resolve) => setTimeout(resolve, 0));
      await history.load();
      await history.written();
      assert.deepEqual((await readdir(folder)).sort(), ['history.json', 'history.unreadable.json']);
      assert.deepEqual(await readFile(path.join(folder, 'history.unreadable.json')), bytes);
      assert.ok((await readFile(path.join(folder, 'history.json'), 'utf8')).includes('Import of a.csv'));
      history.dispose();
    });
  }
});
