/** Writes responses by hand, for cases without a recording. */
const spaces = [
  'xmlns:SOAP-ENV="http://schemas.xmlsoap.org/soap/envelope/"',
  'xmlns:ns1="urn:Maho"',
  'xmlns:ns2="http://xml.apache.org/xml-soap"',
  'xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
  'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  'xmlns:SOAP-ENC="http://schemas.xmlsoap.org/soap/encoding/"',
].join(' ');

/** A response with this XML inside its body. */
export function envelope(body: string, declaration = '<?xml version="1.0" encoding="UTF-8"?>\n'): string {
  return `${declaration}<SOAP-ENV:Envelope ${spaces}><SOAP-ENV:Body>${body}</SOAP-ENV:Body></SOAP-ENV:Envelope>\n`;
}

/** A V1 response with this XML as its `callReturn`. */
export function v1Answer(callReturn: string): string {
  return envelope(`<ns1:callResponse>${callReturn}</ns1:callResponse>`);
}

/** A V1 map entry whose value has this type. */
export function entry(key: string, value: string, type = 'xsd:string'): string {
  return `<item><key xsi:type="xsd:string">${key}</key><value xsi:type="${type}">${value}</value></item>`;
}
