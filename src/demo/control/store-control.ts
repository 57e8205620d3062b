import { ToolkitError } from '../../api/errors';
import { protocolOperations } from '../../api/protocol';
import type { StoreClock } from '../clock';
import type { Shop } from '../data/shop';
import type { FaultRules } from '../fault-rules';
import type { RequestLog } from '../log';
import { checkedFaults } from '../mishaps';
import type { DemoMethods } from '../operations/methods';
import type {
  ClockSetting,
  DemoControls,
  DemoFaults,
  DemoStore,
  DemoUser,
  FaultRule,
  RequestLogEntry,
  SeedRecord,
  SyntheticSeed,
} from '../options';
import { seedCustomers } from '../seed/records';
import { syntheticStock } from '../seed/synthetic';
import type { RestApi } from '../rest/rest-api';
import { restPermissions } from '../rest/rights';
import type { Sessions } from '../sessions';
import type { ApiUsers } from '../users';
import { checked, checkedRule, orders } from './schemas';

/** How many snapshots a store keeps. */
const MAX_SNAPSHOTS = 50;

type ReportedState = Pick<DemoStore, 'customers' | 'mails' | 'requests' | 'users' | 'faults' | 'setFaults'>;

/** The parts of a store that can be controlled. */
export interface ControlledStore {
  readonly shop: Shop;
  readonly methods: DemoMethods;
  readonly sessions: Sessions;
  readonly users: ApiUsers;
  readonly rest: RestApi | undefined;
  readonly clock: StoreClock;
  readonly rules: FaultRules;
  readonly log: RequestLog;
  /** Called after the rows were replaced. */
  readonly onReplaced: () => void;
}

/** The control of a store beside its API, and its state: the same for code in this process and over HTTP. */
export class StoreControl implements DemoControls, ReportedState {
  readonly #first: () => void;
  readonly #firstTimeout: number;
  readonly #firstUsers: ApiUsers['all'];
  readonly #firstFaults: FaultRules['always'];
  readonly #snapshots = new Map<string, () => void>();

  constructor(private readonly store: ControlledStore) {
    this.#first = this.#rows();
    this.#firstTimeout = store.sessions.timeout;
    this.#firstUsers = store.users.all;
    this.#firstFaults = store.rules.always;
  }

  customers(): number {
    return this.store.shop.customers.size;
  }

  get requests(): readonly RequestLogEntry[] {
    return this.store.log.entries;
  }

  get users(): DemoStore['users'] {
    return this.store.users.all.map(({ name, key, rights }) => ({ user: name, key, rights: rights === 'all' ? 'all' : rights.join(', ') }));
  }

  get mails(): DemoStore['mails'] {
    return this.store.rest?.mails ?? [];
  }

  get faults(): DemoFaults {
    return this.store.rules.always;
  }

  setFaults(faults: DemoFaults): void {
    this.store.rules.always = checkedFaults(faults);
  }

  async reset(): Promise<void> {
    const { clock, sessions, users, rules, log } = this.store;
    clock.reset();
    sessions.timeout = this.#firstTimeout;
    sessions.endAll();
    users.set(this.#firstUsers);
    rules.clear();
    rules.always = this.#firstFaults;
    log.clear();
    this.store.rest?.reset();
    this.#snapshots.clear();
    await this.#replace(this.#first);
  }

  async load(seed: string | readonly SeedRecord[] | SyntheticSeed): Promise<void> {
    const { shop } = this.store;
    if (typeof seed === 'string' || isRecords(seed)) {
      const changes = await seedCustomers(seed);
      await this.#replace(() => {
        shop.empty();
        this.store.rest?.forgetKeys();
        for (const change of changes) shop.apply(change);
      });
      return;
    }
    const wanted = checked(orders.seed, seed, 'seed');
    if ('records' in wanted) throw new Error('Records are a list here.');
    const stock = syntheticStock(wanted.customers, wanted.seed ?? 1, shop.config.storeViews);
    await this.#replace(() => {
      shop.empty();
      this.store.rest?.forgetKeys();
      shop.stock(stock);
    });
  }

  snapshot(name?: string): void {
    const wanted = checked(orders.snapshot, { name }, 'snapshot').name;
    if (!this.#snapshots.has(wanted) && this.#snapshots.size >= MAX_SNAPSHOTS) {
      throw new ToolkitError('input', {
        code: 'snapshots',
        what: `The snapshot "${wanted}" was not taken, because the demo store keeps at most ${MAX_SNAPSHOTS}.`,
        why: `It has ${[...this.#snapshots.keys()].join(', ').slice(0, 300)}.`,
        next: 'Use the name of a snapshot that you no longer need.',
      });
    }
    this.#snapshots.set(wanted, this.#rows());
  }

  async restore(name?: string): Promise<void> {
    const wanted = checked(orders.snapshot, { name }, 'restore').name;
    const snapshot = this.#snapshots.get(wanted);
    if (snapshot === undefined) {
      throw new ToolkitError('input', {
        code: 'snapshot-unknown',
        what: `The demo store has no snapshot "${wanted}".`,
        why: this.#snapshots.size === 0 ? 'No snapshot was taken.' : `It has ${[...this.#snapshots.keys()].join(', ').slice(0, 300)}.`,
        next: 'Take a snapshot with this name, or restore an existing one.',
      });
    }
    await this.#replace(snapshot);
  }

  addFault(rule: FaultRule): void {
    const { method, ...rest } = checkedRule(rule);
    this.store.rules.add(method === undefined ? rest : { ...rest, method: this.#methodOf(method) });
  }

  clearFaults(): void {
    this.store.rules.clear();
    this.store.rules.always = {};
  }

  get faultRules(): readonly FaultRule[] {
    return this.store.rules.rules;
  }

  setClock(setting: ClockSetting): void {
    const { clock } = this.store;
    const wanted = checked(orders.clock, setting, 'clock');
    if ('now' in wanted) clock.stopAt(momentOf(wanted.now));
    else if ('advance' in wanted) clock.advance(wanted.advance);
    else clock.reset();
  }

  get now(): Date {
    return this.store.clock.now();
  }

  setSessionTimeout(seconds: number): void {
    this.store.sessions.timeout = checked(orders.session, { timeout: seconds }, 'session').timeout;
  }

  endSessions(): void {
    this.store.sessions.endAll();
    this.store.rest?.endTokens();
  }

  setUsers(users: readonly DemoUser[]): void {
    const wanted = checked(orders.users, { users }, 'users').users;
    const twice = wanted.find(({ user }, index) => wanted.findIndex((other) => other.user === user) < index);
    if (twice !== undefined) throw usersRefused(`Two users have the name "${twice.user}".`, 'Give each user a unique name.');
    const known = [...this.#rights(), ...(this.store.rest === undefined ? [] : restPermissions)];
    for (const { rights } of wanted) {
      const unknown = rights === 'all' ? undefined : rights.find((right) => !known.includes(right));
      if (unknown !== undefined) throw usersRefused(`There is no permission "${unknown}".`, `Use "all", or a list of ${known.join(', ')}.`);
    }
    this.store.users.set(
      wanted.map(({ user, key, rights, stores }) => ({ name: user, key, rights, ...(stores === undefined ? {} : { stores }) })),
    );
    this.store.sessions.endAll();
  }

  clearRequests(): void {
    this.store.log.clear();
  }

  /** The rights that a role can have: those that methods need. */
  #rights(): readonly string[] {
    return [...new Set(this.store.methods.registry.methods.map(({ right }) => right))].sort();
  }

  #rows(): () => void {
    const [shop, methods, rest] = [this.store.shop.snapshot(), this.store.methods.snapshot(), this.store.rest?.snapshot()];
    return () => {
      shop();
      methods();
      rest?.();
    };
  }

  async #replace(make: () => void): Promise<void> {
    await this.store.shop.replace(make);
    this.store.onReplaced();
  }

  /** The path of a method, under which rules name it. */
  #methodOf(method: string): string {
    const found = this.store.methods.find(method)?.method.id ?? protocolOperations.find(({ id }) => id === method)?.id;
    if (found !== undefined) return found;
    throw new ToolkitError('input', {
      code: 'method-unknown',
      what: `The demo store has no method "${method}".`,
      next:
        'Use a path or an operation, such as customer.list or customerCustomerList, or ' +
        `${protocolOperations.map(({ id }) => id).join(', ')}.`,
    });
  }
}

function isRecords(seed: readonly SeedRecord[] | SyntheticSeed): seed is readonly SeedRecord[] {
  return Array.isArray(seed);
}

/** @throws {ToolkitError} of kind `input` for a text that is not a time, or for a time that a database cannot hold */
function momentOf(wanted: Date | string): Date {
  const moment = new Date(wanted);
  const year = moment.getUTCFullYear();
  if (year >= 1000 && year <= 9999) return moment;
  throw new ToolkitError('input', {
    code: 'clock',
    what: `The clock of the demo store cannot be set to "${String(wanted).slice(0, 60)}".`,
    why: 'It is not a time between the years 1000 and 9999.',
    next: 'Write it like 2026-11-23T08:00:00Z.',
  });
}

function usersRefused(what: string, next: string): ToolkitError {
  return new ToolkitError('input', { code: 'users', what, next });
}
