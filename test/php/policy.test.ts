import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { soapDialects } from '../../src/api/dialect';
import { inspectEnvelope } from '../../src/store/soap/envelope';
import { checkEnvelope, countsAsRead, craftedEnvelopes, plainEnvelopeOf, twistedEnvelope } from '../fuzz/envelopes';
import { runByPhp, serverSkip } from '../fuzz/run-envelopes';

const SEED = Number(process.env['SEED'] ?? 20261128);

suite('PHP runs no write for an envelope that counts as a read', { skip: serverSkip }, () => {
  test('plain envelopes run their calls, and reads count as reads', async () => {
    const plain = soapDialects.flatMap((dialect) =>
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

  test('400 envelopes with several twists each', async () => {
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
