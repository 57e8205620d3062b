import { dialectLabels, type Dialect } from '../dialect';
import { knownResources, type ResourceRegistry } from '../resources';
import { quotedValue } from '../secrets';
import type { SoapValue } from '../value';
import { said, t } from '../../l10n/texts';
import { severities, type ArgFix, type ArgPath, type Finding, type Severity, type StoreKnowledge, type Trap, type TrapCall } from './types';

/** What a finding says beyond its trap. */
export interface Particulars {
  readonly at?: Finding['at'];
  /** Dialects in which the trap exists; all of them otherwise. */
  readonly dialects?: readonly Dialect[];
  readonly fixes?: readonly ArgFix[];
  readonly severity?: Severity;
  readonly why?: string;
}

/** Collects the findings of one call. */
export class Report {
  readonly findings: Finding[] = [];
  readonly dialect: Dialect | undefined;
  readonly knowledge: StoreKnowledge;
  readonly registry: ResourceRegistry;
  readonly #opaque: (value: SoapValue) => boolean;

  constructor(call: TrapCall) {
    this.dialect = call.dialect;
    this.knowledge = call.knowledge ?? {};
    this.registry = call.registry ?? knownResources;
    this.#opaque = call.opaque ?? ((): boolean => false);
  }

  /** Whether nothing can be said about this value yet. */
  opaque(value: SoapValue | undefined): boolean {
    return value !== undefined && this.#opaque(value);
  }

  /** Whether the call may travel in one of these dialects. */
  over(...dialects: readonly Dialect[]): boolean {
    return this.dialect === undefined || dialects.includes(this.dialect);
  }

  /** Adds a finding, unless its trap does not exist in the dialect of the call. */
  add(trap: Trap, path: ArgPath, message: string, more: Particulars = {}): void {
    if (more.dialects !== undefined && !this.over(...more.dialects)) return;
    const severity = more.severity ?? trap.severity;
    this.findings.push({
      code: trap.code,
      severity: more.dialects !== undefined && this.dialect === undefined ? milder(severity) : severity,
      message,
      why: more.why ?? said(trap.why),
      source: trap.source,
      path,
      at: more.at ?? 'value',
      fixes: more.fixes ?? [],
    });
  }
}

/** The RPC dialect with types of the WSDL, and its WS-I twin: most traps of the one are the other's too. */
export const typedDialects: readonly Dialect[] = ['v2', 'wsi'];

/** Dialects as people read them: "V2 and WS-I". */
export function spoken(dialects: readonly Dialect[]): string {
  return listed(dialects.map((dialect) => dialectLabels[dialect]));
}

function milder(severity: Severity): Severity {
  return severities[Math.min(severities.indexOf(severity) + 1, 2)] ?? 'information';
}

/**
 * A value as a sentence can hold it: short, quoted; what it is in place of lists, maps and secrets.
 * @param name attribute or argument that it stands under
 */
export function shown(value: SoapValue | undefined, name = ''): string {
  return quotedValue(name, value);
}

/** The same at the beginning of a sentence. */
export function subject(value: SoapValue | undefined, name = ''): string {
  return capital(shown(value, name));
}

/** A text with a capital letter at its beginning. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words in a list: "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? '')
    : t('{first} and {second}', { first: words.slice(0, -1).join(', '), second: words.at(-1) ?? '' });
}
