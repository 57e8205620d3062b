import assert from 'node:assert/strict';
import { test } from 'node:test';
import { momentOf, offsetText, storeTime } from '../../../src/api/moments';
import { isList, isRecord, type SoapValue } from '../../../src/api/value';
import { text } from '../../../src/extension/customer/customer-summary';
import { decodeResponse } from '../../../src/soap/decoding/decode';
import { recording } from '../../support/wire';

const at = Date.UTC(2026, 10, 23, 8, 10, 35);

test('the time zone of a value is shown with its source', () => {
  assert.deepEqual(momentOf('created_at', '2026-11-23 08:10:35'), { at, wall: at, zone: 'utc', offset: 0, rule: 'UTC, as in lists' });
  const zoned = momentOf('created_at', '2026-11-23T03:10:35-05:00', { by: 'info' });
  assert.deepEqual([zoned?.at, zoned?.zone, zoned?.offset], [at, 'store', -300]);
  const beside = momentOf('created_at', '2026-11-23 03:10:35', { by: 'info', listed: '2026-11-23 08:10:35' });
  assert.deepEqual([beside?.at, beside?.zone, beside?.offset], [at, 'store', -300]);
  assert.match(beside?.rule ?? '', /UTC-05:00: the list has 2026-11-23 08:10:35/);
  const alone = momentOf('created_at', '2026-11-23 03:10:35', { by: 'info' });
  assert.deepEqual([alone?.at, alone?.zone], [undefined, 'unknown']);
  assert.equal(momentOf('updated_at', '2026-11-23 08:10:35', { by: 'info' })?.at, at, 'only created_at is given in the time of the store');
  assert.equal(momentOf('password_created_at', String(at / 1000), { by: 'info' })?.at, at);
});

test('the list explains the times of stores in UTC, in Nepal and on the date line, but not a value that was changed meanwhile', () => {
  for (const offset of [0, 345, 60, 840, -720]) {
    const moment = momentOf('created_at', storeTime(at, offset), { by: 'info', listed: '2026-11-23 08:10:35' });
    assert.deepEqual([moment?.at, moment?.offset], [at, offset], offsetText(offset));
  }
  for (const listed of ['2026-11-23 08:10:34', '2026-11-21 08:10:35', 'yesterday', ''])
    assert.equal(momentOf('created_at', '2026-11-23 03:10:35', { by: 'info', listed })?.zone, 'unknown', listed);
});

test('days that do not exist, zeros and words are not times', () => {
  for (const value of ['0000-00-00 00:00:00', '2026-02-30 10:00:00', '2026-11-23', 'yesterday', '', '12'])
    assert.equal(momentOf('created_at', value), undefined, value);
});

const recorded = {
  v1: ['60-info-1', '12-list-null-filter'],
  v2: ['60-info-1', '10-list-all'],
  'v2-wsi': ['57-info-1', '09-list-all'],
} as const;

for (const generation of ['maho@25', 'maho@26.7'] as const) {
  for (const [folder, names] of Object.entries(recorded)) {
    test(`the day of registration is the same in the list and in the record of ${generation}, ${folder}`, () => {
      const [info, list] = names.map((name) => answer(recording(folder, name, generation).response()));
      assert.ok(isRecord(info) && isList(list));
      const listed = list.filter(isRecord).find((row) => text(row['customer_id']) === text(info['customer_id']));
      assert.ok(listed !== undefined);
      const moment = momentOf('created_at', text(info['created_at']), { by: 'info', listed: text(listed['created_at']) });
      assert.deepEqual([moment?.at, moment?.offset], [momentOf('created_at', text(listed['created_at']))?.at, -300]);
      // The value that would be written to set the same day again equals the one in the record.
      assert.equal(storeTime(moment?.at ?? 0, moment?.offset ?? 0), text(info['created_at']).slice(0, 19).replace('T', ' '));
    });
  }
}

function answer(bytes: Uint8Array): SoapValue | undefined {
  const decoded = decodeResponse(bytes);
  return decoded.kind === 'result' ? decoded.value : undefined;
}
