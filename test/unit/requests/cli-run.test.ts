import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import { readTree } from '../../../src/soap/decoding/tree';
import { cli, demo, folder } from './support';

const groups = { name: 'Groups', method: 'customer_group.list', expect: { result: { $length: [1, null] } } };
const wrong = { name: 'Wrong', method: 'customer_group.list', expect: { result: [] } };
const broken = { name: 'Broken', method: 'customer.info', args: ['{{nobody}}'] };

suite('maho-soap run', () => {
  test('exits with 0 if everything passes, 1 if an expectation failed, 2 if something could not run', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'good.maho.json': { requests: [groups] },
      'wrong.maho.json': { requests: [groups, wrong] },
      'broken.maho.json': { requests: [wrong, broken] },
    });
    const run = async (...files: readonly string[]): Promise<number> =>
      (await cli(['run', ...files.map((file) => join(path, file)), '--url', store.urls.v2, '--user', 'apiUser'])).code;
    assert.deepEqual(
      [await run('good.maho.json'), await run('good.maho.json', 'wrong.maho.json'), await run('wrong.maho.json', 'broken.maho.json')],
      [0, 1, 2],
    );
  });

  test('runs folders, and prints each file when it ends', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': { requests: [groups] }, 'b.maho.json': { requests: [wrong] }, 'other.json': '{' });
    const { out, code } = await cli(['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--parallel', '2']);
    assert.match(out, /a\.maho\.json on 127\.0\.0\.1:\d+\n {2}passed +Groups/);
    assert.match(out, /failed +Wrong[^]*result: expected|result\[0\]: expected nothing/);
    assert.match(out, /1 passed, 1 failed in \d/);
    assert.equal(code, 1);
  });

  test('reads variables from an environment file and from the environment, but never a key', async (context) => {
    const store = await demo(context);
    const read = (id: string): object => ({
      variables: { id: 1 },
      requests: [{ name: 'Read', method: 'customer.info', args: [id], expect: { result: { $partial: { customer_id: '{{id}}' } } } }],
    });
    const path = await folder(context, {
      'a.maho.json': read('{{id}}'),
      'b.maho.json': read('{{$env CUSTOMER}}'),
      'c.maho.json': read('{{$env MAHO_SOAP_KEY}}'),
      'staging.json': '// here\n{ "id": 7 }',
    });
    const run = async (file: string): Promise<{ readonly code: number; readonly out: string }> =>
      await cli(['run', join(path, file), '--url', store.urls.v1, '--user', 'apiUser', '--env', join(path, 'staging.json')], {
        MAHO_SOAP_KEY: 'apiKey12345',
        CUSTOMER: '7',
      });
    assert.equal((await run('a.maho.json')).code, 0);
    assert.equal((await run('b.maho.json')).code, 0);
    const { code, out } = await run('c.maho.json');
    assert.equal(code, 2);
    assert.match(out, /keys are never variables/);
    assert.doesNotMatch(out, /apiKey12345/);
    assert.ok(store.requests.some(({ args }) => args.includes('7')));
  });

  test('reports a variable of an environment file that is probably misspelled, but not variables of other files', async (context) => {
    const store = await demo(context);
    const path = await folder(context, {
      'a.maho.json': {
        variables: { email: 'a@example.com', region: '{{zone}}' },
        requests: [{ name: 'List', method: 'customer.list', args: { filters: { email: '{{email}}' } } }],
      },
      'wrong.json': { emial: 'b@example.com', zone: 'x', unrelated: 1 },
      'right.json': { email: 'b@example.com', emails: 'c@example.com', zone: 'x', unrelated: 1 },
    });
    const run = async (env: string): Promise<string> =>
      (await cli(['run', path, '--url', store.urls.v1, '--user', 'apiUser', '--only', 'List', '--env', join(path, env)])).err;
    assert.match(await run('wrong.json'), /^Note: "emial" from .*wrong\.json is not used\. Did you mean "email"\?\n$/);
    assert.equal(await run('right.json'), '');
  });

  test('writes reports for machines', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': { requests: [groups, wrong] } });
    const target = ['run', path, '--url', store.urls.wsi, '--user', 'apiUser'];
    const data = JSON.parse((await cli([...target, '--reporter', 'json'])).out) as { counts: object };
    assert.deepEqual(data.counts, { passed: 1, failed: 1, error: 0, skipped: 0, cancelled: 0 });
    const out = join(path, 'report.xml');
    const { out: printed, code } = await cli([...target, '--reporter', 'junit', '--out', out]);
    assert.equal(code, 1);
    assert.match(printed, /^1 passed, 1 failed in /);
    assert.equal(
      readTree(await readFile(out, 'utf8'), {})
        .child('testsuite')
        ?.attribute('failures'),
      '1',
    );
  });

  test('runs only the requests whose names match a pattern', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': { requests: [groups, wrong] } });
    const target = ['run', path, '--url', store.urls.v2, '--user', 'apiUser', '--only'];
    assert.equal((await cli([...target, 'gro*'])).code, 0);
    const nothing = await cli([...target, 'nothing like it']);
    assert.deepEqual([nothing.code, /No request matches/.test(nothing.err)], [2, true]);
  });
});

suite('The store of a run', () => {
  const setup = async (
    context: Parameters<typeof demo>[0],
  ): Promise<{
    readonly path: string;
    readonly args: (...more: readonly string[]) => readonly string[];
    readonly customers: () => number;
  }> => {
    const store = await demo(context);
    const settings = `{
      // Committed by the team; keys never stand here.
      "mahoSoap.stores": [
        { "name": "Staging DE", "url": "\${env:STAGING_URL}", "user": "apiUser" },
        { "name": "Shop", "url": "${store.urls.v2}", "user": "apiUser", "environment": "production" },
        { "name": "Archive", "url": "${store.urls.v2}", "user": "apiUser", "readOnly": true },
        { "name": "Twice", "url": "${store.urls.v1}", "user": "apiUser" },
        { "name": "Twice", "url": "${store.urls.v2}", "user": "apiUser", "environment": "production" },
        { "name": "Behind", "url": "${store.urls.v1}", "user": "\${env:API_USER}", "caFile": "\${env:CA_FOLDER}/ca.pem", "webUser": "web" },
        { "broken": true },
      ],
    }`;
    const path = await folder(context, {
      'settings.json': settings,
      'named.maho.json': { store: 'Staging DE', requests: [groups] },
      'typo.maho.json': { store: 'Stagin DE', requests: [groups] },
      'nameless.maho.json': { requests: [groups] },
      'write.maho.json': { requests: [{ name: 'Remove', method: 'customer.delete', args: [5], expect: { result: true } }] },
    });
    url = store.urls.v1;
    return {
      path,
      args: (...more) => [
        'run',
        ...more.map((part) => (part.endsWith('.maho.json') ? join(path, part) : part)),
        '--settings',
        join(path, 'settings.json'),
      ],
      customers: () => store.customers(),
    };
  };
  let url = '';
  const env = (more: Readonly<Record<string, string>>): Readonly<Record<string, string>> => ({
    STAGING_URL: url,
    MAHO_SOAP_HOSTS: '127.0.0.1',
    ...more,
  });

  test('is named by the file or by an option, and can have a separate key', async (context) => {
    const { args } = await setup(context);
    assert.equal((await cli(args('named.maho.json'), env({ MAHO_SOAP_KEY_STAGING_DE: 'apiKey12345', MAHO_SOAP_KEY: 'another' }))).code, 0);
    assert.equal((await cli(args('nameless.maho.json', '--store', 'Staging DE'), env({ MAHO_SOAP_KEY: 'apiKey12345' }))).code, 0);
    const without = await cli(args('named.maho.json'), env({}));
    assert.deepEqual([without.code, /MAHO_SOAP_KEY/.test(without.out)], [2, true]);
    const denied = await cli(args('named.maho.json'), env({ MAHO_SOAP_KEY: 'wrong key' }));
    assert.notEqual(denied.code, 0);
    assert.doesNotMatch(denied.out + denied.err, /wrong key/);
  });

  test('is reported for its file if it does not exist, and the other files run', async (context) => {
    const { args } = await setup(context);
    const { code, out } = await cli(args('typo.maho.json', 'named.maho.json'), env({ MAHO_SOAP_KEY: 'apiKey12345' }));
    assert.equal(code, 2);
    assert.match(out, /There is no store "Stagin DE"\.\n[^]*"Staging DE", "Shop", "Archive"/);
    assert.match(out, /1 passed, 1 file could not run/);
    const nameless = await cli(args('nameless.maho.json'), env({}));
    assert.deepEqual([nameless.code, /No store was given/.test(nameless.out)], [2, true]);
  });

  test('is refused if its name is ambiguous, or if a variable in it is missing or contains a key', async (context) => {
    const { args } = await setup(context);
    const say = async (store: string, more: Readonly<Record<string, string>>): Promise<string> => {
      const { code, out, err } = await cli(
        args('nameless.maho.json', '--store', store),
        env({ MAHO_SOAP_KEY: 'apiKey12345', MAHO_SOAP_WEB_PASSWORD: 'x', ...more }),
      );
      assert.equal(code, 2);
      return out + err;
    };
    assert.match(await say('Twice', {}), /The name "Twice" is not unique/);
    assert.match(await say('Behind', {}), /environment variable API_USER is not set/);
    assert.match(await say('Behind', { API_USER: 'apiUser' }), /environment variable CA_FOLDER is not set/);
    assert.match(await say('Behind', { API_USER: 'apiUser', CA_FOLDER: '/nowhere' }), /its CA file is not allowed/);
  });

  test('gets no writes if it is read-only, and on production only with its name', async (context) => {
    const { args, customers } = await setup(context);
    const key = env({ MAHO_SOAP_KEY: 'apiKey12345' });
    assert.equal((await cli(args('write.maho.json', '--store', 'Archive', '--confirm', 'Archive'), key)).code, 2);
    assert.equal((await cli(args('write.maho.json', '--store', 'Shop'), key)).code, 2);
    assert.equal((await cli(args('write.maho.json', '--store', 'Shop', '--confirm', 'shop'), key)).code, 2);
    assert.equal(customers(), 20);
    assert.equal((await cli(args('write.maho.json', '--store', 'Shop', '--confirm', 'Shop'), key)).code, 0);
    assert.equal(customers(), 19);
  });
});

suite('The errors of a run', () => {
  test('have their place', async (context) => {
    const path = await folder(context, { 'broken.maho.json': '{\n  "requests": [ { "name" ', 'env.json': '{ nope', 'empty.txt': '' });
    const target = ['--url', 'http://127.0.0.1:9', '--user', 'apiUser'];
    const say = async (...args: readonly string[]): Promise<string> => {
      const { code, out, err } = await cli(['run', ...args]);
      assert.equal(code, 2, out + err);
      return out + err;
    };
    assert.match(await say(join(path, 'broken.maho.json'), ...target), /cannot be run\.\n +Line 2, column \d+: /);
    assert.match(await say(join(path, 'missing.maho.json'), ...target), /The file .*missing\.maho\.json does not exist/);
    assert.match(
      await say(join(path, 'broken.maho.json'), ...target, '--env', join(path, 'nothing.json')),
      /environment file .*nothing\.json cannot be read/,
    );
    assert.match(
      await say(join(path, 'broken.maho.json'), ...target, '--env', join(path, 'env.json')),
      /env\.json is not JSON\.\n.*Line 1, column/,
    );
    assert.match(await say(path, ...target, '--reporter', 'xml'), /is not a reporter/);
    assert.match(await say(path, ...target, '--store', 'A'), /cannot be used together/);
    assert.match(await say(path, '--url', 'http://127.0.0.1:9'), /--user is missing/);
    assert.match(await say(), /No request file was given/);
    assert.match(await say(path, '--settings', join(path, 'nothing.json')), /nothing\.json does not exist/);
    assert.match(await say(path, '--settings', join(path, 'env.json')), /not a settings file/);
  });

  test('cancel the rest if the run is stopped, with exit code 2', async (context) => {
    const store = await demo(context);
    const path = await folder(context, { 'a.maho.json': { requests: [groups, { ...groups, name: 'More' }] } });
    const stop = new AbortController();
    stop.abort();
    const { code, out } = await cli(
      ['run', path, '--url', store.urls.v1, '--user', 'apiUser'],
      { MAHO_SOAP_KEY: 'apiKey12345' },
      stop.signal,
    );
    assert.equal(code, 2);
    assert.match(out, /0 passed, 2 cancelled/);
  });
});
