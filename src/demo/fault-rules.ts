import type { DemoFaults, FaultRule, SoapFaultOnDemand } from './options';

/** The faults that one request gets. */
export interface RequestFaults {
  readonly faults: DemoFaults;
  /** The SOAP fault that the store responds with instead of carrying out the call. */
  readonly answer: SoapFaultOnDemand | undefined;
}

interface CountedRule {
  readonly rule: FaultRule;
  /** How many calls it still applies to; `undefined` for all. */
  left: number | undefined;
}

/** The faults that the store simulates: those for all requests, and rules for a method or the next calls. */
export class FaultRules {
  #rules: CountedRule[] = [];

  constructor(public always: DemoFaults) {}

  /** Adds a rule. A later rule wins where two rules set the same fault. */
  add(rule: FaultRule): void {
    this.#rules.push({ rule, left: rule.calls });
  }

  /** Removes all rules. The faults for all requests stay. */
  clear(): void {
    this.#rules = [];
  }

  /** The remaining rules, with the number of calls that they still apply to. */
  get rules(): readonly FaultRule[] {
    return this.#rules.map(({ rule, left }) => (left === undefined ? rule : { ...rule, calls: left }));
  }

  /**
   * The faults for one SOAP request. Rules with a number of calls count this one.
   * @param methods returns the methods that the request calls; called only when there are rules
   */
  take(methods: () => readonly string[]): RequestFaults {
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
