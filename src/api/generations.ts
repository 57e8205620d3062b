import type { SoapDialect } from './dialect';

/** The products of the family, from the newest to the oldest. */
export const products = ['maho', 'openmage', 'magento'] as const;

/** See {@link products}. */
export type ProductId = (typeof products)[number];

/** Product and version of every generation of stores, see {@link Generation}. */
export const generationIds = ['maho@26.7', 'maho@25', 'openmage@20.18', 'openmage@20.0', 'magento@1.9'] as const;

/** See {@link generationIds}. */
export type GenerationId = (typeof generationIds)[number];

/** Menus in the shop's admin for setting up an API user. Paths have the names of the menus, with " > " between them. */
export interface AdminMenus {
  readonly users: string;
  readonly roles: string;
  /** Menu that turns protocols on and off; `undefined` if SOAP is always on. */
  readonly protocols: string | undefined;
  /** Menu with "WS-I Compliance", which turns V2 into WS-I, and "Default Response Charset". */
  readonly settings: string;
}

/** Commands to run in the shop's folder; `undefined` if the product has no command line. */
export interface AdminCommands {
  /** Turns SOAP on, by dialect. */
  readonly enableSoap: Readonly<Record<SoapDialect, string>> | undefined;
  /** Installs the SOAP server; `undefined` if it is always installed. */
  readonly installSoap: string | undefined;
  readonly flushCache: string | undefined;
}

/**
 * A generation of stores: a product in a version, and the differences of its API. The catalogue has what all generations share. Sources:
 * recordings of Maho 25.5.0 and 26.7.4, comparisons with OpenMage 20.0.20 and 20.18.0. Magento 1 was not recorded.
 */
export interface Generation {
  readonly id: GenerationId;
  readonly product: ProductId;
  /** Version for people, such as `26.7`. */
  readonly version: string;
  /** Product and version for people: `Maho 26.7`. */
  readonly label: string;
  /** Name of the product alone: `Maho`. */
  readonly name: string;
  /** Target namespace of the WSDLs and of every answer. */
  readonly namespace: string;
  /** Service name in the WSDLs. */
  readonly service: string;
  /** Type of numeric columns such as `customer_id` in V1: `<value xsi:type="xsd:int">` or `xsd:string`. */
  readonly v1Numbers: 'int' | 'string';
  /** Customer attributes that only V1 of this generation has, in the order of info. They follow all others. */
  readonly moreCustomerAttributes: readonly ('twofa_enabled' | 'twofa_secret' | 'is_active')[];
  /** Whether addresses have `fax` in V1. All WSDLs name it. */
  readonly addressFax: boolean;
  /**
   * Form of `created_at` in `customer.info` and `customer_address.info`. Both are in the store's time zone; lists always give UTC.
   * `offset`: `2026-11-23T03:10:35-05:00`; `local`: `2026-11-23 03:10:35`, which has the same form as the UTC of a list.
   */
  readonly infoCreatedAt: 'offset' | 'local';
  /**
   * Form of the hash of a new password. `salted` is 64 hex digits (32 for Magento's MD5), a colon and the salt; `bcrypt` begins with
   * `$2y$`.
   */
  readonly passwordHash: 'salted' | 'bcrypt';
  /** Length of a session ID in hex digits. */
  readonly sessionLength: 32 | 64;
  /** Dialects in which HTTP Basic credentials can replace a session that is nil. */
  readonly basicLogin: readonly SoapDialect[];
  /** Cookie in every answer. Clients need not keep it. */
  readonly cookie: 'maho_session' | 'PHPSESSID' | undefined;
  /** Whether answers have the headers `Deprecation: true`, a `Link` to the API's successor, and `Warning: 299`. */
  readonly deprecated: boolean;
  /** Path of the REST API for customers, after that of the shop; `undefined` if there is none. */
  readonly restPath: '/api/rest/v2' | undefined;
  /** Whether SOAP must be turned on in a new store. */
  readonly soapOffInNewStore: boolean;
  /** Answer to XML that cannot be read: a fault with HTTP 500, or PHP's exception as plain text with HTTP 200. */
  readonly malformedXml: 'fault' | 'text';
  /** Whether request bodies may be UTF-16. */
  readonly utf16Requests: boolean;
  /** Answer to a birthday that PHP cannot read, such as `31/12/1990`: fault 1, or a PHP error that ends the whole request. */
  readonly unreadableDate: 'fault' | 'php-error';
  /** Answer to `{"is": null}`: an SQL error (HTTP 503), or the same rows as for `null`. */
  readonly isNil: 'sql-error' | 'null';
  /** V1 path and V2 operation that return the version. */
  readonly versionMethod: { readonly v1: string; readonly v2: string };
  readonly menus: AdminMenus;
  readonly commands: AdminCommands;
}

const webServices: AdminMenus = {
  users: 'System > Web Services > SOAP/XML-RPC - Users',
  roles: 'System > Web Services > SOAP/XML-RPC - Roles',
  protocols: undefined,
  settings: 'System > Configuration > Services > Maho Core API',
};

/** OpenMage and Magento 1 have the same menus except for this one. */
const magentoMenus: AdminMenus = { ...webServices, settings: 'System > Configuration > Services > Magento Core API' };

const noCommands: AdminCommands = { enableSoap: undefined, installSoap: undefined, flushCache: undefined };

/** `./maho config:set` needs a scope. V2 and WS-I share one switch. */
function enable(protocol: 'soap' | 'v2_soap'): string {
  return `./maho config:set --scope=default --scope-id=0 apiplatform/protocols/${protocol} 1`;
}

const maho25: Generation = {
  id: 'maho@25',
  product: 'maho',
  version: '25',
  label: 'Maho 25',
  name: 'Maho',
  namespace: 'urn:Maho',
  service: 'MahoService',
  v1Numbers: 'string',
  moreCustomerAttributes: [],
  addressFax: true,
  infoCreatedAt: 'offset',
  passwordHash: 'salted',
  sessionLength: 32,
  basicLogin: ['v1', 'v2'],
  cookie: undefined,
  deprecated: false,
  restPath: undefined,
  soapOffInNewStore: false,
  malformedXml: 'fault',
  utf16Requests: true,
  unreadableDate: 'fault',
  isNil: 'sql-error',
  versionMethod: { v1: 'core_magento.info', v2: 'magentoInfo' },
  menus: webServices,
  commands: { ...noCommands, flushCache: './maho cache:flush' },
};

const maho267: Generation = {
  ...maho25,
  id: 'maho@26.7',
  version: '26.7',
  label: 'Maho 26.7',
  v1Numbers: 'int',
  moreCustomerAttributes: ['twofa_enabled', 'twofa_secret', 'is_active'],
  addressFax: false,
  infoCreatedAt: 'local',
  passwordHash: 'bcrypt',
  cookie: 'maho_session',
  deprecated: true,
  restPath: '/api/rest/v2',
  soapOffInNewStore: true,
  malformedXml: 'text',
  utf16Requests: false,
  unreadableDate: 'php-error',
  isNil: 'null',
  versionMethod: { v1: 'core_maho.info', v2: 'mahoInfo' },
  menus: {
    users: 'System > API > SOAP / XML-RPC (legacy) > Users',
    roles: 'System > API > SOAP / XML-RPC (legacy) > Roles',
    protocols: 'System > Configuration > Services > API > API Protocols',
    // Maho 26.7 has a new name for the section, but not for the tab.
    settings: 'System > Configuration > Services',
  },
  commands: {
    enableSoap: { v1: enable('soap'), v2: enable('v2_soap'), wsi: enable('v2_soap') },
    installSoap: 'composer require laminas/laminas-soap',
    flushCache: './maho cache:flush',
  },
};

const openmage200: Generation = {
  ...maho25,
  id: 'openmage@20.0',
  product: 'openmage',
  version: '20.0',
  label: 'OpenMage 20.0',
  name: 'OpenMage',
  namespace: 'urn:OpenMage',
  service: 'OpenMageService',
  v1Numbers: 'int',
  basicLogin: [],
  cookie: 'PHPSESSID',
  menus: magentoMenus,
  commands: noCommands,
};

const openmage2018: Generation = {
  ...openmage200,
  id: 'openmage@20.18',
  version: '20.18',
  label: 'OpenMage 20.18',
  v1Numbers: 'string',
  sessionLength: 64,
  basicLogin: ['v1', 'v2'],
};

/** Not recorded. Deduced from its source code and its successors. */
const magento19: Generation = {
  ...openmage200,
  id: 'magento@1.9',
  product: 'magento',
  version: '1.9',
  label: 'Magento 1.9',
  name: 'Magento',
  namespace: 'urn:Magento',
  service: 'MagentoService',
  v1Numbers: 'string',
};

/** Every generation, the newest of a product first. */
export const generations: readonly Generation[] = [maho267, maho25, openmage2018, openmage200, magento19];

/** Names of generations that users may write: `maho@26.7`, `openmage@20.0`, or a product alone, which is its newest generation. */
export const generationNames: readonly string[] = [...products, ...generationIds];

/** A generation by its ID. */
export function generationOf(id: GenerationId): Generation {
  const found = generations.find((generation) => generation.id === id);
  if (found === undefined) throw new Error(`No generation ${id}.`);
  return found;
}

/**
 * The generation for a name, in any case: `maho@26.7`, `Maho@26.7.4` (patch versions belong to their generation), `openmage` (the newest of
 * the product). `undefined` for an unknown name.
 */
export function findGeneration(name: string): Generation | undefined {
  const [product = '', version, more] = name.trim().toLowerCase().split('@');
  if (more !== undefined) return undefined;
  const ofProduct = generations.filter((generation) => generation.product === product);
  if (version === undefined) return ofProduct[0];
  return ofProduct.find((generation) => version === generation.version || version.startsWith(`${generation.version}.`));
}
