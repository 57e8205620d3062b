import { knownResources, type ResourceRegistry } from './resources';
import { isReading, restRequest } from './rest-request';

/** What paths that read end with, in every resource of the family. Whatever else a path does is taken for a write. */
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

/** V2 and WS-I write a path as one word: `order_shipment.info` is `salesOrderShipmentInfo`. */
const readingEnd = new RegExp(`(?:${readingMethods.map((method) => `${method.charAt(0).toUpperCase()}${method.slice(1)}`).join('|')})$`);

/** Nouns of the family that look like actions. */
const nouns = /attributeset|address/gi;

/**
 * What is done to what stands at the end, as in `salesOrderShipmentSendInfo`, which sends an e-mail. Looked for anywhere and in any case:
 * PHP finds operations whatever their case. A name that only looks so is taken for a write, which is the safe mistake.
 */
const doing =
  /send|notify|add|set|create|update|delete|remove|cancel|capture|refund|move|assign|rename|clear|flush|import|upload|merge|sync|save|apply|write|insert|replace|submit|reindex|generate|execute|enable|disable|confirm|approve|toggle|increment/i;

/** Operations of the protocol itself that change nothing in the store. `call` and `multiCall` may. */
const protocolReads = new Set(['login', 'startSession', 'endSession', 'resources', 'globalFaults', 'resourceFaults']);

/**
 * Whether a method changes something in the store: a path, an operation, or a request to REST, of which its verb tells. Unknown ones do
 * until their name says otherwise.
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

/** The store does what stands before the second point and ignores the rest (wire v1/160): `customer.delete.list` deletes. */
function isWritingPath(path: string, registry: ResourceRegistry): boolean {
  const [resource = '', method = ''] = path.split('.');
  const known = registry.find(`${resource}.${method}`);
  return known === undefined ? resource === '' || !reading.has(method) : known.access === 'write';
}
