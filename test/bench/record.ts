import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SoapRecord } from '../../src/api/value';
import { startDemoStore } from '../../src/demo';
import { Cassette, startRecorder } from '../../src/record';
import { openTransport } from '../../src/store/calls/open-transport';
import { DemoClient } from '../unit/demo/client';
import type { BenchRow } from './report';

/** Customers of the store. */
const CUSTOMERS = 1000;
/** Turns in which each way is measured once, so that what else runs on the machine disturbs both. */
const TURNS = 7;

const window = (to: number): SoapRecord => ({ filters: { customer_id: { from: 1, to } } });

const cases: readonly (readonly [name: string, method: string, args: SoapRecord, calls: number])[] = [
  ['customer.info', 'customer.info', { customerId: 1 }, 40],
  ['50 customers', 'customer.list', window(50), 20],
  ['1,000 customers', 'customer.list', window(CUSTOMERS), 3],
];

/**
 * Calls through a recorder beside the same calls to the store. Client, recorder and store share this process, so what the recorder does
 * after an answer counts as far as it keeps the next call waiting.
 */
export async function benchRecord(): Promise<BenchRow[]> {
  const demo = await startDemoStore({ customers: CUSTOMERS });
  const folder = await mkdtemp(join(tmpdir(), 'maho-bench-record-'));
  const config = { name: 'Shop', url: demo.urls.v1.replace(/api\/.*$/, ''), user: '' };
  const cassette = await Cassette.open(folder);
  const recorder = await startRecorder({
    config,
    transport: await openTransport(config, {}, undefined),
    port: 0,
    onPassed: (passed) => cassette.add(passed),
  });
  const direct = new DemoClient(demo.urls.v1, 'v1');
  const recorded = new DemoClient(`${recorder.url}${new URL(demo.urls.v1).pathname}`, 'v1');
  try {
    const rows: BenchRow[] = [];
    await direct.logIn();
    await recorded.logIn();
    for (const [name, method, args, calls] of cases) {
      const alone: number[] = [];
      const through: number[] = [];
      for (let turn = 0; turn <= TURNS; turn++) {
        const one = await perCall(direct, method, args, calls);
        const other = await perCall(recorded, method, args, calls);
        // The first turn compiles the code.
        if (turn === 0) continue;
        alone.push(one);
        through.push(other);
      }
      const [value, peerValue] = [median(through), median(alone)];
      rows.push({ area: 'record', case: name, unit: 'ms a call', value, peer: 'direct', peerValue, ratio: peerValue / value });
      const goal = Math.max(2, peerValue / 10);
      const added = value - peerValue;
      rows.push({
        area: 'record',
        case: `${name}, added`,
        unit: 'ms a call',
        value: added,
        peer: 'goal',
        peerValue: goal,
        ratio: goal / added,
      });
    }
    return rows;
  } finally {
    direct.agent.destroy();
    recorded.agent.destroy();
    await recorder.close();
    await cassette.close();
    await demo.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function perCall(client: DemoClient, method: string, args: SoapRecord, calls: number): Promise<number> {
  const start = performance.now();
  for (let call = 0; call < calls; call++) await client.call(method, args);
  return (performance.now() - start) / calls;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
