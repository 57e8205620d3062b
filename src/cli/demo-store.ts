import { dialectLabels } from '../api/dialect';
import { ToolkitError } from '../api/errors';
import { printable, printableJson } from '../api/printable';
import type { DemoStore, DemoStoreOptions, RequestLogEntry } from '../demo';
import { usage, type Command, type Io } from './io';
import { numberOf, parse } from './options';

const ports = { rpc: 8190, wsi: 8191 };

/** `maho-soap demo-store`: a store to try things on. */
export const demoStore: Command = {
  summary: 'Run a demo store on this machine until stopped',
  help: `Usage: maho-soap demo-store [options]

Runs a store that speaks V1, V2 and WS-I like a real one, stocked with customers, until Ctrl+C.

Options:
  --port N         port of V1 and V2 (${ports.rpc}, or a free one when it is taken); 0 takes a free one
  --wsi-port N     port of WS-I (${ports.wsi}, or a free one when it is taken); in a real shop it is a switch on the same URL
  --host ADDRESS   address to listen on (127.0.0.1); others let other machines in
  --allow-host NAME  answer to this name too; by default only to localhost and to the address; may be given several times
  --customers N    synthetic customers to stock (60)
  --seed N         seed of the synthetic customers (1)
  --seed-file FILE customers to stock instead: JSON, a list of attribute maps
  --product NAME   what it answers like: maho (maho@26.7), maho@25, openmage (openmage@20.18), openmage@20.0 or magento
  --data FILE      keep the store in this file between runs
  --fault LIST     trouble for every request, such as slow=2s,notice; may be given several times
  --log            print each request
  --json           print addresses and users as one JSON line
`,

  async run(args, io) {
    const { values, positionals } = parse(args, {
      port: { type: 'string' },
      'wsi-port': { type: 'string' },
      host: { type: 'string' },
      'allow-host': { type: 'string', multiple: true },
      customers: { type: 'string' },
      seed: { type: 'string' },
      'seed-file': { type: 'string' },
      product: { type: 'string' },
      data: { type: 'string' },
      fault: { type: 'string', multiple: true },
      log: { type: 'boolean' },
      json: { type: 'boolean' },
    });
    if (positionals[0] !== undefined) throw usage(`"${positionals[0]}" means nothing here.`);
    const demo = await import('../demo');
    const product = values.product === undefined ? undefined : demo.findGeneration(values.product)?.id;
    if (values.product !== undefined && product === undefined)
      throw usage(`There is no demo store of "${values.product}".`, `Use ${demo.generationNames.join(', ')}.`);
    const options: DemoStoreOptions = {
      host: values.host ?? '127.0.0.1',
      ...(values['allow-host'] === undefined ? {} : { allowHosts: values['allow-host'] }),
      ...(values.customers === undefined ? {} : { customers: numberOf('--customers', values.customers) }),
      ...(values.seed === undefined ? {} : { seed: numberOf('--seed', values.seed) }),
      ...(values['seed-file'] === undefined ? {} : { seedFile: values['seed-file'] }),
      ...(product === undefined ? {} : { product }),
      ...(values.data === undefined ? {} : { dataFile: values.data }),
      ...(values.fault === undefined ? {} : { faults: demo.parseFaults(values.fault.join(',')) }),
      ...(values.log === true ? { onRequest: (entry: RequestLogEntry) => void io.err(logLine(entry)) } : {}),
    };
    const store = await listening(demo.startDemoStore, options, portOf('--port', values.port), portOf('--wsi-port', values['wsi-port']));
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

/** Starts the store. Ports that the user named must be free; the usual ones give way to free ones. */
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
    if (port === undefined || wsiPort === undefined) {
      try {
        return await start({ ...options, port: port ?? 0, wsiPort: wsiPort ?? 0 });
      } catch (again) {
        if (!isBusy(again)) throw again;
      }
    }
    throw new ToolkitError(
      'input',
      {
        code: 'port-taken',
        what: 'The demo store cannot listen on this port.',
        why: 'Another program uses it.',
        next: 'Choose another --port and --wsi-port, or 0 for a free one.',
      },
      { cause: error },
    );
  }
}

function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return ('code' in error && error.code === 'EADDRINUSE') || isBusy(error.cause);
}

async function announce(store: DemoStore, json: boolean, io: Io): Promise<void> {
  if (json) {
    await io.out(`${printableJson({ urls: store.urls, ports: store.ports, users: store.users, customers: store.customers() })}\n`);
    return;
  }
  const width = Math.max(...store.users.map(({ user }) => user.length));
  const lines = [
    `Demo store with ${store.customers().toLocaleString('en')} customers`,
    `  ${dialectLabels.v1.padEnd(5)} ${store.urls.v1}`,
    `  ${dialectLabels.v2.padEnd(5)} ${store.urls.v2}`,
    `  ${dialectLabels.wsi.padEnd(5)} ${store.urls.wsi}`,
    ...store.users.map(({ user, key, rights }) => `  User  ${user.padEnd(width)}  key ${key}  ${rights}`),
    ...(store.loopback ? [] : ['  Warning: other machines can reach it.']),
    'Stop it with Ctrl+C.',
  ];
  await io.out(`${lines.join('\n')}\n`);
}

async function stopped(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function logLine({ time, dialect, method, args, user, status, fault, ms }: RequestLogEntry): string {
  const outcome = fault === undefined ? String(status) : `${status} fault ${fault.code} ${fault.message}`;
  return (
    printable(`${time.toISOString()} ${dialectLabels[dialect]} ${method} ${args} ${user ?? '-'} ${outcome} ${ms.toFixed(0)} ms`) + '\n'
  );
}
