import type { Generation, GenerationId } from '../api/generations';
import type { FaultMeaning, Resource } from '../api/resources';

/** A fault that the store responds with. */
export class StoreFault extends Error {
  constructor(
    /** A bare number such as `102`, or `SOAP-ENV:Server`, `Sender`. */
    readonly code: string,
    override readonly message: string,
    /** 200 for faults of the application, 500 for faults of SOAP or PHP (facts §2). */
    readonly status: 200 | 500 = 200,
  ) {
    super(message);
  }
}

/** An SQL error while a collection loads. The response is not SOAP, but the shop's HTML error page with status 503 (facts §2). */
export class ShopError extends Error {}

/** The faults that any method can return. */
export const globalFaults = [
  { code: '0', message: 'Unknown Error' },
  { code: '1', message: 'Internal Error. Please see log for details.' },
  { code: '2', message: 'Access denied.' },
  { code: '3', message: 'Invalid api path.' },
  { code: '4', message: 'Resource path is not callable.' },
  { code: '5', message: 'Session expired. Try to relogin.' },
  { code: '6', message: 'Required parameter is missing, for more details see "exception.log".' },
] as const;

/** The fault of a resource with this meaning, which the resource must have. */
export function resourceFault({ name, faults }: Resource, meaning: FaultMeaning): StoreFault {
  const fault = faults.find((each) => each.meaning === meaning);
  if (fault === undefined) throw new Error(`${name} has no fault about ${meaning}.`);
  return new StoreFault(fault.code, fault.message);
}

/** A global fault by its code. */
export function globalFault(code: 0 | 1 | 2 | 3 | 4 | 5 | 6): StoreFault {
  const { message } = globalFaults[code];
  return new StoreFault(String(code), message);
}

/**
 * An error that PHP itself throws inside a method. The response has HTTP status 200 (facts §2). It ends a whole multiCall, although the
 * calls before it have been carried out.
 */
export class PhpError extends StoreFault {
  constructor(message: string) {
    super('SOAP-ENV:Server', message);
  }
}

/** See {@link PhpError}. */
export function phpError(message: string): StoreFault {
  return new PhpError(message);
}

/** An SQL error inside a method. The store passes on the database's message word for word, before Maho 26.7 together with the statement. */
export function sqlError(generation: Generation, message: string, statement: string): StoreFault {
  if (generation.id === 'maho@26.7') return new StoreFault('1', `An exception occurred while executing a query: ${message}`);
  return new StoreFault('1', `${message}, query was: ${statement}`);
}

/** An error of the SOAP layer, thrown before a method is reached. The response has HTTP status 500. */
export function soapError(message: string): StoreFault {
  return new StoreFault('SOAP-ENV:Server', message, 500);
}

/** Folder of the store's code, which is part of PHP's messages. */
export function codeFolder({ id, product }: Generation): string {
  return id === 'maho@25' ? '/srv/httpd/maho' : `/srv/shop/${product}`;
}

/** Line of the store's code that calls a method. PHP's message about missing arguments contains it. */
const LINE_OF_CALL: Readonly<Record<GenerationId, number>> = {
  'maho@26.7': 296,
  'maho@25': 294,
  'openmage@20.18': 310,
  'openmage@20.0': 292,
  'magento@1.9': 292,
};

/** The fault for a V1 path or a V2 argument list with too few arguments (wire v1/10, v1/83, v1/141). */
export function tooFewArguments(generation: Generation, method: string, passed: number, needed: number, optional: boolean): StoreFault {
  return phpError(
    `Too few arguments to function ${method}(), ${passed} passed in ${codeFolder(generation)}` +
      `/app/code/core/Mage/Api/Model/Server/Handler/Abstract.php on line ${LINE_OF_CALL[generation.id]} and ` +
      `${optional ? 'at least' : 'exactly'} ${needed} expected`,
  );
}
