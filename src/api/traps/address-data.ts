import { hasAllAttributes } from '../dialect-facets';
import { addressEntityCreate } from '../entities';
import { isList, isRecord, type SoapValue } from '../value';
import { later, t } from '../../l10n/texts';
import { listed, valueText, typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import { checkTexts } from './text';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps in the data of `customer_address.create` and `customer_address.update` (wire address/*). */
export const addressTraps = {
  required: {
    code: 'address-required',
    severity: 'error',
    title: later('An address that is not complete'),
    why: later('The store refuses it with fault 100 and one sentence for each missing field.'),
    source: 'wire address/v1/08',
  },
  street: {
    code: 'address-street',
    severity: 'error',
    title: later('The street as one text'),
    why: later('V2 and WS-I need a list of lines. It is returned as one text with line breaks.'),
    source: 'wire address/v2/13',
  },
  unknown: {
    code: 'address-attribute',
    severity: 'warning',
    title: later('Data with a field that addresses do not have'),
    why: later('V2 and WS-I drop fields that are not in their WSDL, without a fault. V1 ignores fields that the store does not know.'),
    source: 'facts §8',
  },
  country: {
    code: 'address-country',
    severity: 'warning',
    title: later('A country that is not a code'),
    why: later('country_id is a code of two capital letters. The store accepts and saves any text.'),
    source: 'wire address/v1/10',
  },
} as const satisfies Record<string, Trap>;

const required = ['firstname', 'lastname', 'street', 'city', 'telephone', 'postcode', 'country_id'];
const known: ReadonlySet<string> = new Set(addressEntityCreate.fields.map((field) => field.name));

/** Fields of addresses that only V1 has. */
const v1Only = new Set(['vat_id']);

/** Checks the data of an address. */
export function checkAddress(report: Report, data: SoapValue | undefined, path: ArgPath, creating: boolean): void {
  if (!isRecord(data) || report.opaque(data)) return;
  const missing = required.filter((name) => data[name] === undefined || data[name] === null || data[name] === '');
  if (creating && missing.length > 0)
    report.add(addressTraps.required, path, t('The address lacks {missing}.', { missing: listed(missing) }));
  for (const name of Object.keys(data)) {
    const at = [...path, name];
    if (!known.has(name)) {
      if (v1Only.has(name) && hasAllAttributes(report.dialect)) continue;
      const meant = similar(name, known);
      const fixes: ArgFix[] =
        meant === undefined || Object.hasOwn(data, meant)
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path: at, to: meant }], certain: false }];
      report.add(
        addressTraps.unknown,
        at,
        withGuess(t('"{name}" is not a known address field and will be ignored.', { name }), fixes.length > 0 ? meant : undefined),
        { at: 'key', fixes },
      );
    }
  }
  const { street, country_id: country } = data;
  if (street !== undefined && street !== null && !isList(street) && !report.opaque(street)) {
    const lines = typeof street === 'string' ? street.split('\n') : [];
    const fixes: ArgFix[] =
      lines.length === 0
        ? []
        : [{ title: t('Write it as a list of lines'), edits: [{ kind: 'set', path: [...path, 'street'], value: lines }], certain: true }];
    report.add(addressTraps.street, [...path, 'street'], t('V2 and WS-I expect the street as a list of lines.'), {
      dialects: typedDialects,
      fixes,
    });
  }
  if (typeof country === 'string' && country !== '' && !report.opaque(country) && !/^[A-Z]{2}$/.test(country)) {
    const fixes: ArgFix[] = /^[a-z]{2}$/i.test(country)
      ? [
          {
            title: t('Change to {country}', { country: country.toUpperCase() }),
            edits: [{ kind: 'set', path: [...path, 'country_id'], value: country.toUpperCase() }],
            certain: true,
          },
        ]
      : [];
    report.add(
      addressTraps.country,
      [...path, 'country_id'],
      t('{country} is not a country code, but the store would save it.', { country: valueText(country) }),
      {
        fixes,
      },
    );
  }
  checkTexts(report, data, path);
}
