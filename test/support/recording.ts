import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { Cassette, startRecorder, type PassedExchange, type Recorder } from '../../src/record';
import { openTransport } from '../../src/store/calls/open-transport';
import type { StoreConfig } from '../../src/store/settings/config';
import type { Exchange } from '../../src/store/wire/exchange';

/** A recorder before a store, with the folder that it writes into. */
export interface Recording {
  readonly recorder: Recorder;
  readonly folder: string;
  /** The exchanges that were passed on so far. */
  readonly passed: readonly PassedExchange[];
  /** The calls that the recorder refused so far. */
  readonly refused: readonly Exchange[];
  /** Ends the recording. Afterwards all of it is in the files. */
  readonly end: () => Promise<void>;
}

/** Records the calls to a store until the test ends, and then deletes the folder. @param url address of the store */
export async function recording(t: TestContext, url: string, config: Partial<StoreConfig> = {}, allowWrites = false): Promise<Recording> {
  const folder = await mkdtemp(join(tmpdir(), 'maho-cassette-'));
  const store: StoreConfig = { name: 'Shop', url, user: '', ...config };
  const cassette = await Cassette.open(folder);
  const passed: PassedExchange[] = [];
  const refused: Exchange[] = [];
  const recorder = await startRecorder({
    config: store,
    transport: await openTransport(store, {}, undefined),
    port: 0,
    allowWrites,
    onPassed: (each) => {
      passed.push(each);
      return cassette.add(each);
    },
    onRefused: (exchange) => void refused.push(exchange),
  });
  let ended: Promise<void> | undefined;
  const end = (): Promise<void> =>
    (ended ??= (async (): Promise<void> => {
      // The recorder passes on the last exchange a moment after its answer has arrived.
      await new Promise((resolve) => setImmediate(resolve));
      await recorder.close();
      await cassette.close();
    })());
  t.after(async () => {
    await end();
    await rm(folder, { recursive: true, force: true });
  });
  return { recorder, folder, passed, refused, end };
}
