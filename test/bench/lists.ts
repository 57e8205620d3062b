import { customerEntityArray } from '../../src/api/entities';
import { isRecord, type SoapRecord } from '../../src/api/value';
import { encodeNatural, encodeTyped } from '../../src/soap/dialects/encoded';
import { encodeLiteral } from '../../src/soap/dialects/wsi';
import { ns } from '../../src/soap/namespaces';
import { Random } from '../support/random';

const first = ['John', 'Jane', 'Łukasz', 'María', 'Zoë', 'Wei', 'Fatima', 'Olga', '伟', 'Søren', 'Anna', 'Peter'] as const;
const last = ['Doe', 'Öztürk', "O'Neil", 'Smith & Sons', 'García', 'Müller', 'Nowak', 'Rossi', 'Dubois', '山田'] as const;

/** Customers as a store would list them: attributes with a value, of realistic lengths. */
export function customers(count: number): readonly SoapRecord[] {
  const random = new Random(7);
  return Array.from({ length: count }, (_, index) => {
    const id = index + 1;
    const row: Record<string, string> = {
      customer_id: String(id),
      created_at:
        `2025-${two(1 + random.below(12))}-${two(1 + random.below(28))} ${two(random.below(24))}:${two(random.below(60))}` +
        `:${two(random.below(60))}`,
      updated_at: '2026-11-23 08:10:35',
      store_id: '1',
      website_id: '1',
      created_in: 'Default Store View',
      email: `user${id}@example.com`,
      firstname: random.pick(first),
      lastname: random.pick(last),
      group_id: String(1 + random.below(3)),
      password_hash: `${hex(64, random)}:${hex(32, random)}`,
    };
    if (random.next() < 0.3) row['prefix'] = 'Mr.';
    if (random.next() < 0.3) row['middlename'] = 'A';
    if (random.next() < 0.4) row['dob'] = '1980-01-02 00:00:00';
    if (random.next() < 0.2) row['taxvat'] = `DE${100000000 + random.below(899999999)}`;
    if (random.next() < 0.5) row['confirmation'] = hex(32, random);
    return row;
  });
}

/** The list as a response of V1: every value is a string, without line breaks. */
export function v1List(rows: readonly SoapRecord[]): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}" ` +
    `xmlns:ns1="urn:Maho" xmlns:ns2="${ns.apache}" xmlns:SOAP-ENC="${ns.encoding}" xmlns:xsi="${ns.xsi}" ` +
    `xmlns:xsd="${ns.xsd}"><SOAP-ENV:Body><ns1:callResponse>${encodeNatural('callReturn', rows)}` +
    `</ns1:callResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
  );
}

/** The list as a response of V2: with types of the WSDL, every element on a separate line. */
export function v2List(rows: readonly SoapRecord[]): string {
  const list = encodeTyped('storeView', rows.map(wsdlRow), customerEntityArray);
  return broken(
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}" ` +
      `xmlns:ns1="urn:Maho" xmlns:SOAP-ENC="${ns.encoding}" xmlns:xsd="${ns.xsd}" xmlns:xsi="${ns.xsi}` +
      `"><SOAP-ENV:Body><ns1:customerCustomerListResponse>${list}` +
      `</ns1:customerCustomerListResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`,
  );
}

/** The list as a response of WS-I: without types. */
export function wsiList(rows: readonly SoapRecord[]): string {
  const list = encodeLiteral('result', rows.map(wsdlRow), customerEntityArray);
  return broken(
    `<?xml version="1.0" encoding="UTF-8"?>\n<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}" ` +
      `xmlns:ns1="urn:Maho"><SOAP-ENV:Body><ns1:customerCustomerListResponseParam>${list}` +
      `</ns1:customerCustomerListResponseParam></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`,
  );
}

/** V2 and WS-I return a pending confirmation as `true` (facts §4). */
function wsdlRow(row: SoapRecord): SoapRecord {
  return isRecord(row) && 'confirmation' in row ? { ...row, confirmation: true } : row;
}

/** V2 and WS-I have a line break between every two tags (facts §1). */
function broken(xml: string): string {
  return xml.replaceAll('><', '>\n<');
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}

function hex(length: number, random: Random): string {
  let text = '';
  while (text.length < length) text += random.below(0x1000000).toString(16).padStart(6, '0');
  return text.slice(0, length);
}
