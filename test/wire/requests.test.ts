import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findMethod, findProtocolOperation } from '../../src/api/catalogue';
import type { SoapDialect } from '../../src/api/dialect';
import { toV1Filters } from '../../src/api/filters';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../src/api/value';
import { decodeRequest } from '../../src/soap/decoding/decode';
import { codecs } from '../../src/soap/dialects';
import { DecodeError } from '../../src/soap/xml/errors';
import { recordings } from '../support/wire';

const context = { namespace: 'urn:Maho' };

/** Requests that no caller of ours can write: made by hand to see what the store does with them. */
const beyond: readonly RegExp[] = [
  /-raw-/, // hand-made bytes, sent to see how the store reacts
  /-raw$/,
  /call-no-session|call-no-method|call-without-args-param/, // parts left out
  /list-all$/, // V1 with no argument at all: our encoder sends an empty filter, since this one is a fault (facts §5)
  /empty-array-filter|null-filter|empty-complex/, // three ways of saying "no filter"; ours is one of them
  /gteq-lteq|lteq-gteq|gt-id-and-entity_id|entity_id-then-customer_id|same-key/, // the same key twice, which a map cannot hold
  /no-args|string-data|info-id-array|scalar-arg|named-map|no-data|attrs-string|info-id-null|id-nonnumeric|id-1abc|id-string/, // arguments of the wrong shape, refused here
  /three-parts|empty-path|unknown-method|unknown-resource/, // V1 paths outside the catalogue, see the test below
  /update-null-value|update-nothing/, // PHP left out what was null
];

for (const [folder, dialect] of [
  ['v1', 'v1'],
  ['v2', 'v2'],
  ['v2-wsi', 'wsi'],
  ['address/v1', 'v1'],
  ['address/v2', 'v2'],
  ['address/v2-wsi', 'wsi'],
] as const) {
  test(`what we send for the recorded requests of ${folder} means the same as what was recorded`, (t) => {
    let same = 0;
    const left: string[] = [];
    for (const recording of recordings(folder)) {
      if (beyond.some((pattern) => pattern.test(recording.name))) {
        left.push(recording.name);
        continue;
      }
      const recorded = arguments_(recording.request());
      const ours = arguments_(Buffer.from(encodeAgain(recorded, dialect)));
      assert.deepEqual(normal(ours.args), normal(recorded.args), recording.name);
      assert.equal(ours.operation, recorded.operation, recording.name);
      same++;
    }
    assert.equal(same, { v1: 143, v2: 131, 'v2-wsi': 131, 'address/v1': 21, 'address/v2': 21, 'address/v2-wsi': 21 }[folder]);
    t.diagnostic(`${same} requests mean the same, ${left.length} are beyond what callers can write`);
  });
}

test('a recorded request with a DTD or broken XML is refused when decoded', () => {
  const broken = recordings('v1').filter(({ name }) => /raw-malformed|raw-doctype/.test(name));
  assert.equal(broken.length, 2);
  for (const recording of broken) assert.throws(() => decodeRequest(recording.request()), DecodeError, recording.name);
});

interface Request {
  readonly operation: string;
  readonly args: SoapRecord;
}

function arguments_(body: Uint8Array): Request {
  const decoded = decodeRequest(body);
  // WS-I's startSession has an empty body (wire v2-wsi/05).
  assert.equal(decoded.kind, 'result');
  assert.ok(isRecord(decoded.value));
  return { operation: decoded.operation, args: decoded.value };
}

/** Writes the call again with our own encoder, from what it means. */
function encodeAgain({ operation, args }: Request, dialect: SoapDialect): string {
  const codec = codecs[dialect];
  const { sessionId, ...rest } = args;
  const session = typeof sessionId === 'string' ? sessionId : '';
  if (operation === 'call') {
    const path = args['resourcePath'];
    assert.ok(typeof path === 'string');
    const method = findMethod(path);
    assert.ok(method, path);
    const positional = args['args'];
    assert.ok(isList(positional));
    const named = Object.fromEntries(
      method.args.flatMap((arg, index) => (index < positional.length ? [[arg.name, positional[index] ?? null]] : [])),
    );
    return codec.encodeCall(method, named, session, context);
  }
  const method = findMethod(operation);
  if (method === undefined) {
    const protocol = findProtocolOperation(operation);
    assert.ok(protocol, operation);
    return codec.encodeProtocol(protocol, args, context);
  }
  const named: Record<string, SoapValue> = { ...rest };
  // Through the callers' form and back, so that the translation of filters is tested too.
  if (isRecord(named['filters'])) named['filters'] = toV1Filters(named['filters']);
  return codec.encodeCall(method, named, session, context);
}

/** Leaves out what means nothing: optional arguments that are null, and the order of filter items. */
function normal(value: SoapValue): unknown {
  if (isList(value)) {
    const items = value.map(normal);
    return items.every((item) => typeof item === 'object' && item !== null && 'key' in item)
      ? items.map((item) => JSON.stringify(item)).sort()
      : items;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).filter(
    ([, inner]) => inner !== null && !(isRecord(inner) && Object.keys(inner).length === 0) && !(isList(inner) && inner.length === 0),
  );
  return Object.fromEntries(entries.map(([key, inner]) => [key, normal(inner)]));
}
