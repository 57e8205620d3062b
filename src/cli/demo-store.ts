import { dialectLabels } from '../api/dialect';
import { ToolkitError } from '../api/errors';
import { printable, printableJson } from '../api/printable';
import type { DemoStore, DemoStoreOptions, RequestLogEntry } from '../demo';
import type { Command, Options } from './command';
import { usage, type Io } from './io';
import { numberOf, parse } from './options';
import { stopped } from './stopped';

const ports = { rpc: 8190, wsi: 8191 };

const options = {
  port: { type: 'string', value: 'N', doc: `port of V1 and V2 (${ports.rpc}, or a free one when it is taken); 0 takes a free one` },
  'wsi-port': {
    type: 'string',
    value: 'N',
    doc: `port of WS-I (${ports.wsi}, or a free one when it is taken); in a real shop it is a switch on the same URL`,
  },
  host: { type: 'string', value: 'ADDRESS', doc: 'address to listen on (127.0.0.1); others let other machines in' },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    doc: 'answer to this name too; by default only to localhost and to the address',
  },
  customers: { type: 'string', value: 'N', doc: 'synthetic customers to stock (60)' },
  seed: { type: 'string', value: 'N', doc: 'seed of the synthetic customers (1)' },
  'seed-file': { type: 'string', value: 'FILE', doc: 'customers to stock instead: JSON, a list of attribute maps' },
  product: {
    type: 'string',
    value: 'NAME',
    doc: 'what it answers like: maho (maho@26.7), maho@25, openmage (openmage@20.18), openmage@20.0 or magento',
  },
  data: { type: 'string', value: 'FILE', doc: 'keep the store in this file between runs' },
  fault: { type: 'string', multiple: true, value: 'LIST', doc: 'trouble for every request, such as slow=2s,notice' },
  control: { type: 'boolean', doc: 'let programs steer the store over HTTP at /__demo/: faults, clock, users, snapshots' },
  'control-token': {
    type: 'string',
    value: 'TOKEN',
    doc: 'ask for this token in each order, and turn --control on; made up when other machines can reach the store',
  },
  log: { type: 'boolean', doc: 'print each request' },
  json: { type: 'boolean', doc: 'print addresses and users as one JSON line' },
} as const satisfies Options;

/** `maho-soap demo-store`: runs a store to try things on. */
export const demoStore: Command = {
  summary: 'Run a demo store on this machine until stopped',
  usage: '[options]',
  about: ['Runs a store that speaks V1, V2 and WS-I like a real one, stocked with customers, until Ctrl+C.'],
  options,
  exit: 'The exit code is 0 when it was stopped, 2 when it could not start.',
  examples: [
    { doc: 'On the usual ports, with each request printed', line: 'maho-soap demo-store --log' },
    {
      doc: 'An old OpenMage on free ports that answers slowly',
      line: 'maho-soap demo-store --port 0 --wsi-port 0 --product openmage@20.0 --fault slow=1s',
    },
    { doc: 'For tests that steer it while it runs (docs/demo-store.md)', line: 'maho-soap demo-store --port 0 --control' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined) throw usage(`"${positionals[0]}" means nothing here.`);
    const demo = await import('../demo');
    const product = values.product === undefined ? undefined : demo.findGeneration(values.product)?.id;
    if (values.product !== undefined && product === undefined)
      throw usage(`There is no demo store of "${values.product}".`, `Use ${demo.generationNames.join(', ')}.`);
    const started: DemoStoreOptions = {
      host: values.host ?? '127.0.0.1',
      ...(values['allow-host'] === undefined ? {} : { allowHosts: values['allow-host'] }),
      ...(values.customers === undefined ? {} : { customers: numberOf('--customers', values.customers) }),
      ...(values.seed === undefined ? {} : { seed: numberOf('--seed', values.seed) }),
      ...(values['seed-file'] === undefined ? {} : { seedFile: values['seed-file'] }),
      ...(product === undefined ? {} : { product }),
      ...(values.data === undefined ? {} : { dataFile: values.data }),
      ...(values.fault === undefined ? {} : { faults: demo.parseFaults(values.fault.join(',')) }),
      ...(values['control-token'] !== undefined
        ? { control: { token: values['control-token'] } }
        : values.control === true
          ? { control: true }
          : {}),
      ...(values.log === true ? { onRequest: (entry: RequestLogEntry) => void io.err(logLine(entry)) } : {}),
    };
    const store = await listening(demo.startDemoStore, started, portOf('--port', values.port), portOf('--wsi-port', values['wsi-port']));
    try {
      await announce(store, values.json === true, io);
      await stopped(io.stop);
    } finally {
      await store.close();
    }
    return 0;
  },
};

function portOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = numberOf(name, text);
  if (!Number.isInteger(port) || port > 65_535) throw usage(`${name} needs a port from 0 to 65535, not "${text}".`);
  return port;
}

/** Starts the store. A port that the user named must be free. A usual port that is taken is replaced with a free one. */
async function listening(
  start: (options: DemoStoreOptions) => Promise<DemoStore>,
  options: DemoStoreOptions,
  port: number | undefined,
  wsiPort: number | undefined,
): Promise<DemoStore> {
  try {
    return await start({ ...options, port: port ?? ports.rpc, wsiPort: wsiPort ?? ports.wsi });
  } catch (error) {
    if (!isBusy(error)) throw error;
    if (port !== undefined && wsiPort !== undefined) throw portTaken(error);
  }
  try {
    return await start({ ...options, port: port ?? 0, wsiPort: wsiPort ?? 0 });
  } catch (error) {
    throw isBusy(error) ? portTaken(error) : error;
  }
}

/** The same error, which names the port, with the options of this command in what to do. */
function portTaken(error: unknown): unknown {
  if (!(error instanceof ToolkitError)) return error;
  const next = 'Choose another --port and --wsi-port, or 0 for a free one.';
  return new ToolkitError('input', { ...error.words, code: 'port-taken', next }, { cause: error });
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isBusy(error.cause);
}

async function announce(store: DemoStore, json: boolean, io: Io): Promise<void> {
  const { urls, ports, users, control } = store;
  if (json) {
    await io.out(`${printableJson({ urls, ports, users, customers: store.customers(), control })}\n`);
    return;
  }
  const width = Math.max(...store.users.map(({ user }) => user.length));
  const lines = [
    `Demo store with ${store.customers().toLocaleString('en')} customers`,
    `  ${dialectLabels.v1.padEnd(5)} ${store.urls.v1}`,
    `  ${dialectLabels.v2.padEnd(5)} ${store.urls.v2}`,
    `  ${dialectLabels.wsi.padEnd(5)} ${store.urls.wsi}`,
    ...(store.restUrl === undefined ? [] : [`  ${dialectLabels.rest.padEnd(5)} ${store.restUrl}`]),
    ...store.users.map(({ user, key, rights }) => `  User  ${user.padEnd(width)}  key ${key}  ${rights}`),
    ...(store.control === undefined
      ? []
      : [`  Steer it at ${store.control.url}${store.control.token === undefined ? '' : ` with the token ${store.control.token}`}`]),
    ...(store.loopback ? [] : ['  Warning: other machines can reach it.']),
    'Stop it with Ctrl+C.',
  ];
  await io.out(`${lines.join('\n')}\n`);
}

function logLine({ time, dialect, method, args, user, status, fault, ms }: RequestLogEntry): string {
  const outcome = fault === undefined ? String(status) : `${status} fault ${fault.code} ${fault.message}`;
  return (
    printable(`${time.toISOString()} ${dialectLabels[dialect]} ${method} ${args} ${user ?? '-'} ${outcome} ${ms.toFixed(0)} ms`) + '\n'
  );
}
