import type { StoreControl } from './control/store-control';
import type { ClockSetting, DemoFaults, DemoStore, DemoUser, FaultRule, SeedRecord, SyntheticSeed } from './options';

/** The addresses of a store, and how it is closed. */
interface Served extends Pick<DemoStore, 'urls' | 'restUrl' | 'ports' | 'loopback' | 'control' | 'close'> {
  unref(): void;
}

/** A running store for programs: its control functions and its addresses. The functions can be passed on without the object. */
export class RunningStore implements DemoStore {
  readonly urls: DemoStore['urls'];
  readonly restUrl: string | undefined;
  readonly ports: DemoStore['ports'];
  readonly loopback: boolean;
  readonly control: DemoStore['control'];

  constructor(
    private readonly storeControl: StoreControl,
    private readonly served: Served,
  ) {
    ({ urls: this.urls, restUrl: this.restUrl, ports: this.ports, loopback: this.loopback, control: this.control } = served);
  }

  get users(): DemoStore['users'] {
    return this.storeControl.users;
  }
  get mails(): DemoStore['mails'] {
    return this.storeControl.mails;
  }
  get requests(): DemoStore['requests'] {
    return this.storeControl.requests;
  }
  get faults(): DemoFaults {
    return this.storeControl.faults;
  }
  get faultRules(): readonly FaultRule[] {
    return this.storeControl.faultRules;
  }
  get now(): Date {
    return this.storeControl.now;
  }
  readonly customers = (): number => this.storeControl.customers();
  readonly setFaults = (faults: DemoFaults): void => this.storeControl.setFaults(faults);
  readonly reset = (): Promise<void> => this.storeControl.reset();
  readonly load = (seed: string | readonly SeedRecord[] | SyntheticSeed): Promise<void> => this.storeControl.load(seed);
  readonly snapshot = (name?: string): void => this.storeControl.snapshot(name);
  readonly restore = (name?: string): Promise<void> => this.storeControl.restore(name);
  readonly addFault = (rule: FaultRule): void => this.storeControl.addFault(rule);
  readonly clearFaults = (): void => this.storeControl.clearFaults();
  readonly setClock = (setting: ClockSetting): void => this.storeControl.setClock(setting);
  readonly setSessionTimeout = (seconds: number): void => this.storeControl.setSessionTimeout(seconds);
  readonly endSessions = (): void => this.storeControl.endSessions();
  readonly setUsers = (users: readonly DemoUser[]): void => this.storeControl.setUsers(users);
  readonly clearRequests = (): void => this.storeControl.clearRequests();
  readonly close = (): Promise<void> => this.served.close();

  unref(): DemoStore {
    this.served.unref();
    return this;
  }
}
