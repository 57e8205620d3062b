// Prints numbers and a date, in English or in the language of its argument. It is a separate program, because a process keeps the locale
// that it starts with.
import { dayOf } from '../../src/forms/shown-value';
import { formatNumber, plural, speak } from '../../src/l10n/texts';
import { duration, size } from '../../src/pages/formats';

const [language] = process.argv.slice(2);
if (language !== undefined) speak({ language, bundle: { '{count} customer | {count} customers': '{count} Kunde | {count} Kunden' } });

const said = [
  plural(1234, '{count} customer', '{count} customers'),
  formatNumber(1234.5),
  duration(1234),
  size(1234),
  dayOf('2026-11-29').text,
];
console.log(said.join('\n'));
