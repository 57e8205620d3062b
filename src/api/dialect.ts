/**
 * The three ways in which stores of this family speak SOAP (facts §1): `v1` is one generic `call` over RPC/encoded, `v2` has one operation
 * per method over RPC/encoded, `wsi` is V2 in the store's WS-I mode: document/literal, no types on the wire.
 */
export const soapDialects = ['v1', 'v2', 'wsi'] as const;

/** One of the three dialects of SOAP. */
export type SoapDialect = (typeof soapDialects)[number];

/** All dialects: those of SOAP, and REST v2 of Maho 26.7. */
export const dialects = [...soapDialects, 'rest'] as const;

/** A dialect in which requests are written. */
export type Dialect = (typeof dialects)[number];

/** Names of the dialects for people. */
export const dialectLabels: Readonly<Record<Dialect, string>> = { v1: 'V1', v2: 'V2', wsi: 'WS-I', rest: 'REST' };

/** Whether a text names a dialect. */
export function isDialect(text: string): text is Dialect {
  return dialects.some((dialect) => dialect === text);
}

/** Whether a dialect is one of SOAP, for code about envelopes and WSDLs. */
export function isSoap(dialect: Dialect): dialect is SoapDialect {
  return soapDialects.some((soap) => soap === dialect);
}
