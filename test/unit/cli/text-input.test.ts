import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { certificates } from '../../../src/store/settings/config';
import { isRecord, type SoapValue } from '../../../src/api/value';
import { withSession } from '../../../src/store/soap/raw-envelope';
import { cliProgram } from '../../support/built-cli';
import { selfSigned } from '../../support/tls';
import { serve } from '../../support/loopback';
import { tinyResult, tinyStore, tinyWsdl } from '../../support/tiny-store';
import { cli } from '../requests/support';

/** The same text in the encodings of common programs. */
const readable: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'UTF-8': (text) => Buffer.from(text),
  'UTF-8 with a mark, as PowerShell writes it': (text) => Buffer.from(`\ufeff${text}`),
  'UTF-16LE with a mark, as older PowerShell writes it': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'UTF-16BE with a mark': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

/** The same text in encodings that cannot be detected. */
const unreadable: Readonly<Record<string, (text: string) => Uint8Array>> = {
  'Windows-1252': (text) => Buffer.from(text, 'latin1'),
  'UTF-16 without a mark': (text) => Buffer.from(text, 'utf16le'),
  'a cut UTF-8 sequence': (text) => Buffer.concat([Buffer.from(text), Buffer.from([0xc3])]),
};

function folder(t: TestContext): (name: string, bytes: Uint8Array | string) => string {
  const path = mkdtempSync(join(tmpdir(), 'maho-text-'));
  t.after(() => rmSync(path, { recursive: true, force: true }));
  return (name, bytes) => {
    const file = join(path, name);
    writeFileSync(file, bytes);
    return file;
  };
}

/** A store that keeps the names of the last calls' filters. */
async function listening(t: TestContext): Promise<{ readonly url: string; readonly lastnames: string[] }> {
  const lastnames: string[] = [];
  const store = await tinyStore(t, 'v1', ({ args }) => {
    lastnames.push(...lastnamesIn(args));
    return { value: [] };
  });
  return { url: store.url, lastnames };
}

function lastnamesIn(value: SoapValue): string[] {
  if (Array.isArray(value)) return value.flatMap(lastnamesIn);
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => (key === 'lastname' && typeof item === 'string' ? [item] : lastnamesIn(item)));
}

const args = JSON.stringify({ filters: { lastname: 'Müller' } });
const call = (given: string, url: string): string[] => ['call', 'customer.list', given, '--url', url, '--user', 'api', '--dialect', 'v1'];

/** Every option through which a text reaches the store: the command line when the text is in a file of this name. */
const ways: Readonly<
  Record<
    string,
    {
      readonly text: string;
      readonly name: string;
      readonly run: (file: string, url: string, write: (name: string, bytes: string) => string) => readonly string[];
    }
  >
> = {
  'a request file': {
    name: 'a.maho.json',
    text: JSON.stringify({ requests: [{ name: 'A', method: 'customer.list', args: { filters: { lastname: 'Müller' } } }] }),
    run: (file, url) => ['run', file, '--url', url, '--user', 'api', '--dialect', 'v1'],
  },
  'an environment file': {
    name: 'staging.env.json',
    text: '{ "name": "Müller" }',
    run: (file, url, write) => [
      'run',
      write(
        'b.maho.json',
        JSON.stringify({ requests: [{ name: 'A', method: 'customer.list', args: { filters: { lastname: '{{name}}' } } }] }),
      ),
      '--env',
      file,
      '--url',
      url,
      '--user',
      'api',
      '--dialect',
      'v1',
    ],
  },
  '@file': { name: 'args.json', text: args, run: (file, url) => call(`@${file}`, url) },
};

suite('text input', () => {
  for (const [way, { text, name, run }] of Object.entries(ways)) {
    test(`${way} is read in each encoding that can be detected, and refused with the place in others`, async (t) => {
      const { url, lastnames } = await listening(t);
      const write = folder(t);
      for (const [encoding, encode] of Object.entries(readable)) {
        lastnames.length = 0;
        const { code, err } = await cli(run(write(name, encode(text)), url, write));
        assert.deepEqual([code, err, lastnames], [0, '', ['Müller']], encoding);
      }
      for (const [encoding, encode] of Object.entries(unreadable)) {
        lastnames.length = 0;
        const { code, err, out } = await cli(run(write(name, encode(text)), url, write));
        assert.deepEqual([code, lastnames], [2, []], encoding);
        assert.match(err + out, /cannot be read/, encoding);
        assert.match(err + out, encoding === 'UTF-16 without a mark' ? /UTF-16 without a byte order mark/ : /Line 1, column \d+/, encoding);
        assert.match(err + out, /encoding UTF-8/, encoding);
        assert.doesNotMatch(err + out, /bug in the toolkit|\ufffd/, encoding);
      }
    });
  }

  test('the settings are read in each encoding that can be detected, and refused with the place in others', async (t) => {
    const { url, lastnames } = await listening(t);
    const write = folder(t);
    const text = JSON.stringify({ 'mahoSoap.stores': [{ name: 'Über', url, user: 'api', dialect: 'v1' }] });
    const file = write(
      'a.maho.json',
      JSON.stringify({ requests: [{ name: 'A', method: 'customer.list', args: { filters: { lastname: 'x' } } }] }),
    );
    const env = { MAHO_SOAP_KEY: 'k', MAHO_SOAP_HOSTS: new URL(url).host };
    for (const [encoding, encode] of Object.entries(readable)) {
      lastnames.length = 0;
      const { code, err } = await cli(['run', file, '--store', 'Über', '--settings', write('settings.json', encode(text))], env);
      assert.deepEqual([code, err, lastnames], [0, '', ['x']], encoding);
    }
    for (const [encoding, encode] of Object.entries(unreadable)) {
      const { code, err } = await cli(['run', file, '--store', 'Über', '--settings', write('settings.json', encode(text))], env);
      assert.equal(code, 2, encoding);
      assert.match(err, /cannot be read/, encoding);
    }
  });

  test('a file that is not text does not prevent the others from running', async (t) => {
    const { url, lastnames } = await listening(t);
    const write = folder(t);
    const text = ways['a request file']?.text ?? '';
    const { code, out } = await cli([
      'run',
      write('bad.maho.json', Buffer.from(text, 'latin1')),
      write('good.maho.json', text),
      '--url',
      url,
      '--user',
      'api',
      '--dialect',
      'v1',
    ]);
    assert.equal(code, 2);
    assert.deepEqual(lastnames, ['Müller']);
    assert.match(out, /0xFC cannot be read\. In Windows-1252 it would be "ü"/);
  });

  test('standard input is read in the same way', async (t) => {
    const { url, lastnames } = await listening(t);
    const piped = async (bytes: Uint8Array): Promise<{ code: unknown; err: string }> => {
      const child = spawn(process.execPath, [...cliProgram(), ...call('-', url)], {
        env: { ...process.env, MAHO_SOAP_KEY: 'k' },
        stdio: ['pipe', 'ignore', 'pipe'],
      });
      let err = '';
      child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
      child.stdin.end(bytes);
      const [code] = (await once(child, 'close')) as unknown[];
      return { code, err };
    };
    const [marked, wide, other] = await Promise.all([
      piped(Buffer.from(`\ufeff${args}`)),
      piped(Buffer.from(`\ufeff${args}`, 'utf16le')),
      piped(Buffer.from(args, 'latin1')),
    ]);
    assert.deepEqual(
      [marked, wide],
      [
        { code: 0, err: '' },
        { code: 0, err: '' },
      ],
    );
    assert.deepEqual(lastnames, ['Müller', 'Müller']);
    assert.equal(other.code, 2);
    assert.match(other.err, /Standard input is not UTF-8 text/);
    assert.match(other.err, /OutputEncoding/);
  });

  test('a CA file is read with a byte order mark, in UTF-16, and with names in any encoding between its certificates', async (t) => {
    const write = folder(t);
    const { cert } = selfSigned;
    for (const bytes of [
      Buffer.from(`\ufeff${cert}`),
      Buffer.from(`\ufeff${cert}`, 'utf16le'),
      Buffer.from(`# Zürich\n${cert}`, 'latin1'),
    ]) {
      assert.match(await certificates(write('ca.pem', bytes)), /BEGIN CERTIFICATE[^]*END CERTIFICATE/);
    }
  });
});

suite('--raw', () => {
  const session = '5e55'.padEnd(32, '0');
  const envelopes = ['cp1252.xml', 'bom.xml', 'utf16.xml', 'undeclared.xml'];

  for (const name of envelopes) {
    test(`sends the bytes of ${name} unchanged except for the session`, async (t) => {
      const bodies: Buffer[] = [];
      const types: (string | undefined)[] = [];
      const store = await serve(t, ({ request, body }, response) => {
        response.setHeader('Content-Type', 'text/xml; charset=utf-8');
        if (request.method === 'GET') return void response.end(tinyWsdl('v2', `http://${request.headers.host ?? ''}/`));
        if (/<login|:login/.test(body.toString('latin1'))) return void response.end(tinyResult('login', session));
        if (/endSession/.test(body.toString('latin1'))) return void response.end(tinyResult('endSession', true));
        bodies.push(body);
        types.push(request.headers['content-type']);
        response.end(tinyResult('customerCustomerList', []));
      });
      const path = resolve(import.meta.dirname, '../../fixtures/raw-envelopes', name);
      const bytes = readFileSync(path);
      const { code, err } = await cli(['call', '--raw', path, '--url', `${store.url}/api/v2_soap/`, '--user', 'api', '--verbose']);
      assert.equal(code, 0, err);
      const wide = name === 'utf16.xml';
      const encoded = (text: string): string => Buffer.from(text, wide ? 'utf16le' : 'latin1').toString('latin1');
      assert.equal(bodies.length, 1);
      assert.equal(bodies[0]?.toString('latin1'), bytes.toString('latin1').replace(encoded('{{session}}'), encoded(session)));
      assert.deepEqual(types, ['text/xml'], 'no charset is claimed for bytes that say their own');
      // The output is text, so that the session is found and masked in it in every encoding.
      assert.doesNotMatch(err.replaceAll('\0', ''), new RegExp(session));
      assert.match(err, /<sessionId>••••••<\/sessionId>/);
    });
  }

  test('a session with characters of XML or of replacement patterns is inserted unchanged', () => {
    assert.equal(
      Buffer.from(withSession(Buffer.from('<s>{{session}}</s><s>{{session}}</s>'), '$&<ü')).toString(),
      '<s>$&amp;&lt;&#252;</s><s>$&amp;&lt;&#252;</s>',
    );
    assert.equal(Buffer.from(withSession(Buffer.from('<s/>'), 'x')).toString(), '<s/>');
  });
});
