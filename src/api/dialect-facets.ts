import { later, said } from '../l10n/texts';
import { soapOnly } from './rest-attributes';
import { isSoap, type Dialect, type SoapDialect } from './dialect';

/** Names of the protocols that stores are spoken to in. Each has an entry in `store/calls/protocols.ts`, which the compiler insists on. */
export type ProtocolName = 'soap' | 'rest';

/** What people do with customers that not every dialect can. */
export type Ability = 'delete' | 'write-addresses' | 'move' | 'filter' | 'password-hash';

/**
 * How a dialect differs from the others. Code asks for a facet and never for the name of a dialect (a lint rule), so that what a
 * difference is about can be read where it counts, and a dialect more is an entry here.
 */
export interface DialectFacets {
  /** The protocol that carries it: asked for by `store/calls/` alone. */
  readonly protocol: ProtocolName;
  /** What cannot be done over it: why, and what can, as sentences for tooltips. What is not listed can be done. */
  readonly cannot: Readonly<Partial<Record<Ability, string>>>;
  /** Attributes of customers that it does not return; `undefined` for those that only V1 returns. */
  readonly unread: readonly string[] | undefined;
  /** Attributes that a form of a customer does not offer, since they cannot be written. */
  readonly unwritten: Readonly<Record<'new' | 'edit', readonly string[]>>;
  /** Attributes without which no customer is created. */
  readonly required: readonly string[];
  /** What a create does besides creating, as a sentence that is said before. */
  readonly creating: string | undefined;
  /** Dialect that shows more, and is asked for what this one does not show, where it answers; `undefined` for none. */
  readonly fuller: typeof fullDialect | undefined;
  /** Lists come page by page in the order of their IDs, and can be stopped at any of them; otherwise one answer holds all. */
  readonly paged: boolean;
  /**
   * Methods travel by their path through the operation `call`, with arguments in order and values typed by what they are; otherwise
   * each method is an operation, with arguments by name and values typed by the WSDL.
   */
  readonly positional: boolean;
  /** Filters are a map of attributes with real lists; otherwise lists of pairs, in which a list of values is one text with commas. */
  readonly filters: 'map' | 'pairs';
  /** It returns and takes every attribute; otherwise only those of the WSDL (facts §4). */
  readonly allAttributes: boolean;
  /** An empty text clears a number. */
  readonly clearsNumbers: boolean;
  /** Its WSDL names methods and the types of their values. */
  readonly describesMethods: boolean;
  /** `resources` and the lists of faults work (facts §3). */
  readonly listsResources: boolean;
}

/** What only the dialects of SOAP have: whoever asks has to know that it is one of them. */
export interface SoapFacets extends DialectFacets {
  readonly protocol: 'soap';
  /** RPC/encoded, or document/literal: one structure holds all arguments by name (facts §1). */
  readonly style: 'rpc' | 'document';
  /** Path of its address behind that of the shop. */
  readonly path: '/api/soap' | '/api/v2_soap';
  /** Dialect to look for at the shop's other address. */
  readonly beside: typeof fullDialect | typeof usualDialect;
  /** It has `call` and `multiCall`. */
  readonly batches: boolean;
  /** Its WSDL says which arguments may be left out; RPC messages cannot say that. */
  readonly describesOptional: boolean;
  /** Values of answers carry types. */
  readonly typedAnswers: boolean;
  /** Its WSDL names the two arguments of `resourceFaults` the wrong way round, and the store goes by their order (wire v1/154, v2/133). */
  readonly swapsResourceFaults: boolean;
  /** Element around each item of a list; `undefined` where any name will do. */
  readonly itemElement: 'complexObjectArray' | undefined;
  /** Name of the part that every result comes in; `undefined` where each operation has its own. */
  readonly resultPart: 'result' | undefined;
  /** It is answered in the SOAP version of the request; otherwise only 1.1 is spoken. */
  readonly soap12: boolean;
  /** Stores break the lines of its answers between tags. */
  readonly brokenLines: boolean;
}

/** What every dialect of SOAP can. */
const soap = {
  protocol: 'soap',
  cannot: {},
  unread: undefined,
  unwritten: { new: [], edit: [] },
  required: ['email'],
  creating: undefined,
  fuller: 'v1',
  paged: false,
} as const;

/** See {@link DialectFacets}. */
export const facets: Readonly<Record<SoapDialect, SoapFacets> & Record<Exclude<Dialect, SoapDialect>, DialectFacets>> = {
  v1: {
    ...soap,
    fuller: undefined,
    style: 'rpc',
    path: '/api/soap',
    beside: 'v2',
    positional: true,
    filters: 'map',
    allAttributes: true,
    clearsNumbers: true,
    batches: true,
    describesMethods: false,
    describesOptional: false,
    typedAnswers: true,
    listsResources: true,
    swapsResourceFaults: true,
    itemElement: undefined,
    resultPart: undefined,
    soap12: false,
    brokenLines: false,
  },
  v2: {
    ...soap,
    style: 'rpc',
    path: '/api/v2_soap',
    beside: 'v1',
    positional: false,
    filters: 'pairs',
    allAttributes: false,
    clearsNumbers: false,
    batches: false,
    describesMethods: true,
    describesOptional: false,
    typedAnswers: true,
    listsResources: true,
    swapsResourceFaults: true,
    itemElement: undefined,
    resultPart: undefined,
    soap12: false,
    brokenLines: true,
  },
  wsi: {
    ...soap,
    style: 'document',
    path: '/api/v2_soap',
    beside: 'v1',
    positional: false,
    filters: 'pairs',
    allAttributes: false,
    clearsNumbers: false,
    batches: false,
    describesMethods: true,
    describesOptional: true,
    typedAnswers: false,
    listsResources: false,
    swapsResourceFaults: false,
    itemElement: 'complexObjectArray',
    resultPart: 'result',
    soap12: true,
    brokenLines: true,
  },
  rest: {
    protocol: 'rest',
    unread: soapOnly,
    unwritten: { new: ['store_id'], edit: ['store_id', 'website_id'] },
    required: ['email', 'password'],
    cannot: {
      delete: later('REST cannot delete customers: the store refuses it with HTTP 405. SOAP can.'),
      'write-addresses': later(
        'REST gives and takes addresses only with a login of the customer, not of an API user. SOAP can write them.',
      ),
      move: later('REST sets the website of a customer when it is created, and never again. SOAP can move a customer.'),
      filter: later(
        'REST finds by e-mail, phone or the beginning of a name only, so customers are read and looked through here. SOAP filters.',
      ),
      'password-hash': later('REST neither shows nor takes password hashes, and no update changes a password. SOAP can.'),
    },
    fuller: undefined,
    creating: later('The store sends each new customer a welcome e-mail: over REST it does, over SOAP it does not.'),
    paged: true,
    positional: false,
    filters: 'map',
    allAttributes: false,
    clearsNumbers: true,
    describesMethods: false,
    listsResources: false,
  },
};

/** Dialect that can do everything the others can, with every attribute and in batches. */
export const fullDialect = 'v1' as const satisfies Dialect;

/** Dialect that most stores speak: examples and snippets name no dialect when it is meant. */
export const usualDialect = 'v2' as const satisfies Dialect;

/**
 * The dialect of SOAP that envelopes and programs for a call are written in: its own, or the usual one for a call that went over
 * something else.
 */
export function writtenIn(dialect: Dialect | undefined): SoapDialect {
  return dialect !== undefined && isSoap(dialect) ? dialect : usualDialect;
}

/** Whether a dialect returns and takes every attribute; not while it is unknown. */
export function hasAllAttributes(dialect: Dialect | undefined): boolean {
  return dialect !== undefined && facets[dialect].allAttributes;
}

/** Dialect that shows more than one, and is asked where it answers; V1 where the dialect is not known yet. */
export function fullerThan(dialect: Dialect | undefined): typeof fullDialect | undefined {
  return dialect === undefined ? fullDialect : facets[dialect].fuller;
}

/** Why something cannot be done over a dialect, as a sentence for people; `undefined` where it can, and while the dialect is not known. */
export function reasonAgainst(dialect: Dialect | undefined, ability: Ability): string | undefined {
  const reason = dialect === undefined ? undefined : facets[dialect].cannot[ability];
  return reason === undefined ? undefined : said(reason);
}

/** Whether a dialect returns an attribute of customers; not where only V1 does and the dialect is not known. */
export function isReturned(dialect: Dialect | undefined, { name, v1Only }: { readonly name: string; readonly v1Only?: boolean }): boolean {
  const { allAttributes, unread } = dialect === undefined ? facets[usualDialect] : facets[dialect];
  return allAttributes || (unread === undefined ? v1Only !== true : !unread.includes(name));
}
