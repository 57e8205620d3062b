import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import * as z from 'zod/mini';
import { soapDialects } from '../../src/api/dialect';
import { phpSkip, run } from '../support/php';
import type { TriedEnvelope } from './envelopes';
import { plainWsdl } from './wsdls';

/** Why envelopes cannot be given to PHP's server, or `false` when they can. */
export const serverSkip: string | false =
  phpSkip !== false
    ? phpSkip
    : /^pcntl$/m.test(spawnSync('php', ['-m'], { encoding: 'utf8' }).stdout)
      ? false
      : "PHP's pcntl extension is not installed";

/** The calls that PHP's server runs for envelopes, by the demo store's WSDLs. All share one PHP process. */
export async function runByPhp(envelopes: readonly TriedEnvelope[]): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'maho-policy-'));
  try {
    const files = soapDialects.map((dialect) => {
      const file = join(folder, `${dialect}.wsdl`);
      writeFileSync(file, plainWsdl(dialect));
      return [dialect, file] as const;
    });
    const out = join(folder, 'ran.json');
    const items = envelopes.map(({ dialect, xml }) => ({ dialect, xml: Buffer.from(xml).toString('base64') }));
    const input = JSON.stringify({ wsdl: Object.fromEntries(files), out, items });
    const { status, stderr, stdout } = await run(
      'php',
      ['-d', 'display_errors=0', '-d', 'log_errors=0', resolve(import.meta.dirname, '../php/envelopes.php')],
      { input },
    );
    assert.equal(status, 0, stderr + stdout.slice(0, 1000));
    const ran = z.array(z.array(z.string())).parse(JSON.parse(readFileSync(out, 'utf8')));
    assert.equal(ran.length, envelopes.length);
    return ran;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
