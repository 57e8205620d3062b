// `npm run watch`: the task "watch" of the editor opens a window with the extension as soon as "build finished" is printed.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { suite, test } from 'node:test';
import { inNewFolder } from '../../support/folder';

const root = join(import.meta.dirname, '../../..');

suite('The build that watches', () => {
  test('says that it finished once, when the files of the extension and of its pages are there, and ends completely', async () => {
    await inNewFolder('build-watch-', async (out) => {
      const watching = spawn(process.execPath, ['scripts/build.mjs', '--watch', '--out', out, '--only', 'extension,method'], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      // Its output ends with the last of its processes.
      const ended = once(watching, 'close');
      watching.stderr.pipe(process.stderr, { end: false });
      try {
        const lines: string[] = [];
        for await (const line of createInterface(watching.stdout)) {
          lines.push(line);
          if (line.startsWith('build finished')) break;
        }
        const missing = ['extension.cjs', 'webview/method.js'].filter((file) => !existsSync(join(out, file)));
        assert.deepEqual([lines, missing], [['build started', 'build finished, 0 errors'], []]);
      } finally {
        watching.kill();
        await ended;
      }
    });
  });
});
