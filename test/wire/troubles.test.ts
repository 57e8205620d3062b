// Every failing answer that a real Maho 26.7.4 was recorded with, served again: each has its own entry in the data of faults.
import assert from 'node:assert/strict';
import { test, type TestContext } from 'node:test';
import { findMethod } from '../../src/api/catalogue';
import { FaultError, ToolkitError } from '../../src/api/errors';
import { explainFault } from '../../src/api/faults/faults';
import { generationOf } from '../../src/api/generations';
import { isRecord } from '../../src/api/value';
import { decodeRequest } from '../../src/soap/decoding/decode';
import { StoreClient } from '../../src/store/calls/client';
import { defaultTimeouts } from '../../src/store/settings/config';
import { Transport } from '../../src/store/wire/transport';
import { protocols } from '../../src/store/calls/protocols';
import { Wire, type Outgoing } from '../../src/store/wire/wire';
import { serve } from '../support/loopback';
import { troubleAnswers as answers, type TroubleAnswer } from './trouble-answers';

/** Names of recordings by the entry that explains them. A recording fits by the beginning of its name behind the number. */
const expected: Readonly<Record<string, readonly string[]>> = {
  'soap-switched-off': [
    'v1-off-wsdl',
    'v1-off-login',
    'v2-off-wsdl',
    'v2-off-login',
    'v2-wsi-off-wsdl',
    'v2-wsi-off-login',
    'v2-off-only-v2-login',
    'v1-url-api-php',
    'v1-url-xmlrpc-off',
    'v1-url-jsonrpc-off',
  ],
  redirect: ['v1-off-no-slash', 'v1-url-api', 'v1-url-no-slash', 'v1-url-v2-index-wsdl-1'],
  'soap-library-missing': ['v1-no-laminas-login', 'v2-no-laminas-login', 'v2-wsi-no-laminas-login'],
  'argument-missing': ['v2-wsi-list-without-filters'],
  'no-right': ['v1-limited', 'v2-limited', 'v2-wsi-limited'],
  'session-expired': ['v1-expired-session', 'v2-expired-session', 'v2-wsi-expired-session'],
  'login-denied': ['v1-deactivated-login', 'v1-login-wrong-13th'],
  'request-unreadable': [
    'v1-malformed',
    'v2-malformed',
    'v2-wsi-malformed',
    'v1-bad-utf8',
    'v2-bad-utf8',
    'v2-wsi-bad-utf8',
    'v1-utf16',
    'v2-utf16',
    'v2-wsi-utf16',
  ],
  'request-empty': ['v1-empty-body', 'v2-empty-body', 'v2-wsi-empty-body'],
  'wsdl-lost': ['v1-get', 'v2-get', 'v2-wsi-get'],
  'wrong-version': ['v1-not-soap', 'v2-not-soap', 'v2-wsi-not-soap'],
  'xml-dtd': ['v1-doctype', 'v2-doctype', 'v2-wsi-doctype'],
  'operation-unknown': ['v1-unknown-operation', 'v2-unknown-operation', 'v2-wsi-unknown-operation'],
  'date-unreadable': ['v1-multiCall-type-error', 'v1-multiCall-update-type-error', 'v1-update-type-error', 'v1-update-dob-text'],
  'arguments-too-few': ['v1-multiCall-too-few-arguments'],
  'store-error': ['v1-list-is-NULL-text', 'v1-list-is-not-null-text', 'v2-list-is-NULL'],
  'html-page': ['v1-url-index', 'v1-url-store-code', 'v1-url-root', 'v1-url-post-index'],
  'rest-instead': ['v1-url-wsi', 'v1-url-soap_v2', 'v1-url-post-api'],
  'method-not-allowed': ['v1-url-post-root', 'v1-url-put', 'v1-url-options'],
  maintenance: ['v1-maintenance-wsdl', 'v1-maintenance-login'],
  'self-fetch-port': ['v1-port-lost-login', 'v2-port-lost-login'],
  memory: ['v1-memory-64M-list-all', 'v2-memory-64M-list-all'],
};

const generation = generationOf('maho@26.7');

test('each recorded failure of Maho 26.7 has its own entry, and none is unknown', async (t) => {
  const met = new Map<string, number>();
  for (const answer of answers) {
    const error = await meet(t, answer);
    const code = error instanceof FaultError ? entryOf(error, answer) : error.code;
    assert.equal(code, wanted(answer.name), `${answer.name}: ${error.message}`);
    assert.ok(error.words.next !== undefined && error.words.next !== '', `nothing to do: ${answer.name}`);
    assert.doesNotMatch(error.message, /undefined|\{\w+\}|\[\[/, answer.name);
    met.set(code, (met.get(code) ?? 0) + 1);
  }
  assert.equal(answers.length, 83);
  assert.deepEqual([...met.keys()].sort(), Object.keys(expected).sort());
  t.diagnostic([...met].map(([code, count]) => `${code} ${count}`).join(', '));
});

test('advice names the menus and commands of the generation that answers', () => {
  const say = (id: Parameters<typeof generationOf>[0]): string => {
    const words = explainFault({ code: '2', message: 'Access denied.' }, { phase: 'login', generation: generationOf(id) });
    return words.next ?? '';
  };
  assert.match(say('maho@26.7'), /System > API > SOAP \/ XML-RPC \(legacy\) > Users/);
  assert.doesNotMatch(say('maho@26.7'), /Web Services/);
  for (const id of ['maho@25', 'openmage@20.18', 'openmage@20.0', 'magento@1.9'] as const) {
    assert.match(say(id), /System > Web Services > SOAP\/XML-RPC - Users/);
    assert.doesNotMatch(say(id), /legacy/);
  }
});

test('commands that switch a protocol on name their scope and the protocol that was asked', async (t) => {
  for (const [name, protocol] of [
    ['v1-off-login', 'soap'],
    ['v2-off-login', 'v2_soap'],
    ['v1-off-wsdl', 'soap'],
  ] as const) {
    const answer = answers.find((one) => one.name.endsWith(name));
    assert.ok(answer !== undefined);
    const { next = '' } = (await meet(t, answer)).words;
    assert.match(next, new RegExp(`maho config:set --scope=default --scope-id=0 apiplatform/protocols/${protocol} 1`));
    assert.match(next, /API Protocols/);
  }
});

function wanted(name: string): string | undefined {
  const bare = name.replace(/^\d+-/, '');
  const exact = Object.entries(expected).find(([, names]) => names.includes(bare));
  return (exact ?? Object.entries(expected).find(([, names]) => names.some((start) => bare.startsWith(`${start}-`))))?.[0];
}

function entryOf({ fault }: FaultError, answer: TroubleAnswer): string {
  const method = methodOf(answer);
  const phase = method === 'wsdl' || method === 'login' ? method : 'call';
  return explainFault(fault, { phase, method, url: answer.url, generation }).entry?.id ?? 'unknown';
}

function methodOf({ method, request }: TroubleAnswer): string {
  if (method === 'GET') return 'wsdl';
  try {
    const decoded = decodeRequest(Buffer.from(request));
    if (decoded.kind !== 'result') return 'envelope';
    const path = isRecord(decoded.value) ? decoded.value['resourcePath'] : undefined;
    return decoded.operation === 'call' && typeof path === 'string' ? path : (findMethod(decoded.operation)?.id ?? decoded.operation);
  } catch (error) {
    if (error instanceof ToolkitError) return 'envelope';
    throw error;
  }
}

/** What the product makes of an answer, by way of a server that gives it. */
async function meet(t: TestContext, answer: TroubleAnswer): Promise<ToolkitError> {
  const server = await serve(t, (_, response) => {
    const own = answer.headers.filter(([name]) => !/^(transfer-encoding|connection|keep-alive|content-length|date)$/i.test(name));
    response.writeHead(answer.status, own.flat()).end(answer.response);
  });
  const transport = new Transport({ timeouts: defaultTimeouts, maxBytes: 10_000_000 });
  const wire = new Wire(transport, { protocol: protocols.soap, store: 'TroubleAnswer', keepBytes: 100_000 });
  const method = methodOf(answer);
  const outgoing: Outgoing = {
    dialect: undefined,
    method,
    args: {},
    http: answer.method === 'GET' ? 'GET' : 'POST',
    url: `${server.url}${new URL(answer.url).pathname}`,
    headers: {},
    body: Buffer.from(answer.request),
    secrets: [],
    generation,
  };
  try {
    if (answer.method !== 'GET') {
      const { fault } = await wire.call(outgoing);
      assert.ok(fault !== undefined, answer.name);
      const words = explainFault(fault, { phase: method === 'login' ? 'login' : 'call', method, url: answer.url, generation });
      return new FaultError(fault, words);
    }
    const client = new StoreClient({ name: 'TroubleAnswer', url: outgoing.url, user: '' }, { key: () => Promise.resolve('') });
    await client.describe();
    throw new assert.AssertionError({ message: `${answer.name} should have failed.` });
  } catch (error) {
    if (error instanceof ToolkitError) return error;
    throw error;
  } finally {
    transport.close();
  }
}
