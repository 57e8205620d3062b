import { later, translated } from '../l10n/texts';
import { soapOnly } from './rest-attributes';
import { isSoap, type Dialect, type SoapDialect } from './dialect';

/** Names of the protocols of stores. The compiler requires an entry for each in `store/calls/protocols.ts`. */
export type ProtocolName = 'soap' | 'rest';

/** Actions on customers that some dialects do not support. */
export type Ability = 'delete' | 'write-addresses' | 'move' | 'filter' | 'password-hash';

/**
 * The differences between dialects. Code checks a facet and never the name of a dialect (a lint rule), so that it shows which difference
 * matters. A new dialect needs only an entry here.
 */
export interface DialectFacets {
  /** The protocol of the dialect. Only `store/calls/` reads it. */
  readonly protocol: ProtocolName;
  /** Actions that it does not support, with a sentence for tooltips: why, and what to do instead. All others are supported. */
  readonly cannot: Readonly<Partial<Record<Ability, string>>>;
  /** Customer attributes that it does not return; `undefined` means those that only V1 returns. */
  readonly unread: readonly string[] | undefined;
  /** Attributes that a customer form does not offer because they cannot be written. */
  readonly unwritten: Readonly<Record<'new' | 'edit', readonly string[]>>;
  /** Attributes that a new customer needs. */
  readonly required: readonly string[];
  /** A side effect of creating a customer, as a sentence to show beforehand. */
  readonly creating: string | undefined;
  /** Dialect that returns more and is used for the missing parts if the store answers it; `undefined` for none. */
  readonly fuller: typeof fullDialect | undefined;
  /** Whether lists arrive page by page in the order of their IDs and can be stopped after each page. Otherwise one answer has all rows. */
  readonly paged: boolean;
  /**
   * Whether methods are called by their path through the operation `call`, with arguments in order and values typed by their content.
   * Otherwise each method is an operation, with arguments by name and values typed by the WSDL.
   */
  readonly positional: boolean;
  /**
   * Form of filters. `map`: a map of attributes, with lists as values. `pairs`: lists of pairs, in which a list of values is one text with
   * commas.
   */
  readonly filters: 'map' | 'pairs';
  /** Whether it returns and accepts every attribute. Otherwise only those of the WSDL (facts §4). */
  readonly allAttributes: boolean;
  /** Whether an empty text clears a number. */
  readonly clearsNumbers: boolean;
  /** Whether its WSDL names methods and the types of their values. */
  readonly describesMethods: boolean;
  /** Whether `resources` and the lists of faults work (facts §3). */
  readonly listsResources: boolean;
}

/** Facets that only SOAP dialects have. Use `isSoap` to narrow a dialect first. */
export interface SoapFacets extends DialectFacets {
  readonly protocol: 'soap';
  /** RPC/encoded, or document/literal, where one structure has all arguments by name (facts §1). */
  readonly style: 'rpc' | 'document';
  /** Path of its address, after that of the shop. */
  readonly path: '/api/soap' | '/api/v2_soap';
  /** Dialect to try at the shop's other address. */
  readonly beside: typeof fullDialect | typeof usualDialect;
  /** Whether it has `call` and `multiCall`. */
  readonly batches: boolean;
  /** Whether its WSDL says which arguments are optional. RPC messages cannot say that. */
  readonly describesOptional: boolean;
  /** Whether values in answers have types. */
  readonly typedAnswers: boolean;
  /** Whether its WSDL swaps the names of the two arguments of `resourceFaults`. The store goes by their order (wire v1/154, v2/133). */
  readonly swapsResourceFaults: boolean;
  /** Element around each item of a list; `undefined` if it may have any name. */
  readonly itemElement: 'complexObjectArray' | undefined;
  /** Name of the part with the result; `undefined` if each operation has its own name for it. */
  readonly resultPart: 'result' | undefined;
  /** Whether stores answer in the SOAP version of the request. Otherwise only 1.1 is supported. */
  readonly soap12: boolean;
  /** Whether stores break lines between the tags of its answers. */
  readonly brokenLines: boolean;
}

/** Facets that most SOAP dialects share. */
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
        'REST reads and writes addresses only for a customer who is logged in, not for an API user. SOAP can write them.',
      ),
      move: later('REST sets the website of a customer only when the customer is created. SOAP can change it later.'),
      filter: later(
        'REST finds customers by e-mail, phone or the beginning of a name only. For other conditions, the toolkit reads the customers and checks them. SOAP filters in the store.',
      ),
      'password-hash': later('REST neither returns nor accepts password hashes, and an update does not change a password. SOAP can.'),
    },
    fuller: undefined,
    creating: later('The store sends each new customer a welcome e-mail over REST, but not over SOAP.'),
    paged: true,
    positional: false,
    filters: 'map',
    allAttributes: false,
    clearsNumbers: true,
    describesMethods: false,
    listsResources: false,
  },
};

/** Dialect with all abilities and all attributes, and with batches. */
export const fullDialect = 'v1' as const satisfies Dialect;

/** Dialect of most stores. Examples and snippets for it do not name a dialect. */
export const usualDialect = 'v2' as const satisfies Dialect;

/** The SOAP dialect for the envelope or program of a call: its own, or the usual one for a call over another protocol. */
export function writtenIn(dialect: Dialect | undefined): SoapDialect {
  return dialect !== undefined && isSoap(dialect) ? dialect : usualDialect;
}

/** Whether a dialect returns and accepts every attribute. False while it is unknown. */
export function hasAllAttributes(dialect: Dialect | undefined): boolean {
  return dialect !== undefined && facets[dialect].allAttributes;
}

/** Dialect that returns more than another one, see {@link DialectFacets.fuller}. V1 while the dialect is unknown. */
export function fullerThan(dialect: Dialect | undefined): typeof fullDialect | undefined {
  return dialect === undefined ? fullDialect : facets[dialect].fuller;
}

/** Why a dialect does not support an action, as a sentence for people. `undefined` if it does, and while the dialect is unknown. */
export function reasonAgainst(dialect: Dialect | undefined, ability: Ability): string | undefined {
  const reason = dialect === undefined ? undefined : facets[dialect].cannot[ability];
  return reason === undefined ? undefined : translated(reason);
}

/** Whether a dialect returns a customer attribute. While the dialect is unknown, false for attributes that only V1 returns. */
export function isReturned(dialect: Dialect | undefined, { name, v1Only }: { readonly name: string; readonly v1Only?: boolean }): boolean {
  const { allAttributes, unread } = dialect === undefined ? facets[usualDialect] : facets[dialect];
  return allAttributes || (unread === undefined ? v1Only !== true : !unread.includes(name));
}
