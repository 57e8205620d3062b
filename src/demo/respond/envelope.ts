import { ns } from '../../soap/namespaces';
import { xml } from './text';

/**
 * Namespaces that a body needs in addition to the envelope's. PHP declares them in the order of their first use, which is reproduced here.
 */
export type Prefix = 'xsd' | 'xsi' | 'ns2' | 'SOAP-ENC';

const DECLARED: Readonly<Record<Prefix, string>> = {
  xsd: ` xmlns:xsd="${ns.xsd}"`,
  xsi: ` xmlns:xsi="${ns.xsi}"`,
  ns2: ` xmlns:ns2="${ns.apache}"`,
  'SOAP-ENC': ` xmlns:SOAP-ENC="${ns.encoding}"`,
};

const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** An RPC/encoded response: the opening tags before the result and the closing tags after it. */
export function encodedEnvelope(operation: string, namespace: string, prefixes: readonly Prefix[]): readonly [open: string, close: string] {
  const declared = prefixes.map((prefix) => DECLARED[prefix]).join('');
  return [
    `${PROLOG}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}" xmlns:ns1="${xml(namespace)}"${declared} ` +
      `SOAP-ENV:encodingStyle="${ns.encoding}"><SOAP-ENV:Body><ns1:${operation}Response>`,
    `</ns1:${operation}Response></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`,
  ];
}

/** A document/literal response, in the SOAP version of its request. */
export function literalEnvelope(element: string, namespace: string, version: '1.1' | '1.2'): readonly [open: string, close: string] {
  const [prefix, envelope] = version === '1.1' ? ['SOAP-ENV', ns.envelope11] : ['env', ns.envelope12];
  return [
    `${PROLOG}<${prefix}:Envelope xmlns:${prefix}="${envelope}" xmlns:ns1="${xml(namespace)}"><${prefix}:Body><ns1:${element}>`,
    `</ns1:${element}></${prefix}:Body></${prefix}:Envelope>\n`,
  ];
}

/** A SOAP 1.1 fault: the bare code, no namespace beyond the envelope's, no detail (facts §2). */
export function fault11(code: string, message: string): string {
  return (
    `${PROLOG}<SOAP-ENV:Envelope xmlns:SOAP-ENV="${ns.envelope11}` +
    `"><SOAP-ENV:Body><SOAP-ENV:Fault><faultcode>${xml(code)}</faultcode><faultstring>${xml(message)}` +
    `</faultstring></SOAP-ENV:Fault></SOAP-ENV:Body></SOAP-ENV:Envelope>\n`
  );
}

/** A SOAP 1.2 fault, which the store sends for XML that is not SOAP 1.1 (facts §2.8). */
export function fault12(code: string, message: string): string {
  return (
    `${PROLOG}<env:Envelope xmlns:env="${ns.envelope12}"><env:Body><env:Fault><env:Code><env:Value>${xml(code)}` +
    `</env:Value></env:Code><env:Reason><env:Text>${xml(message)}` +
    `</env:Text></env:Reason></env:Fault></env:Body></env:Envelope>\n`
  );
}

/** Adds line breaks between tags, as the V2 handler does in every response. An empty element gets a line feed as its text (facts §1). */
export function broken(text: string): string {
  return text.replaceAll('><', '>\n<');
}
