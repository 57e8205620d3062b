import type { Steering } from './control/steering';
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
    private readonly steering: Steering,
    private readonly served: Served,
  ) {
    ({ urls: this.urls, restUrl: this.restUrl, ports: this.ports, loopback: this.loopback, control: this.control } = served);
  }

  get users(): DemoStore['users'] {
    return this.steering.users;
  }
  get mails(): DemoStore['mails'] {
    return this.steering.mails;
  }
  get requests(): DemoStore['requests'] {
    return this.steering.requests;
  }
  get faults(): DemoFaults {
    return this.steering.faults;
  }
  get faultRules(): readonly FaultRule[] {
    return this.steering.faultRules;
  }
  get now(): Date {
    return this.steering.now;
  }
  readonly customers = (): number => this.steering.customers();
  readonly setFaults = (faults: DemoFaults): void => this.steering.setFaults(faults);
  readonly reset = (): Promise<void> => this.steering.reset();
  readonly load = (seed: string | readonly SeedRecord[] | SyntheticSeed): Promise<void> => this.steering.load(seed);
  readonly snapshot = (name?: string): void => this.steering.snapshot(name);
  readonly restore = (name?: string): Promise<void> => this.steering.restore(name);
  readonly addFault = (rule: FaultRule): void => this.steering.addFault(rule);
  readonly clearFaults = (): void => this.steering.clearFaults();
  readonly setClock = (setting: ClockSetting): void => this.steering.setClock(setting);
  readonly setSessionTimeout = (seconds: number): void => this.steering.setSessionTimeout(seconds);
  readonly endSessions = (): void => this.steering.endSessions();
  readonly setUsers = (users: readonly DemoUser[]): void => this.steering.setUsers(users);
  readonly clearRequests = (): void => this.steering.clearRequests();
  readonly close = (): Promise<void> => this.served.close();

  unref(): DemoStore {
    this.served.unref();
    return this;
  }
}
