import { isList, isRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { valueText, type Report } from './report';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps in texts that are written to a store (facts §4, §8). */
export const textTraps = {
  fourBytes: {
    code: 'text-four-bytes',
    severity: 'warning',
    title: later('Emoji and other characters of four bytes'),
    why: later(
      'The database connection of these stores supports UTF-8 of at most three bytes. Each such character is saved ' +
        'as ????, without a fault.',
    ),
    source: 'wire v1/107, v1/108',
  },
  illegal: {
    code: 'text-illegal-character',
    severity: 'error',
    title: later('A character that XML cannot contain'),
    why: later('XML cannot contain it, not even escaped, so the request cannot be sent.'),
    source: 'facts §4',
  },
  long: {
    code: 'text-too-long',
    severity: 'warning',
    title: later('A text of more than 255 characters'),
    why: later('The store cuts it at 255 characters, without a fault.'),
    source: 'wire v1/109',
  },
  blank: {
    code: 'text-only-blanks',
    severity: 'warning',
    title: later('A text of spaces only'),
    why: later('Spaces are saved as a value. Only an empty text clears an attribute.'),
    source: 'facts §4',
  },
  edges: {
    code: 'text-outer-blanks',
    severity: 'hint',
    title: later('Spaces around a text'),
    why: later('The store saves them. Comparisons ignore trailing spaces, but not leading spaces.'),
    source: 'wire v1/70',
  },
} as const satisfies Record<string, Trap>;

/** Characters that XML 1.0 does not allow, and lone surrogates. */
const ILLEGAL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/;
const FOUR_BYTES = /[\u{10000}-\u{10ffff}]/u;

/** Attributes stored as long texts, which the store does not shorten. */
const longTexts = new Set(['street']);

/** Checks every text in the data of a write. */
export function checkTexts(report: Report, value: SoapValue | undefined, path: ArgPath): void {
  if (report.opaque(value)) return;
  if (isList(value)) {
    value.forEach((item, index) => checkTexts(report, item, [...path, index]));
  } else if (isRecord(value)) {
    for (const [key, item] of Object.entries(value)) checkTexts(report, item, [...path, key]);
  } else if (typeof value === 'string') {
    checkText(report, value, path);
  }
}

function checkText(report: Report, text: string, path: ArgPath): void {
  const names = path.filter((step): step is string => typeof step === 'string');
  const name = names.at(-1) ?? t('The text');
  const illegal = ILLEGAL.exec(text)?.[0];
  if (illegal !== undefined) {
    const code = illegal.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
    const fixes: ArgFix[] = [
      {
        title: t('Remove the character'),
        edits: [{ kind: 'set', path, value: text.replace(new RegExp(ILLEGAL, 'g'), '') }],
        certain: true,
      },
    ];
    report.add(textTraps.illegal, path, t('{name} contains the character U+{code}, which cannot be sent.', { name, code }), { fixes });
  }
  if (FOUR_BYTES.test(text))
    report.add(
      textTraps.fourBytes,
      path,
      t('{name} contains {value}, which the store saves as ????.', {
        name,
        value: valueText([...text].find((character) => character.length > 1)),
      }),
    );
  const length = [...text].length;
  if (length > 255 && !names.some((step) => longTexts.has(step)))
    report.add(textTraps.long, path, t('{name} has {count} characters; the store saves the first 255.', { name, count: length }));
  if (text !== '' && text.trim() === '') {
    const fixes: ArgFix[] = [{ title: t('Clear it with an empty text'), edits: [{ kind: 'set', path, value: '' }], certain: false }];
    report.add(textTraps.blank, path, t('{name} contains only spaces, which are saved.', { name }), { fixes });
  } else if (text !== text.trim() && name !== 'password') {
    const fixes: ArgFix[] = [{ title: t('Remove the outer spaces'), edits: [{ kind: 'set', path, value: text.trim() }], certain: true }];
    report.add(textTraps.edges, path, t('{name} has leading or trailing spaces, which are saved.', { name }), { fixes });
  }
}

/** Whether a text has the form of an e-mail address. */
export function looksLikeEmail(text: string): boolean {
  const [, domain] = /^[^\s@]+@([^\s@]+)$/.exec(text) ?? [];
  return domain !== undefined && domain.split('.').every((label) => label !== '');
}
