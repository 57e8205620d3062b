import type { SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { valueText, subject, type Report } from './report';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps in IDs that are arguments (facts §8). */
export const idTraps = {
  impossible: {
    code: 'id-impossible',
    severity: 'warning',
    title: later('An ID that cannot exist'),
    why: later('IDs are whole numbers from 1 up. The store returns fault 102. V2 and WS-I return HTTP 500 for text.'),
    source: 'wire v1/78, v1/79, v1/81, v2/161',
  },
  partial: {
    code: 'id-partial',
    severity: 'error',
    title: later('An ID with text after the number'),
    why: later('V1 reads the digits at the beginning as the ID: 1abc is customer 1.'),
    source: 'wire v1/82',
  },
} as const satisfies Record<string, Trap>;

/** Checks an ID. */
export function checkId(report: Report, value: SoapValue | undefined, path: ArgPath): void {
  if (value === undefined || report.opaque(value)) return;
  if (typeof value === 'number' && Number.isInteger(value) && value > 0) return;
  if (typeof value === 'string' && /^\s*0*[1-9]\d*\s*$/.test(value)) return;
  const digits = typeof value === 'string' ? /^\s*([1-9]\d*)\D/.exec(value)?.[1] : undefined;
  if (digits !== undefined) {
    const fixes: ArgFix[] = [
      { title: t('Change to {digits}', { digits }), edits: [{ kind: 'set', path, value: Number(digits) }], certain: false },
    ];
    report.add(idTraps.partial, path, t('V1 reads {value} as {digits}; V2 and WS-I refuse it.', { value: valueText(value), digits }), {
      fixes,
    });
    return;
  }
  report.add(idTraps.impossible, path, t('{value} is not an ID.', { value: subject(value) }));
}
