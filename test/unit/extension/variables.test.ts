import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { expandVariables } from '../../../src/extension/stores/variables';

describe('Variables in settings', () => {
  test('stand for what is in the environment', () => {
    assert.equal(expandVariables('https://${env:SHOP}.example.com/${env:PATH_OF_SHOP}', { SHOP: 'de', PATH_OF_SHOP: 'api' }), 'https://de.example.com/api');
    assert.equal(expandVariables('nothing $here {env:X}', {}), 'nothing $here {env:X}');
  });

  test('are an error with the name of the variable when it is not set, or empty', () => {
    for (const env of [{}, { SHOP: '' }]) {
      assert.throws(() => expandVariables('${env:SHOP}', env), (error) => error instanceof ToolkitError && error.code === 'variable-missing' && /SHOP/.test(error.message));
    }
  });

  test('are replaced once: what stands in the environment is not read for variables again', () => {
    assert.equal(expandVariables('${env:A}', { A: '${env:B}', B: 'secret' }), '${env:B}');
  });
});
