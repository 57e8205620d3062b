import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { ToolkitError } from '../../src/api/errors';
import { isSecretValue } from '../../src/api/secrets';
import type { SoapValue } from '../../src/api/value';
import { generateCode, variableFor, type CodeCall, type CodeTarget } from '../../src/codegen/index';
import { parseRequestFile, runFile, type RequestClient } from '../../src/requests/index';
import { StoreClient } from '../../src/store/index';
import { curlSkip, phpSkip } from '../support/php';
import { admin, comparable, NO_ANSWER, runCurl, runPhpPrograms, runWithSoap, still, type Program } from './codegen-support';

const folder = resolve(import.meta.dirname, '../../examples');

for (const dialect of soapDialects) {
  describe(`programs for every request of examples/${dialect} print the result of the request`, () => {
    test('PHP', { skip: phpSkip }, async (t) => {
      await compare(t, dialect, 'php', runPhpPrograms);
    });

    test('TypeScript, compiled strictly, with the soap package', async (t) => {
      await compare(t, dialect, 'typescript', (programs) => runWithSoap(programs, 'mts'));
    });

    test('curl', { skip: curlSkip }, async (t) => {
      await compare(t, dialect, 'curl', runCurl);
    });
  });
}

/** A call that was made, and its outcome: a result, `Fault <code>`, or a response that is not SOAP. */
interface Made {
  readonly call: Pick<CodeCall, 'method' | 'args'>;
  readonly outcome: SoapValue;
}

/** The calls of the files of a dialect. */
interface Recorded {
  readonly made: readonly Made[];
  readonly requests: number;
  /** Number of raw envelopes, which are not calls and have no program. */
  readonly envelopes: number;
  /** Number of calls that our client refused to send. */
  readonly refused: number;
}

/** Runs the files of a dialect with our own client and records its calls. */
async function record(dialect: SoapDialect): Promise<Recorded> {
  const store = await still();
  const { user, key } = admin(store);
  const client = new StoreClient({ name: 'recorded', url: store.urls[dialect], user, dialect }, { key: () => Promise.resolve(key) });
  const made: Made[] = [];
  const keep = async <T>(call: Made['call'], run: () => Promise<T>, value: (result: T) => SoapValue): Promise<T> => {
    try {
      const result = await run();
      made.push({ call, outcome: comparable(value(result)) });
      return result;
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      // Calls that our client refuses are left out: other clients send them, which would change the store of the programs.
      if (error.kind !== 'input') made.push({ call, outcome: error.kind === 'fault' ? `Fault ${error.code}` : NO_ANSWER });
      throw error;
    }
  };
  const recording: RequestClient = {
    config: client.config,
    dialect: client.dialect,
    call: (method, args = {}, options) =>
      keep(
        { method, args },
        () => client.call(method, args, options),
        ({ value }) => value,
      ),
    multiCall: (calls, options) => {
      const args = {
        calls: calls.map(({ method, args: inner = {} }) => ({ method, args: inner })),
        ...(options?.stopAtFault === true ? { options: { break: 1 } } : {}),
      };
      return keep(
        { method: 'multiCall', args },
        () => client.multiCall(calls, options),
        ({ outcomes }) =>
          outcomes.flatMap((outcome): SoapValue[] =>
            outcome.state === 'result'
              ? [outcome.value]
              : outcome.state === 'fault'
                ? [{ isFault: true, faultCode: outcome.error.fault.code, faultMessage: outcome.error.fault.message }]
                : [],
          ),
      );
    },
    send: (...args) => client.send(...args),
  };
  try {
    let requests = 0;
    let envelopes = 0;
    let refused = 0;
    for (const name of readdirSync(join(folder, dialect)).sort()) {
      const file = parseRequestFile(readFileSync(join(folder, dialect, name), 'utf8'));
      const { runs } = await runFile({ path: name, file, client: recording }, { trusted: true });
      refused += runs.filter(({ error, request }) => error?.kind === 'input' && request.method !== undefined).length;
      requests += file.requests.length;
      envelopes += file.requests.filter(({ method }) => method === undefined).length;
    }
    return { made, requests, envelopes, refused };
  } finally {
    await client.close();
    await store.close();
  }
}

const recorded = new Map<SoapDialect, Promise<Recorded>>();

async function compare(
  t: TestContext,
  dialect: SoapDialect,
  target: CodeTarget,
  execute: (programs: readonly Program[]) => Promise<readonly SoapValue[]>,
): Promise<void> {
  const once = recorded.get(dialect) ?? record(dialect);
  recorded.set(dialect, once);
  const { made, requests, envelopes, refused } = await once;
  assert.equal(made.length, requests - envelopes - refused, 'every request that is a call has a program');
  t.diagnostic(
    `${made.length} programs for ${requests} requests; ${envelopes} are raw envelopes, ${refused} are refused before they are sent`,
  );
  const store = await still();
  try {
    const { user, key } = admin(store);
    const programs = made.map(({ call, outcome }) => {
      // Like the programs, the runner always sends multiCall over V1.
      const spoken = call.method === 'multiCall' ? 'v1' : dialect;
      return {
        source: generateCode({ ...call, url: store.urls[spoken], user, dialect: spoken }, target),
        env: { MAHO_SOAP_KEY: key, ...secretsOf(call.args) },
        call,
        outcome,
      };
    });
    const results = await execute(programs);
    for (const [index, { call, outcome }] of programs.entries()) {
      const said = JSON.stringify(call);
      // PHP's client cannot send nil where the WSDL of WS-I does not allow it, and sends empty text.
      if (target === 'php' && dialect === 'wsi' && call.method === 'customer.list' && said.includes('null')) continue;
      // The soap package loses a text of only blanks if its element has attributes, as every element has over V1 and V2.
      assert.deepEqual(results[index], target === 'typescript' && dialect !== 'wsi' ? withoutBlanks(outcome) : outcome, said);
    }
  } finally {
    await store.close();
  }
}

function withoutBlanks(value: SoapValue): SoapValue {
  return JSON.parse(
    JSON.stringify(value, (_key, inner: SoapValue) => (typeof inner === 'string' && inner.trim() === '' ? '' : inner)),
  ) as SoapValue;
}

/** The secrets of arguments, by the names of the environment variables in which programs read them. */
function secretsOf(args: unknown): Readonly<Record<string, string>> {
  if (typeof args !== 'object' || args === null) return {};
  return Object.assign(
    {},
    ...Object.entries(args).map(([name, value]: [string, unknown]) =>
      typeof value === 'string' && isSecretValue(name, value) ? { [variableFor(name)]: value } : secretsOf(value),
    ),
  ) as Record<string, string>;
}
