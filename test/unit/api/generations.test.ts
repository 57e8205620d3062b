import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findGeneration, generationIds, generationNames, generationOf, generations, products } from '../../../src/api/generations';

test('every generation is found by its ID, and a product alone is its newest generation', () => {
  assert.deepEqual(
    generations.map(({ id }) => id),
    [...generationIds],
  );
  for (const id of generationIds) assert.equal(findGeneration(id), generationOf(id));
  assert.deepEqual(
    products.map((product) => findGeneration(product)?.id),
    ['maho@26.7', 'openmage@20.18', 'magento@1.9'],
  );
  for (const name of generationNames) assert.notEqual(findGeneration(name), undefined, name);
});

test('a patch version belongs to its generation, and other versions belong to none', () => {
  assert.equal(findGeneration('Maho@26.7.4')?.id, 'maho@26.7');
  assert.equal(findGeneration('maho@25.5.0')?.id, 'maho@25');
  assert.equal(findGeneration(' OpenMage@20.0.20 ')?.id, 'openmage@20.0');
  for (const name of ['maho@26', 'maho@26.70', 'maho@', 'openmage@20.180', 'openmage@20.1', 'magento@2', '', '@', 'maho@25@', 'shopware']) {
    assert.equal(findGeneration(name), undefined, name);
  }
});
