// The body in a recording: its bytes, as text if they are text, without secrets.
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { Cassette, readCassette, startRecorder, startReplay } from '../../../src/record';
import { bytesOf, keptBody } from '../../../src/record/kept-body';
import { maskXml } from '../../../src/store/masking/mask';
import { openTransport } from '../../../src/store/calls/open-transport';
import { serve } from '../../support/loopback';
import { post } from '../demo/client';

const SECRET = 'Geheim-Schlüssel-1';
const same = (text: string): string => text;
const utf16 = (text: string, big = false): Buffer => (big ? Buffer.from(text, 'utf16le').swap16() : Buffer.from(text, 'utf16le'));
const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

const xml = '<?xml version="1.0"?><r><name>Søren &amp; Zoë</name></r>';

/** Bytes by their charset, and their form in the file. */
const bodies: readonly (readonly [what: string, bytes: Buffer, charset: string, file: 'text' | 'base64'])[] = [
  ['UTF-8', Buffer.from(xml), 'utf-8', 'text'],
  ['UTF-8 with a byte order mark', Buffer.from(`\ufeff${xml}`), 'utf-8', 'text'],
  ['UTF-8 with line ends of Windows and blanks at the end', Buffer.from(`${xml}\r\n \n`), 'utf-8', 'text'],
  ['nothing', Buffer.alloc(0), 'utf-8', 'text'],
  ['Latin-1', latin1(xml), 'iso-8859-1', 'text'],
  [
    'Windows-1252 with its own characters',
    Buffer.from([0x3c, 0x72, 0x3e, 0x80, 0x93, 0xe4, 0x3c, 0x2f, 0x72, 0x3e]),
    'windows-1252',
    'text',
  ],
  ['Cyrillic', Buffer.from([0x3c, 0x72, 0x3e, 0xcf, 0xf0, 0xe8, 0x3c, 0x2f, 0x72, 0x3e]), 'windows-1251', 'text'],
  ['UTF-16', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16(xml)]), 'utf-16le', 'text'],
  ['UTF-16 with the high byte first', Buffer.concat([Buffer.from([0xfe, 0xff]), utf16(xml, true)]), 'utf-16be', 'text'],
  ['UTF-16 that ends within a letter', utf16(xml).subarray(0, 31), 'utf-16le', 'base64'],
  ['Latin-1 that says it is UTF-8', latin1(xml), 'utf-8', 'base64'],
  ['UTF-8 that ends within a letter', Buffer.from('<r>ø').subarray(0, 4), 'utf-8', 'base64'],
  ['Shift_JIS', Buffer.from([0x3c, 0x72, 0x3e, 0x93, 0xfa, 0x96, 0x7b]), 'shift_jis', 'base64'],
  ['a charset that nobody knows', Buffer.from([0x3c, 0xff, 0x3e]), 'x-unheard-of', 'base64'],
  ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]), 'utf-8', 'base64'],
  ['compressed bytes', gzipSync(xml), 'utf-8', 'base64'],
  ['every byte there is', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)), 'iso-8859-1', 'base64'],
];

for (const [what, bytes, charset, file] of bodies) {
  test(`a body keeps its bytes: ${what}`, () => {
    const kept = keptBody(bytes, charset, same, []);
    assert.equal(kept.base64 === true ? 'base64' : 'text', file);
    assert.ok(bytesOf(kept, same).equals(bytes), `${bytesOf(kept, same).toString('hex')} for ${bytes.toString('hex')}`);
    // The files are UTF-8.
    assert.deepEqual(bytesOf({ ...kept, text: Buffer.from(kept.text, 'utf8').toString('utf8') }, same), bytes);
  });
}

test('a secret is hidden in bytes of any encoding', () => {
  const mask = (text: string): string => maskXml(text, [SECRET]);
  const holding = `<r><apiKey>${SECRET}</apiKey> ${SECRET}</r>`;
  const cases: readonly (readonly [Buffer, string])[] = [
    [Buffer.from(holding), 'utf-8'],
    [latin1(holding), 'iso-8859-1'],
    [latin1(holding), 'utf-8'],
    [utf16(holding), 'utf-16le'],
    [Buffer.concat([utf16(holding), Buffer.from([0])]), 'utf-16le'],
    [Buffer.concat([Buffer.from([0]), utf16(holding, true)]), 'utf-16be'],
    [Buffer.concat([Buffer.from(holding), Buffer.from([0xff, 0])]), 'utf-8'],
  ];
  for (const [bytes, charset] of cases) {
    const found = bytesOf(keptBody(bytes, charset, mask, [SECRET]), same);
    for (const form of [Buffer.from(SECRET), latin1(SECRET), utf16(SECRET), utf16(SECRET, true)])
      assert.equal(found.indexOf(form), -1, `${charset} ${found.toString('latin1')}`);
  }
});

async function recordedFrom(
  t: TestContext,
  url: string,
  ask: (base: string) => Promise<void>,
  more: { readonly maxKeptBytes?: number } = {},
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-cassette-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const config = { name: 'Shop', url, user: '' };
  const cassette = await Cassette.open(folder);
  const recorder = await startRecorder({
    config,
    transport: await openTransport(config, {}, undefined),
    port: 0,
    onPassed: (passed) => cassette.add(passed),
    ...more,
  });
  await ask(recorder.url);
  await recorder.close();
  await cassette.close();
  return folder;
}

const envelope = (id: number): string =>
  '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" ' +
  `xmlns:m="urn:Magento"><e:Body><m:call><resourcePath>customer.info</resourcePath><args>${id}` +
  '</args></m:call></e:Body></e:Envelope>';

test('a replay sends the bytes and headers of the store', async (t) => {
  const front = await serve(t, ({ body }, response) => {
    const [, bytes, charset] = bodies[Number(/<args>(\d+)/.exec(body.toString())?.[1])] ?? ['', Buffer.alloc(0), 'utf-8'];
    response.writeHead(200, { 'Content-Type': `text/xml; charset=${charset}` }).end(bytes);
  });
  const folder = await recordedFrom(t, `${front.url}/`, async (base) => {
    for (const id of bodies.keys()) await post(`${base}/api/soap/`, envelope(id));
  });
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  for (const [id, [what, bytes, charset]] of bodies.entries()) {
    // PHP and browsers decompress the body on receipt.
    if (what === 'compressed bytes') continue;
    const answer = await post(`${replay.url}/api/soap/`, envelope(id));
    assert.ok(answer.body.equals(bytes), `${what}: ${answer.body.toString('latin1')}`);
    assert.equal(answer.headers['content-type'], `text/xml; charset=${charset}`);
  }
  const names = await readdir(folder);
  assert.equal(
    names.filter((name) => name.endsWith('.base64.txt')).length,
    bodies.filter(([what, , , file]) => file === 'base64' && what !== 'compressed bytes').length,
  );
  const picture = names.find((name) => name.startsWith(String(bodies.findIndex(([what]) => what === 'a picture') + 1).padStart(4, '0')));
  assert.match(await readFile(join(folder, picture?.replace(/\..*$/, '.info.base64.txt') ?? ''), 'utf8'), /^iVBORw0KGgoAAAAN\n$/);
});

test('a redirect of the store leads to the replay', async (t) => {
  const front = await serve(t, ({ request }, response) => {
    response.writeHead(302, { Location: `http://${request.headers.host ?? ''}/api/v2_soap/?moved=1` }).end();
  });
  const folder = await recordedFrom(t, `${front.url}/`, async (base) => void (await post(`${base}/api/soap/`, envelope(1))));
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  const answer = await post(`${replay.url}/api/soap/`, envelope(1));
  assert.deepEqual([answer.status, answer.headers['location']], [302, `${replay.url}/api/v2_soap/?moved=1`]);
});

test('other HTTP methods than GET and POST are refused with a list of the allowed ones', async (t) => {
  const front = await serve(t, (_, response) => void response.end('<x/>'));
  const check = async (base: string): Promise<void> => {
    for (const method of ['HEAD', 'PUT', 'DELETE', 'OPTIONS']) {
      const { status, headers } = await fetch(`${base}/api/soap/?wsdl`, { method });
      assert.deepEqual([status, headers.get('allow')], [405, 'GET, POST'], method);
    }
    await post(`${base}/api/soap/`, envelope(1));
  };
  const folder = await recordedFrom(t, `${front.url}/`, check);
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  await check(replay.url);
});

test('a response that exceeds the available space is passed on whole and reported as incomplete in the recording; the next one is stored again', async (t) => {
  const large = `<r>${'x'.repeat(300_000)}</r>`;
  const front = await serve(t, ({ body }, response) => void response.end(body.includes('<args>1<') ? large : '<small/>'));
  const folder = await recordedFrom(
    t,
    `${front.url}/`,
    async (base) => {
      assert.equal((await post(`${base}/api/soap/`, envelope(1))).body.length, large.length);
      assert.equal((await post(`${base}/api/soap/`, envelope(2))).body.toString(), '<small/>');
    },
    { maxKeptBytes: 200_000 },
  );
  assert.deepEqual(
    (await readCassette(folder)).map(({ broken }) => broken),
    [true, false],
  );
});
