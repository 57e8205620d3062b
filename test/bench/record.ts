import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SoapRecord } from '../../src/api/value';
import { startDemoStore, type DemoStore } from '../../src/demo';
import { Cassette, startRecorder } from '../../src/record';
import { openTransport } from '../../src/store/calls/open-transport';
import { DemoClient } from '../unit/demo/client';
import type { BenchRow } from './report';

/** Number of customers in the store. */
const CUSTOMERS = 1000;
/** Rounds in which each way is measured once, so that other load affects both. */
const TURNS = 7;

const window = (to: number): SoapRecord => ({ filters: { customer_id: { from: 1, to } } });

const cases: readonly (readonly [name: string, method: string, args: SoapRecord, calls: number])[] = [
  ['customer.info', 'customer.info', { customerId: 1 }, 40],
  ['50 customers', 'customer.list', window(50), 20],
  ['1,000 customers', 'customer.list', window(CUSTOMERS), 3],
];

/**
 * Calls through a recorder compared with direct calls, in processor time of this process, which client, recorder and store share. Processor
 * time hardly changes while other programs run, unlike wall-clock time. Reading, masking and writing of the exchanges, which happen when
 * the program pauses, have separate rows.
 */
export async function benchRecord(): Promise<BenchRow[]> {
  const demo = await startDemoStore({ customers: CUSTOMERS });
  const folder = await mkdtemp(join(tmpdir(), 'maho-bench-record-'));
  const direct = new DemoClient(demo.urls.v1, 'v1');
  try {
    const rows: BenchRow[] = [];
    await direct.logIn();
    for (const [name, method, args, calls] of cases) {
      const alone: number[] = [];
      const through: number[] = [];
      const afterwards: number[] = [];
      for (let turn = 0; turn <= TURNS; turn++) {
        const one = await perCall(direct, method, args, calls);
        const { passing, keeping } = await recordedCalls(demo, join(folder, `${name} ${turn}`), method, args, calls);
        // The first round also compiles the code.
        if (turn === 0) continue;
        alone.push(one);
        through.push(passing);
        afterwards.push(keeping);
      }
      const [value, peerValue] = [median(through), median(alone)];
      const unit = 'ms of processor time a call';
      rows.push({ area: 'record', case: name, unit, value, peer: 'direct', peerValue, ratio: peerValue / value });
      const goal = Math.max(2, peerValue / 10);
      const added = value - peerValue;
      rows.push({ area: 'record', case: `${name}, added`, unit, value: added, peer: 'goal', peerValue: goal, ratio: goal / added });
      rows.push({ area: 'record', case: `${name}, kept afterwards`, unit, value: median(afterwards) });
    }
    return rows;
  } finally {
    direct.agent.destroy();
    await demo.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A call that does not end is running all the time, so that no exchange is written before the recorder is closed. */
async function recordedCalls(
  demo: DemoStore,
  folder: string,
  method: string,
  args: SoapRecord,
  calls: number,
): Promise<{ readonly passing: number; readonly keeping: number }> {
  const config = { name: 'Shop', url: demo.urls.v1.replace(/api\/.*$/, ''), user: '' };
  const cassette = await Cassette.open(folder);
  const transport = await openTransport(config, {}, undefined);
  const recorder = await startRecorder({ config, transport, port: 0, keepsValues: false, onPassed: (passed) => cassette.add(passed) });
  const address = `${recorder.url}${new URL(demo.urls.v1).pathname}`;
  // Each client has one connection.
  const [client, other] = [new DemoClient(address, 'v1'), new DemoClient(address, 'v1')];
  await client.logIn();
  other.session = client.session;
  demo.addFault({ method: 'customer_group.list', faults: { slow: 600_000 }, calls: 1 });
  const held = other.call('customer_group.list', {}).catch(() => undefined);
  while (demo.faultRules.length > 0) await new Promise((resolve) => setTimeout(resolve, 5));
  const passing = await perCall(client, method, args, calls);
  const keeping = await processorTime(async () => {
    await recorder.close(0);
    await cassette.close();
  });
  await held;
  client.agent.destroy();
  other.agent.destroy();
  return { passing, keeping: keeping / calls };
}

async function perCall(client: DemoClient, method: string, args: SoapRecord, calls: number): Promise<number> {
  const spent = await processorTime(async () => {
    for (let call = 0; call < calls; call++) await client.call(method, args);
  });
  return spent / calls;
}

/** Processor time of this process during some work, in milliseconds. */
async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
