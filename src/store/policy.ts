import { findMethod } from '../api/catalogue';
import { ToolkitError } from '../api/errors';
import type { StoreConfig } from './config';

/** Last parts of paths that read, in every resource of the family. Whatever else a path does is taken for a write. */
const readingVerbs = new Set(['list', 'info', 'items', 'tree', 'level', 'types', 'options', 'attributes', 'currentStore', 'listOfAdditionalAttributes', 'additionalAttributes', 'totals', 'license', 'count']);

/** Operations of the protocol itself that change nothing in the shop. `call` and `multiCall` may. */
const protocolReads = new Set(['login', 'startSession', 'endSession', 'resources', 'globalFaults', 'resourceFaults']);

/** Whether a method changes something in the shop. Unknown ones do until their name says otherwise. */
export function isWrite(method: string): boolean {
  const known = findMethod(method);
  if (known !== undefined) return known.access === 'write';
  if (protocolReads.has(method)) return false;
  const verb = method.includes('.') ? method.slice(method.lastIndexOf('.') + 1) : (/(Info|List|Tree|Level|Items|Types|Options|Attributes|Totals|License)$/.exec(method)?.[1]?.toLowerCase() ?? method);
  return !readingVerbs.has(verb);
}

/**
 * Refuses writes that the store's settings do not allow. The lowest place that knows the intent, below every UI.
 * @throws {ToolkitError} of kind `policy`: `read-only` or `not-confirmed`
 */
export function guard(config: StoreConfig, method: string, confirmed: boolean | undefined): void {
  if (!isWrite(method)) return;
  if (config.readOnly === true) {
    throw new ToolkitError('policy', {
      code: 'read-only',
      what: `${config.name} is read-only here, so ${method} was not sent.`,
      why: 'The settings of this store say readOnly.',
      next: 'Take readOnly from the store’s settings if it may be written to.',
    });
  }
  if (config.environment === 'production' && confirmed !== true) {
    throw new ToolkitError('policy', {
      code: 'not-confirmed',
      what: `${config.name} is a production store, so ${method} was not sent without confirmation.`,
      why: 'Writes to production are confirmed by typing the name of the store.',
      next: `Confirm by typing "${config.name}".`,
    });
  }
}
