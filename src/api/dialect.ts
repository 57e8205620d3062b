/**
 * The three ways a store of this family speaks SOAP (facts §1):
 * `v1` is one generic `call` over RPC/encoded, `v2` has one operation per method over RPC/encoded,
 * `wsi` is V2 in the store's WS-I mode: document/literal, no types on the wire.
 */
export const dialects = ['v1', 'v2', 'wsi'] as const;

/** One of the three dialects. */
export type Dialect = (typeof dialects)[number];

/** How a dialect is written for people. */
export const dialectLabels: Readonly<Record<Dialect, string>> = { v1: 'V1', v2: 'V2', wsi: 'WS-I' };

/** Whether a text names a dialect. */
export function isDialect(text: string): text is Dialect {
  return dialects.some((dialect) => dialect === text);
}

/** What a request to a store is written in: a dialect of SOAP, or REST. */
export type Spoken = Dialect | 'rest';

/** How it is written for people. */
export const spokenLabels: Readonly<Record<Spoken, string>> = { ...dialectLabels, rest: 'REST' };
