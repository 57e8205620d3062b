// Programs, stores and recordings that are malicious or broken.
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { startDemoStore } from '../../../src/demo';
import { Cassette, startRecorder, startReplay } from '../../../src/record';
import { History } from '../../../src/requests';
import { openTransport } from '../../../src/store/calls/open-transport';
import { serve } from '../../support/loopback';
import { recording } from '../../support/recording';
import { DemoClient, post } from '../demo/client';

/** Names and contents of the files, as one text. */
async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map(async (name) => `${name}\n${await readFile(join(folder, name), 'utf8')}`))).join('\n');
}

/** Sends a body with an HTTP method that usually has none. */
async function send(method: string, url: string, body: string): Promise<{ readonly status: number; readonly text: string }> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const sent = request(url, { method, headers: { 'Content-Type': 'text/xml', 'Content-Length': Buffer.byteLength(body) } }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  return { status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() };
}

test('a write in the body of a GET, which PHP also runs, does not reach a read-only store, but a request for the WSDL does', async (t) => {
  const bodies: string[] = [];
  const shop = await serve(t, ({ body }, response) => {
    bodies.push(body.toString());
    response.writeHead(200, { 'Content-Type': 'text/xml' }).end('<definitions/>');
  });
  const {
    recorder: { url },
  } = await recording(t, `${shop.url}/`, { readOnly: true });
  const program = new DemoClient(`${url}/api/v2_soap/`, 'v2');
  for (const address of ['/api/v2_soap/', '/api/v2_soap/?wsdl', '/api.php?type=v2_soap', '/index.php/api/v2_soap/index/'])
    assert.match(
      (await send('GET', `${url}${address}`, program.encode('customer.delete', { customerId: 1 }))).text,
      /not passed on/,
      address,
    );
  assert.equal((await send('GET', `${url}/api/v2_soap/?wsdl`, '')).text, '<definitions/>');
  assert.deepEqual(bodies, ['']);
});

test('no secret of a program is stored, in any place of a request', async (t) => {
  const demo = await startDemoStore({ product: 'maho@25', customers: 8 });
  t.after(() => demo.close());
  const {
    recorder: { url },
    folder,
    passed,
    end,
  } = await recording(t, demo.urls.v1.replace(/api\/.*$/, ''));
  const program = new DemoClient(`${url}/api/soap/`, 'v1');
  t.after(() => program.agent.destroy());
  await program.logIn();
  const info = program.encode('customer.info', { customerId: 1 });
  const basic = Buffer.from('web:basicPass99').toString('base64');
  await post(`${url}/api/soap/?apiKey=queryKey345&password=queryPass99`, info);
  await post(program.url, info, {
    headers: {
      Authorization: `Basic ${basic}`,
      Cookie: 'frontend=cookieSecret99',
      'X-Api-Key': 'headerKey345',
      'X-Auth-Token': 'headerToken345',
    },
  });
  // The session as the path of a method, as the name of an argument, and in a response that quotes it.
  await post(program.url, info.replace('>customer.info<', `>${program.session}<`));
  await program.call('customer.update', { customerId: 1, customerData: { [`x${program.session}`]: program.session } });
  await post(program.url, program.encode('customer.create', { customerData: { email: 'a@example.com', password: 'createPass99' } }));
  await post(
    program.url,
    info.replace('<SOAP-ENV:Body>', '<SOAP-ENV:Header><Password>securityPass99</Password></SOAP-ENV:Header><SOAP-ENV:Body>'),
  );
  await post(
    program.url,
    program.encode('customer.create', { customerData: { password: 'x' } }).replace('>x<', '><![CDATA[cdataPass99]]><'),
  );
  await end();
  const history = new History();
  for (const { exchange, value } of passed) history.add(exchange, value, { watched: true });
  const places = {
    files: await textOf(folder),
    exchanges: JSON.stringify(passed.map(({ exchange }) => [exchange, exchange.request, exchange.response])),
    history: JSON.stringify(history),
  };
  const secrets = [
    'apiKey12345',
    program.session,
    'queryKey345',
    'queryPass99',
    basic,
    'basicPass99',
    'cookieSecret99',
    'headerKey345',
    'headerToken345',
    'createPass99',
    'securityPass99',
    'cdataPass99',
  ];
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets.filter((secret) => text.includes(secret)).map((secret) => `${secret} in ${place}`),
  );
  assert.deepEqual(found, []);
});

/** A file of an exchange in the recorder's form. */
const exchange = (more: object = {}): string =>
  JSON.stringify({
    format: 1,
    at: '2026-11-28T10:00:00.000Z',
    method: 'wsdl',
    arguments: {},
    place: '/api/soap',
    version: '1.1',
    milliseconds: 1,
    outcome: 'result',
    status: 200,
    headers: [['Content-Type', 'text/xml']],
    body: '0001-wsdl.xml',
    broken: false,
    ...more,
  });

async function cassette(t: TestContext, files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-cassette-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return folder;
}

test('a recording is read only from its own files, and its errors are reported before any request is answered', async (t) => {
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  for (const [why, files] of Object.entries({
    'a body that is missing': { '0001-wsdl.json': exchange() },
    'a folder as the body': { '0001-wsdl.json': exchange({ body: '..' }) },
    'a path as the body': { '0001-wsdl.json': exchange({ body: '../x.xml' }) },
    'arguments without end': { '0001-wsdl.json': exchange().replace('"arguments":{}', `"arguments":${deep}`), '0001-wsdl.xml': '<a/>' },
    'a status that is none': { '0001-wsdl.json': exchange({ status: 99 }), '0001-wsdl.xml': '<a/>' },
  })) {
    await assert.rejects(startReplay({ folder: await cassette(t, files), port: 0 }), { code: 'cassette' }, why);
  }
  const linked = await cassette(t, { '0001-wsdl.json': exchange() });
  const elsewhere = await cassette(t, { 'secret.txt': 'elsewhere' });
  await symlink(join(elsewhere, 'secret.txt'), join(linked, '0001-wsdl.xml'));
  await assert.rejects(startReplay({ folder: linked, port: 0 }), { code: 'cassette' }, 'a link to a body');
  const folders = await cassette(t, {});
  await mkdir(join(folders, '0001-wsdl.json'));
  await assert.rejects(startReplay({ folder: folders, port: 0 }), { code: 'cassette' }, 'a folder as an exchange');
});

test('headers and statuses that would leave a client waiting are not replayed', { timeout: 60_000 }, async (t) => {
  const lying = [
    ['Content-Type', 'text/xml'],
    ['Content-Length', '1000'],
    ['Transfer-Encoding', 'chunked'],
    ['Connection', 'upgrade'],
  ];
  const folder = await cassette(t, {
    '0001-wsdl.json': exchange({ headers: lying }),
    '0002-wsdl.json': exchange({ status: 101 }),
    '0003-wsdl.json': exchange({ headers: [['Location', 'a\r\nX: y']] }),
    '0001-wsdl.xml': '<a/>',
  });
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  const ask = (): Promise<string> => fetch(`${replay.url}/api/soap/?wsdl`).then((answer) => answer.text());
  assert.equal(await ask(), '<a/>');
  await assert.rejects(ask());
  assert.match(await ask(), /Invalid character/);
});

test('a continued recording overwrites nothing', async (t) => {
  const folder = await cassette(t, { '99999999999999999999999-x.json': '{}', '0007-x.json': '{}' });
  const demo = await startDemoStore({ customers: 2 });
  t.after(() => demo.close());
  const one = await Cassette.open(folder);
  const two = await Cassette.open(folder);
  const config = { name: 'Shop', url: demo.urls.v1, user: '' };
  const keep = async (into: Cassette): Promise<void> => {
    const transport = await openTransport(config, {}, undefined);
    const recorder = await startRecorder({ config, transport, port: 0, onPassed: (passed) => into.add(passed) });
    await (await fetch(`${recorder.url}/api/soap/?wsdl`)).text();
    await recorder.close();
    await into.close();
  };
  await keep(one);
  assert.deepEqual((await readdir(folder)).toSorted(), [
    '0007-x.json',
    '0008-wsdl.json',
    '0008-wsdl.xml',
    '99999999999999999999999-x.json',
  ]);
  const first = await readFile(join(folder, '0008-wsdl.xml'), 'utf8');
  await assert.rejects(keep(two), /0008-wsdl/);
  assert.equal(await readFile(join(folder, '0008-wsdl.xml'), 'utf8'), first);
});

test('a program that sends endlessly nested lists gets a response, and the recorder continues', { timeout: 120_000 }, async (t) => {
  const demo = await startDemoStore({ customers: 2 });
  t.after(() => demo.close());
  const {
    recorder: { url },
    end,
  } = await recording(t, demo.urls.v1.replace(/api\/.*$/, ''), { readOnly: true });
  const deep = 50_000;
  const json = `${'{"a":['.repeat(deep)}${']}'.repeat(deep)}`;
  const nested = `${'<a>'.repeat(deep)}${'</a>'.repeat(deep)}`;
  const xml = `<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>${nested}</e:Body></e:Envelope>`;
  for (const [path, body] of [
    ['/api/rest/v2/auth/token', json],
    ['/api/rest/v2/customers', json],
    ['/api/soap/', xml],
  ] as const)
    assert.ok((await post(`${url}${path}`, body, { headers: { 'Content-Type': 'application/json' } })).status >= 400, path);
  assert.equal((await fetch(`${url}/api/soap/?wsdl`)).status, 200);
  await end();
});
