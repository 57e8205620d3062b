// Hostile text in every position of a program for REST is not executed and arrives unchanged.
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ToolkitError } from '../../src/api/errors';
import { generateRestCode, restCodeTargets, type RestCodeTarget } from '../../src/codegen/rest';
import { hostileText } from '../fuzz/hostile-text';
import { hostileSecrets } from '../fuzz/programs';
import { inNewFolder } from '../support/folder';
import { curlSkip, phpSkip } from '../support/php';
import { Random } from '../support/random';
import { runRest } from './rest-support';

const PROGRAMS = process.env['MAHO_SOAP_FULL'] === '1' ? 1_500 : 30;
const SEED = Number(process.env['SEED'] ?? 20261128);

interface Hostile {
  readonly source: string;
  readonly user: string;
  readonly email: string;
  readonly name: string;
  readonly lists: boolean;
}

const skips: Readonly<Record<RestCodeTarget, string | false>> = { php: phpSkip, typescript: false, curl: curlSkip };

describe('a program for REST executes none of its input, and sends it unchanged', () => {
  for (const target of restCodeTargets)
    test(target, { skip: skips[target] }, async (t) => {
      await inNewFolder('maho-canary-', async (folder) => {
        const canary = join(folder, 'canary');
        const server = await listening();
        try {
          const { programs, refused } = written(target, server.url, canary);
          t.diagnostic(`${programs.length} programs run, ${refused} inputs were refused`);
          assert.ok(programs.length > PROGRAMS / 2, `${programs.length} programs of ${PROGRAMS}`);
          const ran = await runRest(
            target,
            programs.map(({ source }) => source),
            hostileSecrets,
          );
          for (const [index, { status, stderr }] of ran.entries())
            assert.deepEqual(
              { status, stderr },
              { status: 0, stderr: '' },
              `${JSON.stringify(programs[index])}\n${programs[index]?.source}`,
            );
          assert.ok(!existsSync(canary), 'something ran');
          checkArrived(programs, server.seen);
        } finally {
          server.close();
        }
      });
    });
});

/** Checks the received requests one by one. Each program requests a token first. */
function checkArrived(programs: readonly Hostile[], seen: readonly Seen[]): void {
  const logins = seen.filter(({ path }) => path === '/api/rest/v2/auth/token');
  const calls = seen.filter(({ path }) => path === '/api/rest/v2/customers');
  assert.equal(logins.length, programs.length);
  assert.equal(calls.length, programs.length);
  for (const [index, { user, email, name, lists }] of programs.entries()) {
    assert.deepEqual(logins[index]?.body, { grant_type: 'api_user', username: user, api_key: hostileSecrets.MAHO_SOAP_KEY });
    if (lists) assert.equal(calls[index]?.query.get('email'), email);
    else assert.deepEqual(calls[index]?.body, { email, firstname: name, password: hostileSecrets.MAHO_SOAP_PASSWORD });
    assert.equal(calls[index]?.bearer, 'Bearer the.token-1');
  }
}

function written(target: RestCodeTarget, url: string, canary: string): { readonly programs: readonly Hostile[]; readonly refused: number } {
  const random = new Random(SEED);
  const programs: Hostile[] = [];
  let refused = 0;
  for (let index = 0; index < PROGRAMS; index++) {
    const [user, email, name] = [hostileText(random, canary), hostileText(random, canary), hostileText(random, canary)] as const;
    const lists = index % 2 === 0;
    const common = { url, user, title: 'A test.', path: '/customers', part: undefined } as const;
    try {
      const source = lists
        ? generateRestCode(
            {
              ...common,
              http: 'GET',
              query: [['email', email]],
              body: undefined,
              paged: true,
              conditions: [{ attribute: 'firstname', operator: 'like', value: name }],
            },
            target,
          )
        : generateRestCode(
            {
              ...common,
              http: 'POST',
              query: [],
              body: { email, firstname: name, password: hostileSecrets.MAHO_SOAP_PASSWORD },
              paged: false,
              conditions: [],
            },
            target,
          );
      for (const secret of Object.values(hostileSecrets)) assert.ok(!source.includes(secret), 'a secret stands in a program');
      programs.push({ source, user, email, name, lists });
    } catch (error) {
      if (!(error instanceof ToolkitError) || error.kind !== 'input') throw error;
      refused++;
    }
  }
  return { programs, refused };
}

interface Seen {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly bearer: string | undefined;
  readonly body: unknown;
}

async function listening(): Promise<{ readonly url: string; readonly seen: readonly Seen[]; readonly close: () => void }> {
  const seen: Seen[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://localhost');
      const text = Buffer.concat(chunks).toString('utf8');
      seen.push({ path, query, bearer: request.headers.authorization, body: text === '' ? undefined : (JSON.parse(text) as unknown) });
      const answer = path.endsWith('/auth/token') ? { token: 'the.token-1' } : request.method === 'GET' ? [] : { id: 1 };
      response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${port}`, seen, close };
}
