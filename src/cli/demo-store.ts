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
  port: {
    type: 'string',
    value: 'N',
    doc: `Port for V1 and V2. Default: ${ports.rpc}, or a free port if it is in use. 0 selects a free port.`,
  },
  'wsi-port': {
    type: 'string',
    value: 'N',
    doc: `Port for WS-I. Default: ${ports.wsi}, or a free port if it is in use. A real shop has WS-I on the same URL, as a setting.`,
  },
  host: {
    type: 'string',
    value: 'ADDRESS',
    doc: 'Address to listen on. Default: 127.0.0.1. With any other address, other computers can connect.',
  },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: 'NAME',
    doc: 'Host name to accept in addition to localhost and the address.',
  },
  customers: { type: 'string', value: 'N', doc: 'Number of synthetic customers. Default: 60.' },
  seed: { type: 'string', value: 'N', doc: 'Seed of the synthetic customers. Default: 1.' },
  'seed-file': { type: 'string', value: 'FILE', doc: 'JSON file with the customers to use instead, as a list of attribute maps.' },
  product: {
    type: 'string',
    value: 'NAME',
    doc: 'Product to behave like: maho (maho@26.7), maho@25, openmage (openmage@20.18), openmage@20.0 or magento.',
  },
  data: { type: 'string', value: 'FILE', doc: 'Keep the store in this file between runs.' },
  fault: { type: 'string', multiple: true, value: 'LIST', doc: 'Faults for every request, such as slow=2s,notice.' },
  control: { type: 'boolean', doc: 'Let programs control the store over HTTP at /__demo/: faults, clock, users, snapshots.' },
  'control-token': {
    type: 'string',
    value: 'TOKEN',
    doc: 'Require this token for each order, and turn on --control. Default: a generated token if other computers can connect.',
  },
  log: { type: 'boolean', doc: 'Print each request.' },
  json: { type: 'boolean', doc: 'Print URLs and users as one JSON line.' },
} as const satisfies Options;

/** `maho-soap demo-store`: runs a store to try things on. */
export const demoStore: Command = {
  summary: 'Run a demo store on this computer until you stop it',
  usage: '[options]',
  about: [
    'Runs a store with synthetic customers until you press Ctrl+C. ' +
      'It answers over V1, V2 and WS-I like a real store, and as Maho 26.7 also over REST v2.',
  ],
  options,
  exit: 'The exit code is 0 if you stopped it, and 2 if it could not start.',
  examples: [
    { doc: 'On the default ports, with each request printed', line: 'maho-soap demo-store --log' },
    {
      doc: 'A slow, old OpenMage on free ports',
      line: 'maho-soap demo-store --port 0 --wsi-port 0 --product openmage@20.0 --fault slow=1s',
    },
    { doc: 'For tests that control it while it runs (docs/demo-store.md)', line: 'maho-soap demo-store --port 0 --control' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined) throw usage(`Unexpected argument "${positionals[0]}".`);
    const demo = await import('../demo');
    const product = values.product === undefined ? undefined : demo.findGeneration(values.product)?.id;
    if (values.product !== undefined && product === undefined)
      throw usage(`There is no demo store for "${values.product}".`, `Use one of ${demo.generationNames.join(', ')}.`);
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
  const next = 'Use another --port and --wsi-port, or 0 for a free port.';
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
    ...store.users.map(({ user, key, rights }) => `  User  ${user.padEnd(width)}  API key ${key}  ${rights}`),
    ...(store.control === undefined
      ? []
      : [`  Control it at ${store.control.url}${store.control.token === undefined ? '' : ` with the token ${store.control.token}`}`]),
    ...(store.loopback ? [] : ['  Warning: Other computers can reach it.']),
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
