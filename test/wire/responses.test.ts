import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decodeResponse } from '../../src/soap/decoding/decode';
import { recordings, wireFile, type RecordedGeneration } from '../support/wire';

/** What PHP's own client makes of a response. */
type Expected =
  | { readonly kind: 'result'; readonly operation: string; readonly value: unknown }
  | { readonly kind: 'fault'; readonly code: string; readonly message: string }
  | { readonly kind: 'not-soap' };

const generations = ['maho@25', 'maho@26.7'] as const satisfies readonly RecordedGeneration[];

const folders = [
  { folder: 'v1', expected: 'maho-v1' },
  { folder: 'v2', expected: 'maho-v2' },
  { folder: 'v2-wsi', expected: 'maho-v2-wsi' },
  { folder: 'address/v1', expected: 'maho-address-v1' },
  { folder: 'address/v2', expected: 'maho-address-v2' },
  { folder: 'address/v2-wsi', expected: 'maho-address-v2-wsi' },
];

const counts = { v1: 197, v2: 170, 'v2-wsi': 167, 'address/v1': 21, 'address/v2': 21, 'address/v2-wsi': 21 } as Record<string, number>;

for (const id of generations)
  for (const { folder, expected } of folders) {
    test(`all ${counts[folder]} recorded responses of ${folder} of ${id} decode to what PHP makes of them`, (t) => {
      const answers = JSON.parse(wireFile(`expected/${expected}.json`, id)) as Record<string, Expected>;
      const all = recordings(folder, id);
      for (const recording of all) {
        const decoded = decodeResponse(recording.response(), { wrappers: true });
        const { charset: _charset, junk: _junk, ...rest } = decoded;
        const seen =
          rest.kind === 'result'
            ? { kind: rest.kind, operation: rest.operation, value: rest.value }
            : rest.kind === 'fault'
              ? { kind: rest.kind, code: rest.fault.code, message: rest.fault.message }
              : { kind: rest.kind };
        assert.deepEqual(comparable(seen), comparable(answers[recording.name]), recording.name);
      }
      assert.equal(all.length, counts[folder]);
      t.diagnostic(`${all.length} responses`);
    });
  }

/** PHP cannot tell an empty map from an empty list. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  return entries.length === 0 ? [] : Object.fromEntries(entries.map(([key, inner]) => [key, comparable(inner)]));
}
