import type { Dialect } from './dialect';

/**
 * How a dialect differs from the others. Code asks for a facet and never for the name of a dialect (a lint rule), so that what a
 * difference is about can be read where it counts, and a dialect more is an entry here.
 */
export interface DialectFacets {
  /** RPC/encoded, or document/literal: one structure holds all arguments by name (facts §1). */
  readonly style: 'rpc' | 'document';
  /** Path of its address behind that of the shop. */
  readonly path: '/api/soap' | '/api/v2_soap';
  /** Dialect to look for at the shop's other address. */
  readonly beside: typeof fullDialect | typeof usualDialect;
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
  /** It has `call` and `multiCall`. */
  readonly batches: boolean;
  /** Its WSDL names methods and the types of their values. */
  readonly describesMethods: boolean;
  /** Its WSDL says which arguments may be left out; RPC messages cannot say that. */
  readonly describesOptional: boolean;
  /** Values of answers carry types. */
  readonly typedAnswers: boolean;
  /** `resources` and the lists of faults work (facts §3). */
  readonly listsResources: boolean;
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

/** See {@link DialectFacets}. */
export const facets: Readonly<Record<Dialect, DialectFacets>> = {
  v1: {
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
};

/** Dialect that can do everything the others can, with every attribute and in batches. */
export const fullDialect = 'v1' as const satisfies Dialect;

/** Dialect that most stores speak: examples and snippets name no dialect when it is meant. */
export const usualDialect = 'v2' as const satisfies Dialect;

/** Whether a dialect returns and takes every attribute; not while it is unknown. */
export function hasAllAttributes(dialect: Dialect | undefined): boolean {
  return dialect !== undefined && facets[dialect].allAttributes;
}
