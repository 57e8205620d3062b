import { addressTraps } from './address-data';
import { argumentTraps } from './arguments';
import { dataTraps } from './customer-data';
import { describedTraps } from './described';
import { filterTraps } from './filter-traps';
import { idTraps } from './ids';
import { checkCall, methodTraps } from './methods';
import { readingTraps } from './reading';
import { Report } from './report';
import { isRestRequest } from '../rest-request';
import { checkRest, restTraps } from './rest';
import { checkRestRequest, restRequestTraps } from './rest-request';
import { textTraps } from './text';
import type { Finding, Trap, TrapCall } from './types';

/** All traps by family, for reference pages and tests. */
export const trapFamilies: Readonly<
  Record<'method' | 'arguments' | 'described' | 'ids' | 'filters' | 'reading' | 'data' | 'address' | 'text' | 'rest', readonly Trap[]>
> = {
  method: Object.values(methodTraps),
  arguments: Object.values(argumentTraps),
  described: Object.values(describedTraps),
  ids: Object.values(idTraps),
  filters: Object.values(filterTraps),
  reading: Object.values(readingTraps),
  data: Object.values(dataTraps),
  address: Object.values(addressTraps),
  text: Object.values(textTraps),
  rest: [...Object.values(restTraps), ...Object.values(restRequestTraps)],
};

/** All traps. Codes are unique. */
export const traps: readonly Trap[] = Object.values(trapFamilies).flat();

/** Finds a trap by its code. */
export function findTrap(code: string): Trap | undefined {
  return traps.find((trap) => trap.code === code);
}

/**
 * Finds the traps in a call. Pure, never throws. Forms, request files, the runner and the CLI use it.
 * @example
 * findTraps({ method: 'customer.list', args: { filters: { customer_id: { gteq: 1, lteq: 9 } } } })
 * // [{ code: 'filter-two-operators', path: ['filters', 'customer_id', 'lteq'], fixes: [{ title: 'Use from and to', … }], … }]
 */
export function findTraps(call: TrapCall): readonly Finding[] {
  const report = new Report(call);
  if (isRestRequest(call.method)) {
    checkRestRequest(report, call.method, call.args);
    return report.findings;
  }
  checkCall(report, call.method, call.args, []);
  checkRest(report, call.method, call.args);
  return report.findings;
}

export { applyFix } from './apply';
export { similar, withGuess } from './similar';
export type { ArgEdit, ArgFix, ArgPath, Finding, Severity, StoreKnowledge, Trap, TrapCall } from './types';
export { severities } from './types';
