import { knownResources, type ResourceRegistry } from './resources';
import { isReading, restRequest } from './rest-request';

/** Last words of the paths that only read, in every resource of the family. A path with another last word is taken for a write. */
const readingMethods = [
  'list',
  'info',
  'items',
  'tree',
  'level',
  'types',
  'options',
  'attributes',
  'currentStore',
  'listOfAdditionalAttributes',
  'additionalAttributes',
  'totals',
  'license',
  'count',
  'assignedProducts',
  'getCarriers',
  'getSpecialPrice',
];

const reading = new Set(readingMethods);

/** V2 and WS-I join the words of a path: `order_shipment.info` is `salesOrderShipmentInfo`. */
const readingEnd = new RegExp(`(?:${readingMethods.map((method) => `${method.charAt(0).toUpperCase()}${method.slice(1)}`).join('|')})$`);

/** Nouns in names of the family that contain a verb of {@link doing}. */
const nouns = /attributeset|address/gi;

/**
 * Verbs in the middle of a name that make it a write, as in `salesOrderShipmentSendInfo`, which sends an e-mail. They are found anywhere
 * and in any case, because PHP ignores the case of operations. A name that only contains one by chance is taken for a write, which is the
 * safe mistake.
 */
const doing =
  /send|notify|add|set|create|update|delete|remove|cancel|capture|refund|move|assign|rename|clear|flush|import|upload|merge|sync|save|apply|write|insert|replace|submit|reindex|generate|execute|enable|disable|confirm|approve|toggle|increment/i;

/** Operations of the protocol that change nothing in the store. `call` and `multiCall` may. */
const protocolReads = new Set(['login', 'startSession', 'endSession', 'resources', 'globalFaults', 'resourceFaults']);

/**
 * Whether a method changes something in the store. The method is a path, an operation, or a REST request, whose verb decides. An unknown
 * method counts as a write unless its name says that it reads.
 */
export function isWrite(method: string, registry: ResourceRegistry = knownResources): boolean {
  const request = restRequest(method);
  if (request !== undefined) return !isReading(request);
  const known = registry.find(method);
  if (known !== undefined) return known.access === 'write';
  if (protocolReads.has(method)) return false;
  if (method.includes('.')) return isWritingPath(method, registry);
  const end = readingEnd.exec(method);
  return end === null || doing.test(method.slice(0, end.index).replace(nouns, ''));
}

/** The store reads a path up to its second point and ignores the rest (wire v1/160): `customer.delete.list` deletes. */
function isWritingPath(path: string, registry: ResourceRegistry): boolean {
  const [resource = '', method = ''] = path.split('.');
  const known = registry.find(`${resource}.${method}`);
  return known === undefined ? resource === '' || !reading.has(method) : known.access === 'write';
}
