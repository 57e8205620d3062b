// Calls over REST v2 through the recorder and from a recording: equivalent results, and no key or token in any file.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { gzipSync } from 'node:zlib';
import { startDemoStore, type DemoStore } from '../../../src/demo';
import { startReplay, type Replay } from '../../../src/record';
import { History, toRequestFile } from '../../../src/requests';
import { recording } from '../../support/recording';
import { phpSkip, runPhp } from '../../support/php';

async function shop(t: TestContext): Promise<DemoStore> {
  const demo = await startDemoStore({ customers: 40, now: () => new Date('2026-11-28T10:00:00Z') });
  t.after(() => demo.close());
  return demo;
}

async function replaying(t: TestContext, folder: string): Promise<Replay> {
  const replay = await startReplay({ folder, port: 0 });
  t.after(() => replay.close());
  return replay;
}

interface Answered {
  readonly status: number;
  readonly type: string | null;
  readonly text: string;
}

/** A client of REST v2 at an address. */
class Program {
  token: string | undefined;

  constructor(readonly base: string) {}

  async ask(verb: string, path: string, body?: unknown, headers: Readonly<Record<string, string>> = {}): Promise<Answered> {
    const response = await fetch(`${this.base}/api/rest/v2${path}`, {
      method: verb,
      headers: {
        ...(this.token === undefined ? {} : { Authorization: `Bearer ${this.token}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, type: response.headers.get('content-type'), text: await response.text() };
  }

  async logIn(key = 'apiKey12345'): Promise<Answered> {
    this.token = undefined;
    const answer = await this.ask('POST', '/auth/token', { grant_type: 'api_user', username: 'apiUser', api_key: key });
    const token = /"token":"([^"]+)"/.exec(answer.text)?.[1];
    assert.ok(token !== undefined, answer.text);
    this.token = token;
    return answer;
  }
}

async function textOf(folder: string): Promise<string> {
  const names = await readdir(folder);
  return (await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))).join('\n');
}

/** The calls of a program, with each response. */
async function work(base: string): Promise<readonly Answered[]> {
  const program = new Program(base);
  await program.logIn();
  const json = { Accept: 'application/json' };
  return [
    await program.ask('GET', '/customers?itemsPerPage=30&page=2'),
    await program.ask('GET', '/customers?page=2&itemsPerPage=30', undefined, json),
    await program.ask('GET', '/customers/5'),
    await program.ask('PUT', '/customers/5', { lastname: 'Söhne & <三> "x"' }),
    await program.ask('GET', '/customers/5'),
    await program.ask('GET', '/customers/9999'),
    await program.ask('POST', '/customers', { email: 'new@example.com', firstname: 'N', lastname: 'C', password: 'hunter22x' }),
    await program.ask('POST', '/customers', { email: 'new@example.com', firstname: 'N', lastname: 'C', password: 'hunter22x' }),
    await program.ask('DELETE', '/customers/5'),
    await program.ask('POST', '/customer-groups', { code: 'VIP' }),
    await program.ask('DELETE', '/customer-groups/4'),
    await program.ask('GET', '/no/such/place'),
    await program.ask('GET', '/customers/5', undefined, { Accept: 'text/html' }),
    await program.ask('POST', '/auth/logout'),
    await program.ask('GET', '/customers/5'),
  ];
}

test('a program gets the same from the store, from the recorder, and from the recording without the store', async (t) => {
  const direct = await work((await shop(t)).restUrl?.replace('/api/rest/v2', '') ?? '');
  const demo = await shop(t);
  const { recorder, folder, end } = await recording(t, demo.restUrl ?? '');
  // Links to a list contain the host. Nothing else may differ.
  const without = (answers: readonly Answered[]): readonly Answered[] =>
    answers.map((answer) => ({ ...answer, text: answer.text.replaceAll(/127\.0\.0\.1:\d+/g, 'host') }));
  assert.deepEqual(without(await work(recorder.url)), without(direct));
  await end();
  await demo.close();
  const replay = await replaying(t, folder);
  assert.deepEqual(without(await work(replay.url)), without(direct));
  assert.ok(
    replay.uses().every(({ used }) => used > 0),
    JSON.stringify(replay.uses()),
  );
  assert.ok(replay.uses().some(({ file }) => file.endsWith('-GET_customers_5')));
});

const PHP = `<?php
$ask = function (string $verb, string $path, ?array $body = null, ?string $token = null) {
    $headers = ['Content-Type: application/json', 'Accept: application/json'];
    if ($token !== null) { $headers[] = "Authorization: Bearer $token"; }
    $context = stream_context_create(['http' => ['method' => $verb, 'header' => implode("\r\n", $headers),
        'content' => $body === null ? '' : json_encode($body), 'ignore_errors' => true]]);
    $text = file_get_contents(getenv('STORE') . '/api/rest/v2' . $path, false, $context);
    return [explode(' ', $http_response_header[0])[1], $text];
};
$token = json_decode($ask('POST', '/auth/token', ['grant_type' => 'api_user', 'username' => 'apiUser', 'api_key' => 'apiKey12345'])[1])->token;
$claims = json_decode(base64_decode(strtr(explode('.', $token)[1], '-_', '+/')), true);
echo json_encode([is_int($claims['exp']), $ask('GET', '/customers?itemsPerPage=3', null, $token), $ask('PUT', '/customers/3', ['suffix' => 'Jr'], $token),
    $ask('GET', '/customers/3', null, $token), $ask('GET', '/customers/777', null, $token)]);
`;

test("PHP's own streams get the same from the recorder and from the recording", { skip: phpSkip }, async (t) => {
  const demo = await shop(t);
  const { recorder, folder, end } = await recording(t, demo.restUrl ?? '');
  const ran = await runPhp(PHP, { STORE: recorder.url });
  assert.equal(ran.status, 0, ran.stderr);
  assert.match(ran.stdout, /"Jr|\\"Jr/);
  await end();
  await demo.close();
  const again = await runPhp(PHP, { STORE: (await replaying(t, folder)).url });
  assert.equal(again.stdout, ran.stdout);
});

test('neither key nor token nor password is in the files or in messages, wherever it was sent', async (t) => {
  const demo = await shop(t);
  const { recorder, folder, passed, end } = await recording(t, demo.restUrl ?? '');
  const program = new Program(recorder.url);
  await program.logIn();
  const token = program.token ?? '';
  const post = (path: string, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Promise<unknown> =>
    fetch(`${recorder.url}/api/rest/v2${path}`, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } }).then(
      (answer) => answer.text(),
    );
  const secrets = [
    'apiKey12345',
    token,
    'hunter22x',
    'formKey2345',
    'brokenKey45',
    'packedKey45',
    'nestedKey45',
    'queryKey345',
    'other-pass',
  ];
  await program.ask('POST', '/customers', { email: 'new@example.com', firstname: 'N', lastname: token, password: 'hunter22x' });
  await program.ask('POST', '/customers/me/password', { currentPassword: 'hunter22x', newPassword: 'other-pass' });
  await post('/auth/token', 'grant_type=api_user&username=apiUser&api_key=formKey2345', {
    'Content-Type': 'application/x-www-form-urlencoded',
  });
  await post('/auth/token', '{"grant_type":"api_user","api_key":"brokenKey45');
  await post('/auth/token', gzipSync('{"username":"apiUser","api_key":"packedKey45"}'), { 'Content-Encoding': 'gzip' });
  await post('/auth/token', '{"username":"apiUser","whatever":{"deep":["nestedKey45"]}}');
  await program.ask('GET', '/customers?access_token=queryKey345');
  await program.ask('POST', '/auth/refresh');
  await end();
  const texts = { files: await textOf(folder), told: JSON.stringify(passed.map(({ exchange }) => exchange)) };
  for (const [where, text] of Object.entries(texts))
    for (const secret of secrets) {
      assert.ok(!text.includes(secret), `${secret} in ${where}`);
      assert.ok(!text.includes(Buffer.from(secret).toString('base64').replaceAll('=', '')), `${secret} in ${where}, in base64`);
    }
  assert.match(texts.files, /"username": "apiUser"/);
});

test('a call is matched by meaning: the order of names and numbers as text do not count, a token and the format do', async (t) => {
  const demo = await shop(t);
  const { recorder, folder, end } = await recording(t, demo.restUrl ?? '');
  const program = new Program(recorder.url);
  await program.logIn();
  const put = await program.ask('PUT', '/customers/5', { firstname: 'A', groupId: 2 }, { 'X-Idempotency-Key': 'one' });
  await program.ask('GET', '/customers/6', undefined, { 'X-Store-Code': 'german' });
  await end();
  const replay = await replaying(t, folder);
  const later = new Program(replay.url);
  await later.logIn('any key at all');
  assert.deepEqual(await later.ask('PUT', '/customers/5', { groupId: 2, firstname: 'A' }, { 'X-Idempotency-Key': 'another' }), put);
  const unknown = await later.ask('PUT', '/customers/5', { groupId: 3, firstname: 'A' });
  assert.equal(unknown.status, 501);
  assert.match(unknown.text, /"error":"not_recorded".*no response to PUT \/customers\/5.*Record this call too/s);
  assert.equal((await later.ask('GET', '/customers/6')).status, 501, 'another store view');
  assert.equal((await later.ask('PUT', '/customers/5', { groupId: 2, firstname: 'A' }, { Accept: 'application/json' })).status, 501);
  const own = later.token;
  later.token = undefined;
  assert.equal((await later.ask('PUT', '/customers/5', { groupId: 2, firstname: 'A' })).status, 501, 'without a token');
  later.token = program.token;
  const foreign = await later.ask('PUT', '/customers/5', { groupId: 2, firstname: 'A' });
  assert.deepEqual([foreign.status, foreign.text], [401, '{"error":"authentication_error","message":"Invalid or expired token"}']);
  later.token = own;
  assert.equal((await later.ask('PUT', '/customers/5', { groupId: 2, firstname: 'A' })).status, 200);
});

test('writes to a read-only or production store are refused in every form, and reads and logins pass', async (t) => {
  const demo = await shop(t);
  for (const config of [{ readOnly: true }, { environment: 'production' as const }]) {
    const { recorder, refused, end } = await recording(t, demo.restUrl ?? '', config);
    const program = new Program(recorder.url);
    await program.logIn();
    assert.equal((await program.ask('GET', '/customers/1')).status, 200);
    const writes: readonly (readonly [string, string, Readonly<Record<string, string>>])[] = [
      ['PUT', '/customers/1', {}],
      ['POST', '/customers', {}],
      ['DELETE', '/customer-groups/3', {}],
      ['PATCH', '/customers/1', {}],
      ['POST', '/customers/forgot-password', {}],
      ['GET', '/customers/1', { 'X-HTTP-Method-Override': 'PUT' }],
      ['GET', '/customers/1?_method=PUT', {}],
      ['POST', '/auth/token', { 'X-HTTP-Method-Override': 'PUT' }],
      ['POST', '/auth/token/../../customers', {}],
      ['POST', '/auth/%74oken', {}],
      ['POST', '/customers/list', {}],
    ];
    for (const [verb, path, headers] of writes) {
      const answer = await program.ask(verb, path, verb === 'GET' ? undefined : { suffix: 'X' }, headers);
      assert.equal(answer.status, 403, `${verb} ${path}`);
      assert.match(answer.text, /"error":"forbidden".*was not passed on/);
    }
    await end();
    assert.equal(refused.length, writes.length);
    assert.deepEqual([refused[0]?.method, refused[0]?.dialect, refused[0]?.request.method], ['PUT /customers/1', 'rest', 'PUT']);
  }
  assert.ok(!demo.requests.some(({ method }) => /^(?:PUT|PATCH|DELETE)|^POST \/customers/.test(method ?? '')));
  const allowed = await recording(t, demo.restUrl ?? '', { readOnly: true }, true);
  const program = new Program(allowed.recorder.url);
  await program.logIn();
  assert.equal((await program.ask('PUT', '/customers/1', { suffix: 'X' })).status, 200);
});

test('the history shows a call over REST with its HTTP method, path, and rows or error, and saves it as a request', async (t) => {
  const demo = await shop(t);
  const { recorder, passed, end } = await recording(t, demo.restUrl ?? '');
  await work(recorder.url);
  await end();
  const history = new History();
  for (const { exchange, value } of passed) history.add(exchange, value, { watched: true });
  const { entries } = history;
  assert.ok(!entries.some(({ method, outcome }) => method === 'login' && outcome === 'result'));
  const list = entries.find(({ method }) => method === 'GET /customers');
  assert.deepEqual([list?.dialect, list?.args, list?.outcome], ['rest', { query: { page: '2', itemsPerPage: '30' } }, 'result']);
  const lost = entries.find(({ method }) => method === 'GET /customers/9999');
  assert.deepEqual([lost?.outcome, lost?.problem], ['fault', '404: Not Found']);
  const put = entries.find(({ method }) => method === 'PUT /customers/5');
  assert.ok(put !== undefined);
  const file = JSON.parse(toRequestFile([put])) as { readonly requests: readonly unknown[] };
  assert.deepEqual(file.requests, [
    { name: 'PUT /customers/5', method: 'PUT /customers/5', dialect: 'rest', args: { body: { lastname: 'Söhne & <三> "x"' } } },
  ]);
});

test('faulty responses are passed on unchanged: error pages, notices, drops and a shop that is down', async (t) => {
  const demo = await shop(t);
  const { recorder, folder, end } = await recording(t, demo.restUrl ?? '');
  const program = new Program(recorder.url);
  await program.logIn();
  const seen: Answered[] = [];
  for (const [index, kind] of (['html-503', 'rest-off', 'notice', 'bom', 'memory-limit'] as const).entries()) {
    demo.setFaults({ [kind]: true });
    seen.push(await program.ask('GET', `/customers/${index + 1}`));
  }
  demo.setFaults({ drop: true });
  await assert.rejects(program.ask('GET', '/customers/20'));
  await end();
  await demo.close();
  const replay = new Program((await replaying(t, folder)).url);
  await replay.logIn();
  for (const [index, before] of seen.entries()) assert.deepEqual(await replay.ask('GET', `/customers/${index + 1}`), before);
  await assert.rejects(replay.ask('GET', '/customers/20'));
});
