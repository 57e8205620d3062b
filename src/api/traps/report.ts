import type { Dialect } from '../dialect';
import { knownResources, type ResourceRegistry } from '../resources';
import { quotedValue } from '../secrets';
import type { SoapValue } from '../value';
import { translated, t } from '../../l10n/texts';
import { severities, type ArgFix, type ArgPath, type Finding, type Severity, type StoreKnowledge, type Trap, type TrapCall } from './types';

/** Details of a finding that differ from its trap. */
export interface Particulars {
  readonly at?: Finding['at'];
  /** Dialects that have the trap; all of them by default. */
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

  /** Whether a value is not known yet, so that nothing can be said about it. */
  opaque(value: SoapValue | undefined): boolean {
    return value !== undefined && this.#opaque(value);
  }

  /** Whether the call may be sent in one of these dialects. */
  over(...dialects: readonly Dialect[]): boolean {
    return this.dialect === undefined || dialects.includes(this.dialect);
  }

  /** Adds a finding, unless the dialect of the call does not have the trap. */
  add(trap: Trap, path: ArgPath, message: string, more: Particulars = {}): void {
    if (more.dialects !== undefined && !this.over(...more.dialects)) return;
    const severity = more.severity ?? trap.severity;
    this.findings.push({
      code: trap.code,
      severity: more.dialects !== undefined && this.dialect === undefined ? milder(severity) : severity,
      message,
      why: more.why ?? translated(trap.why),
      source: trap.source,
      path,
      at: more.at ?? 'value',
      fixes: more.fixes ?? [],
    });
  }
}

/** Dialects whose values are typed by the WSDL. They share most traps. */
export const typedDialects: readonly Dialect[] = ['v2', 'wsi'];

function milder(severity: Severity): Severity {
  return severities[Math.min(severities.indexOf(severity) + 1, 2)] ?? 'information';
}

/**
 * A value for a sentence: short and in quotes. For lists, maps and secrets only the kind of value.
 * @param name attribute or argument of the value
 */
export function valueText(value: SoapValue | undefined, name = ''): string {
  return quotedValue(name, value);
}

/** Like {@link valueText}, for the beginning of a sentence. */
export function subject(value: SoapValue | undefined, name = ''): string {
  return capital(valueText(value, name));
}

/** A text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Words as a list: "a, b and c". */
export function listed(words: readonly string[]): string {
  return words.length < 2
    ? (words[0] ?? '')
    : t('{first} and {second}', { first: words.slice(0, -1).join(', '), second: words.at(-1) ?? '' });
}
