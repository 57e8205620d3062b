import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { translate, type TranslatedRequest } from '../../../src/rest-equivalent';
import { samples } from './samples';

/** A request in the form of the samples. */
function lineOf({ http, path, query, paged, conditions, part }: TranslatedRequest): string {
  const asked = query.map(([name, value]) => `${name}=${value}`).join('&');
  const extra = [
    ...(paged ? ['paged'] : []),
    ...conditions.map(({ attribute, operator }) => `${attribute} ${operator ?? 'eq'}`),
    ...(part === undefined ? [] : [part]),
  ];
  return `${http} ${path}${asked === '' ? '' : `?${asked}`}${extra.length === 0 ? '' : ` (${extra.join(', ')})`}`;
}

describe('a call over REST', () => {
  for (const { title, call, verdict, request, body, reasons } of samples)
    test(title, () => {
      const found = translate(call);
      assert.ok(found !== undefined);
      assert.equal(found.verdict, verdict);
      assert.equal(found.request === undefined ? undefined : lineOf(found.request), request);
      if (body !== undefined) assert.deepEqual({ ...found.request?.body }, body);
      if (reasons !== undefined) {
        assert.equal(found.reasons.length, reasons.length, JSON.stringify(found.reasons));
        for (const part of reasons)
          assert.ok(
            found.reasons.some(({ text }) => text.includes(part)),
            part,
          );
      }
    });

  test('methods beyond the customer family have no entry', () => {
    assert.equal(translate({ method: 'catalog_product.list', args: {} }), undefined);
    assert.equal(translate({ method: 'constructor', args: {} }), undefined);
  });
});
