import assert from 'node:assert/strict';
import { test } from 'node:test';
import { explainFault, soapFaults } from '../../src/api/faults/faults';
import { findMethod } from '../../src/api/catalogue';
import { isRecord, type SoapValue } from '../../src/api/value';
import { decodeRequest, decodeResponse, type Decoded } from '../../src/soap/decoding/decode';
import { explainAnswer } from '../../src/store/wire/answer';
import type { Headers } from '../../src/store/wire/exchange';
import { recordings, type Recording } from '../support/wire';

const folders = ['v1', 'v2', 'v2-wsi', 'address/v1', 'address/v2', 'address/v2-wsi', 'apache'];

test('every fault that a real store was recorded with is explained', (t) => {
  const met = new Map<string, number>();
  let faults = 0;
  for (const recording of folders.flatMap((folder) => recordings(folder))) {
    const decoded = decoded1(recording);
    if (decoded?.kind !== 'fault') continue;
    faults++;
    const method = methodOf(recording);
    const { entry, what, why, next } = explainFault(decoded.fault, {
      phase: method === 'login' ? 'login' : 'call',
      method,
      right: findMethod(method)?.right,
    });
    const where = `${recording.folder}/${recording.name}: ${decoded.fault.code} ${decoded.fault.message}`;
    assert.ok(entry !== undefined, `unknown: ${where}`);
    for (const text of [what, why ?? '', next ?? '']) assert.doesNotMatch(text, /\[\[|\]\]|[{}]|undefined/, where);
    assert.ok(next !== undefined && next !== '', `nothing to do: ${where}`);
    met.set(entry.id, (met.get(entry.id) ?? 0) + 1);
  }
  assert.equal(faults, FAULTS);
  t.diagnostic(`${faults} faults, 0 unknown: ${[...met].map(([id, count]) => `${id} ${count}`).join(', ')}`);
});

const FAULTS = 174;

test('every recorded answer that is not SOAP is recognised for what it is', (t) => {
  const met = new Map<string, number>();
  for (const recording of folders.flatMap((folder) => recordings(folder))) {
    const decoded = decoded1(recording);
    if (decoded?.kind !== 'not-soap') continue;
    const { httpStatus, responseHeaders, url } = recording.meta();
    const error = explainAnswer(
      { status: httpStatus, statusText: '', httpVersion: '1.1', headers: headersOf(responseHeaders) },
      url,
      decoded,
    );
    assert.doesNotMatch(error.message, /[{}]|\[\[|undefined/, recording.name);
    assert.notEqual(error.code, 'not-soap', `${recording.folder}/${recording.name}`);
    assert.notEqual(error.code, 'http-status', `${recording.folder}/${recording.name}`);
    met.set(error.code, (met.get(error.code) ?? 0) + 1);
  }
  assert.deepEqual([...met.keys()].sort(), ['html-page', 'not-found', 'wsdl-instead']);
  t.diagnostic([...met].map(([code, count]) => `${code} ${count}`).join(', '));
});

test('"Access denied." at the login and at a call are different things', () => {
  const fault = { code: '2', message: 'Access denied.' };
  const login = explainFault(fault, { phase: 'login' });
  const call = explainFault(fault, { phase: 'call', method: 'customer.update', right: 'customer/update' });
  assert.equal(login.entry?.id, 'login-denied');
  assert.equal(call.entry?.id, 'no-right');
  assert.match(`${call.what} ${call.why} ${call.next}`, /customer\.update.*customer\/update/s);
});

test('codes 101 and 102 mean other things for addresses than for customers', () => {
  const id = (code: string, method: string, message = ''): string | undefined =>
    explainFault({ code, message }, { phase: 'call', method }).entry?.id;
  assert.equal(id('101', 'customer.list', 'Invalid attribute name: foo'), 'attribute-unknown');
  assert.equal(id('101', 'customer_address.list', 'Customer not exists.'), 'address-no-customer');
  assert.equal(id('102', 'customer.info'), 'customer-missing');
  assert.equal(id('102', 'customer_address.info'), 'address-missing');
});

test('an explanation quotes what the fault names', () => {
  const words = (code: string, message: string): string => {
    const { what, why, next } = explainFault({ code, message }, { phase: 'call', method: 'customer.list' });
    return [what, why, next].join(' ');
  };
  assert.match(words('101', 'Invalid attribute name: foo'), /"foo"/);
  assert.match(
    words('WSDL', "SOAP-ERROR: Parsing WSDL: Couldn't load from 'https://internal/api/?wsdl=1' : failed"),
    /https:\/\/internal\/api\/\?wsdl=1/,
  );
  assert.match(
    words('SOAP-ENV:Server', 'Allowed memory size of 268435456 bytes exhausted (tried to allocate 20480 bytes)'),
    /268435456.*read pages by customer_id/s,
  );
  assert.match(words('SOAP-ENV:Server', "Procedure 'customerCustomerFoo' not present"), /customerCustomerFoo/);
});

test('an unknown fault gets a sentence too, and is marked as unknown', () => {
  const { entry, what, next } = explainFault(
    { code: '4711', message: 'Flux capacitor {0} [[empty]]' },
    { phase: 'call', method: 'customer.list' },
  );
  assert.equal(entry, undefined);
  assert.match(what, /4711/);
  assert.ok(next !== undefined);
});

test('the entries have names of their own, and none is hidden behind an earlier one', () => {
  const ids = soapFaults.map(({ id }) => id);
  assert.deepEqual(
    ids.filter((id, index) => ids.indexOf(id) !== index),
    [],
  );
  // An entry without a text takes every fault of its code, so that the same code, phase and methods after it would be dead.
  for (const [index, later] of soapFaults.entries()) {
    const hiding = soapFaults
      .slice(0, index)
      .find(
        (entry) =>
          entry.text === undefined &&
          entry.code === later.code &&
          later.phases.every((phase) => entry.phases.includes(phase)) &&
          (entry.methods === undefined || entry.methods.source === later.methods?.source),
      );
    assert.equal(hiding?.id, undefined, later.id);
  }
});

function decoded1(recording: Recording): Decoded | undefined {
  const charset = /charset=([\w-]+)/i.exec(JSON.stringify(recording.meta().responseHeaders))?.[1];
  const body = recording.response();
  return body.length === 0 ? undefined : decodeResponse(body, { charset });
}

/** Path of the method that a recorded request calls. */
function methodOf(recording: Recording): string {
  let value: SoapValue = null;
  let operation = '';
  try {
    const decoded = decodeRequest(recording.request());
    if (decoded.kind === 'result') ({ operation, value } = decoded);
  } catch {
    return '';
  }
  const path = isRecord(value) ? value['resourcePath'] : undefined;
  return operation === 'call' && typeof path === 'string' ? path : (findMethod(operation)?.id ?? operation);
}

function headersOf(headers: unknown): Headers {
  const entries: [string, unknown][] = Array.isArray(headers) ? (headers as [string, unknown][]) : Object.entries(headers as object);
  return entries.map(([name, value]) => [name, String(value)]);
}
