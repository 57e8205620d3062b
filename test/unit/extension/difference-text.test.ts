import assert from 'node:assert/strict';
import { test } from 'node:test';
import { differenceOf } from '../../../src/api/store-methods/difference';
import { productMethods } from '../../../src/api/store-methods/products';
import { StoreMethods } from '../../../src/api/store-methods/store-methods';
import { differenceText } from '../../../src/extension/api/difference-text';

test('the comparison of two stores begins with the number of methods that only one of them has, and lists them', async () => {
  const [first, second] = [await productMethods('maho'), await productMethods('openmage')];
  const difference = differenceOf(first, second);
  const text = differenceText({ name: 'Staging', methods: first }, { name: 'Live', methods: second }, difference);
  const [title, line] = text.split('\n\n');
  assert.equal(title, '# Methods of Staging and Live');
  const counts = new RegExp(
    `^only Staging: ${difference.onlyFirst.length}; only Live: ${difference.onlySecond.length}(?:; other arguments: ` +
      `${difference.otherArguments.length})?; in both: ${first.methods.length - difference.onlyFirst.length}$`,
  );
  assert.match(line ?? '', counts);
  assert.ok(difference.onlyFirst.length > 0);
  for (const { id } of difference.onlyFirst) assert.ok(text.includes(`- ${id.replace(/[._]/g, '\\$&')}`), id);
  assert.equal(text.match(/^- /gm)?.length, difference.onlyFirst.length + difference.onlySecond.length + difference.otherArguments.length);
});

test('a store that is compared with itself has no missing methods', async () => {
  const methods = await productMethods('maho');
  const text = differenceText({ name: 'A', methods }, { name: 'B', methods }, differenceOf(methods, methods));
  assert.match(text, /only A: 0; only B: 0; in both: \d+$/);
  assert.doesNotMatch(text, /##/);
});

test('names and titles of stores are escaped', () => {
  const evil = new StoreMethods({
    version: 1,
    namespace: '',
    from: ['v1'],
    resources: [{ name: 'evil', methods: [{ name: 'list', title: '![x](http://a/b) [y](command:z)' }] }],
    types: {},
  });
  const text = differenceText(
    { name: '[s](command:z)', methods: evil },
    { name: 'B', methods: StoreMethods.empty },
    differenceOf(evil, StoreMethods.empty),
  );
  assert.doesNotMatch(text, /[^\\]\]\(/);
  assert.doesNotMatch(text, /[^\\]!/);
});
