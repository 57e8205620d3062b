import { type SoapFacets } from '../api/dialect-facets';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { ToolkitError } from '../api/errors';
import { findGeneration, generationNames, type Generation } from '../api/generations';
import type { ResourceRegistry } from '../api/resources';
import { shopResources } from '../api/resources/shop';
import { recordedShop, Shop } from './data/shop';
import { DemoMethods } from './operations/methods';
import { Journal } from './journal/journal';
import type { DemoStore, DemoStoreOptions } from './options';
import { RequestHandler } from './request-handler';
import { restOf } from './rest/serve';
import { checkedFaults } from './mishaps';
import { Guard, isLocalOnly } from './guard';
import { RequestLog } from './log';
import { seedCustomers } from './seed/records';
import { syntheticStock } from './seed/synthetic';
import { Sessions } from './sessions';
import { ApiUsers } from './users';
import { StoreClock } from './clock';
import { ControlOverHttp, CONTROL_PATH } from './control/over-http';
import { StoreControl } from './control/store-control';
import { RunningStore } from './running-store';
import { FaultRules } from './fault-rules';

/**
 * Starts a demo store: a Maho without PHP and a database, for people, tests and CI. Resolves once both ports accept requests.
 * @throws {ToolkitError} of kind `input` when a port is in use, or when a seed or data file cannot be used
 */
export async function startDemoStore(options: DemoStoreOptions = {}): Promise<DemoStore> {
  return await startStoreOf(shopResources, options);
}

/**
 * Starts a demo store with other resources than those of the customer family.
 * @param registry resources that it serves
 * @throws {ToolkitError} as {@link startDemoStore} does
 */
export async function startStoreOf(registry: ResourceRegistry, options: DemoStoreOptions = {}): Promise<DemoStore> {
  const clock = new StoreClock(options.now ?? ((): Date => new Date()));
  const host = hostOf(options.host);
  const guard = new Guard(host, options.allowHosts ?? []);
  const generation = chosenGeneration(options.product);
  const shop = new Shop({ ...recordedShop, timeZone: options.timeZone ?? 'America/New_York' }, clock.now);
  const stock = async (): Promise<void> => {
    if (options.seedFile === undefined)
      shop.stock(syntheticStock(numberOfCustomers(options.customers), options.seed ?? 1, shop.config.storeViews));
    else for (const change of await seedCustomers(options.seedFile)) shop.apply(change);
  };
  const journal = options.dataFile === undefined ? undefined : await Journal.open(options.dataFile, shop, stock);
  if (journal === undefined) await stock();
  const log = new RequestLog(options.logSize ?? 500);
  const rules = new FaultRules(checkedFaults(options.faults ?? {}));
  const methods = new DemoMethods(generation, registry);
  const sessions = new Sessions(options.sessionTimeout ?? 3600, generation.sessionLength, clock.now);
  const users = new ApiUsers();
  const rest = restOf({ generation, product: options.product, shop, users, now: clock.now });
  const making = new MadeInTheBackground(shop);
  const storeControl = new StoreControl({ shop, methods, sessions, users, rest, clock, rules, log, onReplaced: () => making.start() });
  const control = controlOf(options.control, storeControl, isLocalOnly(host));
  const handler = new RequestHandler({
    context: {
      shop,
      methods,
      generation,
      sessions,
      users,
      respond: { namespace: generation.namespace, timeZone: shop.config.timeZone, generation },
      rest,
    },
    guard,
    maxBody: options.maxBody ?? 16 * 1024 * 1024,
    rules,
    control,
    onRequest: (entry) => {
      log.add(entry);
      options.onRequest?.(entry);
    },
  });

  const open: Listening[] = [];
  let closing: Promise<void> | undefined;
  const closeAll = (): Promise<void> =>
    (closing ??= (async (): Promise<void> => {
      making.stop();
      await Promise.all(open.map((server) => server.close()));
      await journal?.close();
    })());
  const openPort = async (side: SoapFacets['style'], port: number | undefined): Promise<number> => {
    const server = await listen(port ?? 0, host, options, (request, response) => handler.handle(side, request, response));
    open.push(server);
    return server.port;
  };
  let ports: { readonly rpc: number; readonly wsi: number };
  try {
    ports = { rpc: await openPort('rpc', options.port), wsi: await openPort('document', options.wsiPort) };
  } catch (error) {
    await closeAll();
    throw error;
  }
  making.start();
  const base = (port: number): string =>
    `http://${host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
  return new RunningStore(storeControl, {
    urls: { v1: `${base(ports.rpc)}/api/soap/`, v2: `${base(ports.rpc)}/api/v2_soap/`, wsi: `${base(ports.wsi)}/api/v2_soap/` },
    restUrl: generation.restPath === undefined ? undefined : base(ports.rpc) + generation.restPath,
    ports,
    loopback: isLocalOnly(host),
    control: control === undefined ? undefined : { url: `${base(ports.rpc)}${CONTROL_PATH}`, token: control.token },
    unref: () => {
      for (const server of open) server.unref();
    },
    close: closeAll,
  });
}

/** The HTTP interface for control; `undefined` if it is off. */
function controlOf(wanted: DemoStoreOptions['control'], storeControl: StoreControl, loopback: boolean): ControlOverHttp | undefined {
  if (wanted === undefined || wanted === false) return undefined;
  return new ControlOverHttp(storeControl, wanted === true ? undefined : wanted.token, loopback);
}

/** Creates missing blocks of customers in the background, one at a time while the process is idle. */
class MadeInTheBackground {
  #next: NodeJS.Immediate | undefined;

  constructor(private readonly shop: Shop) {}

  start(): void {
    clearImmediate(this.#next);
    this.#next = setImmediate(() => {
      if (this.shop.makeBlock()) this.start();
    });
  }

  stop(): void {
    clearImmediate(this.#next);
  }
}

/** @throws {ToolkitError} of kind `input` for a name that is not a generation */
function chosenGeneration(name: string | undefined): Generation {
  const found = findGeneration(name ?? 'maho');
  if (found !== undefined) return found;
  throw new ToolkitError('input', {
    code: 'product-unknown',
    what: `There is no demo store for "${(name ?? '').slice(0, 60)}".`,
    next: `Use one of ${generationNames.join(', ')}.`,
  });
}

/** The largest number of synthetic customers. */
const MAX_CUSTOMERS = 1_000_000;

/** @throws {ToolkitError} of kind `input` for an invalid number of customers */
function numberOfCustomers(wanted: number | undefined): number {
  if (wanted === undefined) return 60;
  if (Number.isInteger(wanted) && wanted >= 0 && wanted <= MAX_CUSTOMERS) return wanted;
  throw new ToolkitError('input', {
    code: 'customers',
    what: `A demo store cannot have ${wanted} customers.`,
    next: `Use a whole number from 0 to ${MAX_CUSTOMERS}.`,
  });
}

/** An empty address would listen on every address of the machine, which is not what an empty variable is meant to do. */
function hostOf(wanted: string | undefined): string {
  if (wanted === undefined) return '127.0.0.1';
  if (wanted.trim() !== '') return wanted;
  throw new ToolkitError('input', {
    code: 'host',
    what: 'The address to listen on is empty.',
    next: 'Use an address such as 127.0.0.1, or leave it out. With 0.0.0.0, other computers can connect.',
  });
}

interface Listening {
  readonly port: number;
  /** Allows the process to end while this listens. */
  unref(): void;
  close(): Promise<void>;
}

async function listen(
  port: number,
  host: string,
  options: DemoStoreOptions,
  handler: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<Listening> {
  const requestTimeout = options.requestTimeout ?? 30_000;
  const server = createServer(
    {
      headersTimeout: Math.min(requestTimeout, 10_000),
      requestTimeout,
      keepAliveTimeout: 30_000,
      maxHeaderSize: 16 * 1024,
      connectionsCheckingInterval: Math.min(1000, requestTimeout),
    },
    handler,
  );
  server.maxConnections = 1024;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, port, host)));
    server.listen(port, host, () => resolve());
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('A server that listens on a port has one.');
  const sockets = new Set<Socket>();
  let counts = true;
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    if (!counts) socket.unref();
  });
  const unref = (): void => {
    counts = false;
    server.unref();
    for (const socket of sockets) socket.unref();
  };
  return { port: address.port, unref, close: () => closeServer(server) };
}

function cannotListen(error: Error & { readonly code?: string }, port: number, host: string): ToolkitError {
  const why =
    error.code === 'EADDRINUSE'
      ? 'Another program already uses this port.'
      : error.code === 'EACCES'
        ? 'This user has no permission to use this port.'
        : error.message;
  return new ToolkitError(
    'input',
    {
      code: 'cannot-listen',
      what: `The demo store cannot listen on ${host}:${port}.`,
      why,
      next: ['ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'].includes(error.code ?? '')
        ? 'Use an address of this computer, such as 127.0.0.1.'
        : 'Use another port, or leave it out to use a free port.',
    },
    { cause: error },
  );
}

async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve, reject) => server.close((error) => (error === undefined ? resolve() : reject(error))));
  server.closeAllConnections();
  await closed;
}
