import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { ServerResponse } from 'node:http';
import { envelope } from '../../support/envelopes';
import { tinyFault } from '../../support/tiny-store';

/** Folder of the inputs of the cases, with a folder for each case. */
export const casesFolder = resolve(import.meta.dirname, '../../fixtures/cases');

/** A file of a case. */
export function caseFile(path: string): string {
  return resolve(casesFolder, path);
}

/** The WSDL of V2 that the stores of the cases send, with the address of this store. */
export function caseWsdl(port: number): string {
  const text = gunzipSync(readFileSync(caseFile('58-wsdl-oddities/wsdl-v2.xml.gz'))).toString();
  return text.replace(/http:\/\/127\.0\.0\.1:\d+\/api\/\w+\/?/g, `http://127.0.0.1:${port}/api/v2_soap/`);
}

const result = (operation: string, inner: string): string => envelope(`<ns1:${operation}Response>${inner}</ns1:${operation}Response>`);

/** The response of a case's store to a V2 call: a session, its end, or one customer for every other call. */
export function caseAnswer(body: string): string {
  const operation = /<(?:[\w-]+:)?Body[^>]*>\s*<(?:[\w-]+:)?(\w+)/.exec(body)?.[1];
  if (operation === 'login') return result('login', `<loginReturn xsi:type="xsd:string">${'a'.repeat(32)}</loginReturn>`);
  if (operation === 'endSession') return result('endSession', '<endSessionReturn xsi:type="xsd:boolean">true</endSessionReturn>');
  if (operation === 'resources') return tinyFault('3', 'Invalid api path.');
  const customer = '<customer_id xsi:type="xsd:int">7</customer_id><email xsi:type="xsd:string">a@example.com</email>';
  return result(
    'customerCustomerList',
    `<storeView SOAP-ENC:arrayType="ns1:customerCustomerEntity[1]" xsi:type="ns1:customerCustomerEntityArray">` +
      `<item xsi:type="ns1:customerCustomerEntity">${customer}</item></storeView>`,
  );
}

/** Sends XML. */
export function sendXml(response: ServerResponse, text: string | Uint8Array): void {
  response.setHeader('Content-Type', 'text/xml; charset=utf-8');
  response.end(text);
}
