import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test } from 'node:test';
import * as z from 'zod/mini';
import { dialects } from '../../src/api/dialect';
import { inspectEnvelope } from '../../src/store/envelope';
import { checkEnvelope, countsAsRead, craftedEnvelopes, plainEnvelopeOf, twistedEnvelope, type TriedEnvelope } from '../fuzz/envelopes';
import { plainWsdl } from '../fuzz/wsdls';
import { phpSkip, run } from '../support/php';

const skip =
  phpSkip !== false
    ? phpSkip
    : /^pcntl$/m.test(spawnSync('php', ['-m'], { encoding: 'utf8' }).stdout)
      ? false
      : "PHP's pcntl extension is not installed";
const SEED = Number(process.env['SEED'] ?? 20261128);

/** What PHP's server runs for envelopes, by the demo store's WSDLs. One PHP process for all. */
async function runByPhp(envelopes: readonly TriedEnvelope[]): Promise<readonly (readonly string[])[]> {
  const folder = mkdtempSync(join(tmpdir(), 'maho-policy-'));
  try {
    const files = dialects.map((dialect) => {
      const file = join(folder, `${dialect}.wsdl`);
      writeFileSync(file, plainWsdl(dialect));
      return [dialect, file] as const;
    });
    const out = join(folder, 'ran.json');
    const items = envelopes.map(({ dialect, xml }) => ({ dialect, xml: Buffer.from(xml).toString('base64') }));
    const input = JSON.stringify({ wsdl: Object.fromEntries(files), out, items });
    const { status, stderr, stdout } = await run(
      'php',
      ['-d', 'display_errors=0', '-d', 'log_errors=0', join(import.meta.dirname, 'envelopes.php')],
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

suite('nothing that counts as a read makes PHP run a write', { skip }, () => {
  test('plain envelopes run what they say, and reads count as reads', async () => {
    const plain = dialects.flatMap((dialect) =>
      (['customer.info', 'customer.delete'] as const).map((id) => ({
        dialect,
        ways: [id],
        xml: Buffer.from(plainEnvelopeOf(dialect, id)),
      })),
    );
    const ran = await runByPhp(plain);
    for (const [index, envelope] of plain.entries()) {
      const [id] = envelope.ways;
      assert.deepEqual(
        ran[index]?.map((name) => (id === 'customer.info' ? /info$/i : /delete$/i).test(name)),
        [true],
        `${envelope.dialect} ${id}`,
      );
      assert.deepEqual([inspectEnvelope(envelope.xml).methods, countsAsRead(envelope)], [[id], id === 'customer.info']);
    }
  });

  test('each crafted envelope', async () => {
    const crafted = craftedEnvelopes();
    const ran = await runByPhp(crafted);
    assert.deepEqual(
      crafted.flatMap((envelope, index) => checkEnvelope(envelope, ran[index] ?? []) ?? []),
      [],
    );
    const wrote = crafted.filter((_, index) => ran[index]?.some((name) => /delete/i.test(name)));
    assert.ok(crafted.length >= 200 && wrote.length >= 40, `${wrote.length} of ${crafted.length} made PHP run a write`);
  });

  test('400 envelopes with several things done to each', async () => {
    const twisted = Array.from({ length: 400 }, (_, index) => twistedEnvelope(SEED + index));
    const ran = await runByPhp(twisted);
    assert.deepEqual(
      twisted.flatMap((envelope, index) => checkEnvelope(envelope, ran[index] ?? []) ?? []),
      [],
      `SEED=${SEED}`,
    );
    assert.ok(twisted.filter(countsAsRead).length > 30, 'what is plain still counts as a read');
  });
});
