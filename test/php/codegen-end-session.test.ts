// The error that ended a program must be visible even if ending the session fails, too.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describe, test, type TestContext } from 'node:test';
import ts from 'typescript';
import { dialectLabels, soapDialects, type SoapDialect } from '../../src/api/dialect';
import { generateCode, snippetFiles, type CodeTarget } from '../../src/codegen/index';
import { serve } from '../support/loopback';
import { phpSkip, run, runPhp, type Ran } from '../support/php';
import { expandSnippet } from '../support/snippet';
import { tinyFault } from '../support/tiny-store';
import { admin, project, still } from './codegen-support';

/** Ways in which ending a session can fail. */
const failures = {
  'a fault': (response: ServerResponse) => {
    response.writeHead(500, { 'Content-Type': 'text/xml' });
    response.end(tinyFault('5', 'Session expired. Try to relogin.'));
  },
  'a web page': (response: ServerResponse) => {
    response.writeHead(503, { 'Content-Type': 'text/html' });
    response.end('<html><body>Down</body></html>');
  },
  'a connection that ends': (response: ServerResponse) => response.destroy(),
} satisfies Readonly<Record<string, (response: ServerResponse) => void>>;

interface Failing {
  readonly url: string;
  readonly user: string;
  readonly env: Readonly<Record<string, string>>;
  /** Number of received requests to end the session. */
  readonly ends: () => number;
}

/** A demo store that supports everything except ending sessions. */
async function failing(t: TestContext, dialect: SoapDialect, fail: (response: ServerResponse) => void): Promise<Failing> {
  const store = await still();
  t.after(() => store.close());
  const { user, key } = admin(store);
  const own = new URL(store.urls[dialect]);
  let ends = 0;
  const front = await serve(t, async ({ request, body }, response) => {
    if (body.includes('endSession')) {
      ends++;
      fail(response);
      return;
    }
    const post = request.method === 'POST' ? { method: 'POST', body, headers: { 'Content-Type': 'text/xml; charset=utf-8' } } : {};
    const answer = await fetch(new URL(request.url ?? '/', own), post);
    response.writeHead(answer.status, { 'Content-Type': 'text/xml; charset=utf-8' });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  return { url: new URL(own.pathname, front.url).href, user, env: { MAHO_SOAP_KEY: key }, ends: () => ends };
}

/** Runs JavaScript in a separate process. */
async function runModule(source: string, env: Readonly<Record<string, string>>): Promise<Ran> {
  const { folder, remove } = await project();
  try {
    await writeFile(join(folder, 'program.mjs'), source);
    return await run(process.execPath, [join(folder, 'program.mjs')], { cwd: folder, env });
  } finally {
    await remove();
  }
}

const targets: Readonly<Record<Exclude<CodeTarget, 'curl'>, (source: string, env: Readonly<Record<string, string>>) => Promise<Ran>>> = {
  php: runPhp,
  // The types are checked in the test that compiles all programs.
  typescript: (source, env) => runModule(ts.transpile(source, { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }), env),
  javascript: runModule,
};

/** Every failure and every dialect for PHP. Programs for the soap package handle them in the same way in all dialects. */
const rows = (['a fault', 'a web page', 'a connection that ends'] as const).flatMap((what) => [
  ...soapDialects.map((dialect) => [what, 'php', dialect] as const),
  [what, 'javascript', 'v2'] as const,
  ...(what === 'a fault'
    ? ([
        [what, 'typescript', 'v1'],
        [what, 'javascript', 'wsi'],
      ] as const)
    : []),
]);

describe('the error of a program is visible although ending the session fails', () => {
  for (const [what, target, dialect] of rows) {
    test(`${what}: ${target}, ${dialectLabels[dialect]}`, { skip: target === 'php' && phpSkip }, async (t) => {
      const { url, user, env, ends } = await failing(t, dialect, failures[what]);
      const program = (customerId: number): string =>
        generateCode({ method: 'customer.info', args: { customerId }, url: `${url}?wsdl`, user, dialect }, target);
      const good = await targets[target](program(2), env);
      assert.deepEqual([good.status, good.stderr], [0, '']);
      assert.match(good.stdout, /"customer_id": "?2"?/);
      const bad = await targets[target](program(999_999), env);
      assert.deepEqual(bad, { status: 1, stdout: '', stderr: 'Fault 102: Customer not exists.\n' });
      assert.equal(ends(), 2, 'both programs tried to end their session');
    });
  }
});

for (const target of ['php', 'javascript'] as const) {
  test(`the snippet that ends a session does not hide an error either, ${target}`, { skip: target === 'php' && phpSkip }, async (t) => {
    const { url, user, env, ends } = await failing(t, 'v2', failures['a fault']);
    const file = snippetFiles()[target];
    const snippet = (name: string, answers: Readonly<Record<number, string>> = {}): string =>
      expandSnippet(file[`Maho ${name} (${dialectLabels['v2']})`]?.body ?? assert.fail(name), answers);
    const start = `${snippet('login', { 1: url, 2: user })}${snippet('customer.info', { 1: '2' })}`;
    const ran =
      target === 'php'
        ? await runPhp(`<?php\ndeclare(strict_types=1);\n${start}${snippet('end session')}echo $customer->customer_id;\n`, env)
        : await runModule(`${start}${snippet('end session')}console.log(String(customer.customer_id));\n`, env);
    assert.deepEqual({ ...ran, stdout: ran.stdout.trim() }, { status: 0, stdout: '2', stderr: '' });
    assert.equal(ends(), 1);
  });
}
