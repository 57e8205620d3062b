import fc from 'fast-check';
import type { SoapValue } from '../../src/api/value';

// The same values in every run, so that a failure is caused by a change and not by chance. `SEED=…` tries others.
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20261124) });

/** Text as it may come from a store or a person: any Unicode, and many characters with a special meaning in languages and shells. */
export const trickyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc
    .array(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '\\',
        '$',
        '${x}',
        '{$x}',
        '$(id)',
        '\n',
        '\r\n',
        '\r',
        '\t',
        '\0',
        '\u001b',
        ']]>',
        '<![CDATA[',
        '<?php',
        '?>',
        '*/',
        '//',
        '#',
        '<<<XML',
        'XML',
        '\nXML\n',
        '&amp;',
        '&',
        '<',
        '>',
        '%s',
        '!',
        '\u2028',
        '\u2029',
        '\u202e',
        '\ufeff',
        '\u200d',
        '\ue000',
        '😀',
        'é',
        'e\u0301',
        '王',
        '\\u0041',
        '\\n',
        '\\x41',
        '__proto__',
        ' ',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

/** The same text without the characters that XML does not allow. */
export const xmlSafeText: fc.Arbitrary<string> = trickyText.map((text) =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, ''),
);

const keys = (text: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof(
    fc.constantFrom('email', 'customer_id', '__proto__', 'constructor', 'a b', "it's", '$x', '1a'),
    text.filter((key) => !/^-?\d+$/.test(key)),
  );

/** Any value that can be sent, with keys that PHP does not convert to numbers. */
export function soapValues(text: fc.Arbitrary<string> = trickyText): fc.Arbitrary<SoapValue> {
  return fc.letrec<{ value: SoapValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      text,
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (Object.is(value, -0) ? 0 : value)),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.array(fc.tuple(keys(text), tie('value')), { maxLength: 4 }).map((entries) => Object.fromEntries(entries)),
    ),
  })).value;
}
