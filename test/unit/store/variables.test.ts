import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ToolkitError } from '../../../src/api/errors';
import { expandStore, expandVariables } from '../../../src/store/settings/variables';

describe('Variables in settings', () => {
  test('stand for what is in the environment', () => {
    assert.equal(
      expandVariables('https://${env:SHOP}.example.com/${env:PATH_OF_SHOP}', { SHOP: 'de', PATH_OF_SHOP: 'api' }),
      'https://de.example.com/api',
    );
    assert.equal(expandVariables('nothing $here {env:X}', {}), 'nothing $here {env:X}');
  });

  test('are an error with the name of the variable when it is not set, or empty', () => {
    for (const env of [{}, { SHOP: '' }]) {
      assert.throws(
        () => expandVariables('${env:SHOP}', env),
        (error) => error instanceof ToolkitError && error.code === 'variable-missing' && /SHOP/.test(error.message),
      );
    }
  });

  test('never put a key anywhere, whatever the case', () => {
    for (const name of ['MAHO_SOAP_KEY', 'maho_soap_key_shop', 'MAHO_SOAP_WEB_PASSWORD']) {
      assert.throws(
        () => expandVariables(`https://x.example/\${env:${name}}`, { [name]: 'secret' }),
        (error) => error instanceof ToolkitError && error.code === 'variable-key' && !error.message.includes('secret'),
        name,
      );
    }
  });

  test('are replaced in everything a store has to be reached with', () => {
    const env = { HOST: 'de.example.com', USER: 'api', WEB: 'web', HOME: '/home/me' };
    const store = {
      name: 'S ${env:HOST}',
      url: 'https://${env:HOST}',
      user: '${env:USER}',
      webUser: '${env:WEB}',
      caFile: '${env:HOME}/ca.pem',
      readOnly: true,
    };
    assert.deepEqual(expandStore(store, env), {
      name: 'S ${env:HOST}',
      url: 'https://de.example.com',
      user: 'api',
      webUser: 'web',
      caFile: '/home/me/ca.pem',
      readOnly: true,
    });
    assert.deepEqual(expandStore({ name: 'S', url: 'https://x.example', user: 'u' }, {}), {
      name: 'S',
      url: 'https://x.example',
      user: 'u',
    });
  });

  test('are replaced once: what stands in the environment is not read for variables again', () => {
    assert.equal(expandVariables('${env:A}', { A: '${env:B}', B: 'secret' }), '${env:B}');
  });
});
