import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recordings, wireFile, wireFolders, wireNames, type RecordedStore } from '../../support/wire';

const stores = ['maho@25', 'maho@26.7', 'openmage@20.18'] as const satisfies readonly RecordedStore[];

test('every recorded exchange has its request, its answer and what was noted beside them', () => {
  let exchanges = 0;
  for (const store of stores) {
    for (const folder of wireFolders(store)) {
      for (const recording of recordings(folder, store)) {
        assert.match(recording.name, /^\d+-/);
        assert.ok(
          recording.meta().method !== '' && recording.request() instanceof Buffer && recording.response() instanceof Buffer,
          recording.name,
        );
        exchanges++;
      }
    }
  }
  assert.ok(exchanges > 1_500, `${exchanges}`);
});

test('the recordings say nothing about the machine that made them', () => {
  const personal = /\/(?:home|root|tmp|work|Users|mnt)\/|\\Users\\|localhost\.localdomain|\.internal\b|\.local\b/;
  const found: string[] = [];
  for (const store of stores) {
    for (const folder of ['files', ...wireFolders(store)]) {
      for (const name of wireNames(folder, store)) {
        const seen = personal.exec(wireFile(`${folder === 'files' ? '' : `${folder}/`}${name}`, store))?.[0];
        if (seen !== undefined) found.push(`${store} ${folder}/${name}: ${seen}`);
      }
    }
  }
  assert.deepEqual(found, []);
});
