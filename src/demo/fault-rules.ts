import type { DemoFaults, FaultRule, SoapFaultOnDemand } from './options';

/** Trouble that one request gets. */
export interface Trouble {
  readonly faults: DemoFaults;
  /** The SOAP fault that the store answers with instead of carrying the call out. */
  readonly answer: SoapFaultOnDemand | undefined;
}

interface CountedRule {
  readonly rule: FaultRule;
  /** Calls that it is still for; `undefined` for all. */
  left: number | undefined;
}

/** What trouble the store makes: for all requests, and by rules for a method or the next calls. */
export class FaultRules {
  #rules: CountedRule[] = [];

  constructor(public always: DemoFaults) {}

  /** Adds a rule. Later rules win where two say different things of the same fault. */
  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.calls });
  }

  /** Takes all rules away; what all requests get stays. */
  clear(): void {
    this.#rules = [];
  }

  /** The rules that are left, with the calls that they are still for. */
  get rules(): readonly FaultRule[] {
    return this.#rules.map(({ rule, left }) => (left === undefined ? rule : { ...rule, calls: left }));
  }

  /**
   * The trouble for one SOAP request. Rules with a number of calls count this one.
   * @param methods methods that it calls, read only when there are rules
   */
  take(methods: () => readonly string[]): Trouble {
    if (this.#rules.length === 0) return { faults: this.always, answer: undefined };
    const called = methods();
    const meant = this.#rules.filter(({ rule }) => rule.method === undefined || called.includes(rule.method));
    for (const each of meant) if (each.left !== undefined) each.left--;
    this.#rules = this.#rules.filter(({ left }) => left !== 0);
    return {
      faults: meant.reduce<DemoFaults>((faults, { rule }) => ({ ...faults, ...rule.faults }), this.always),
      answer: meant.findLast(({ rule }) => rule.answer !== undefined)?.rule.answer,
    };
  }
}
