// Uses the package maho-soap that is installed in a folder, with the Node that runs this: node use-package.mjs FOLDER. It is JavaScript, so
// that it runs without the packages of this project.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [folder = ''] = process.argv.slice(2);
const load = createRequire(join(folder, 'index.js'));
const { startDemoStore } = load('maho-soap/demo-store');
const { version } = load('maho-soap/package.json');
const program = join(folder, 'node_modules', 'maho-soap', 'dist', 'maho-soap.cjs');

/**
 * @param {readonly string[]} args
 * @param {Readonly<Record<string, string>>} env
 */
async function run(args, env = {}) {
  const child = spawn(process.execPath, [program, ...args], { cwd: folder, env: { ...process.env, ...env } });
  let out = '';
  child.stdout.on('data', (chunk) => (out += String(chunk)));
  child.stderr.on('data', (chunk) => (out += String(chunk)));
  const [code] = await once(child, 'close');
  assert.equal(code, 0, `${args.join(' ')} on Node ${process.version}: ${out}`);
  return out;
}

const store = await startDemoStore({ customers: 3, port: 0, wsiPort: 0 });
try {
  const [{ user, key }] = store.users;
  const at = ['--url', new URL(store.urls.v2).origin];
  const env = { MAHO_SOAP_KEY: key };
  assert.equal((await run(['--version'])).trim(), version);
  for (const dialect of ['v1', 'v2'])
    assert.equal(JSON.parse(await run(['call', 'customer.list', ...at, '--user', user, '--dialect', dialect], env)).length, 3);
  assert.match(await run(['doctor', ...at, '--user', user], env), /^ok +WSDL/m);
  // The WSDL is read in a thread with a separate file.
  assert.match(await run(['types', ...at, '--language', 'typescript', '--out', '-']), /interface/);
} finally {
  await store.close();
}
