import type { Argument, Method } from '../../api/method';
import { ToolkitError } from '../../api/errors';
import type { SoapRecord, SoapValue } from '../../api/value';

/** Arguments of a call in the method's order. A missing optional one is `undefined`. */
export type OrderedArguments = readonly (Argument & { readonly value: SoapValue | undefined })[];

/**
 * Puts arguments in order and refuses what the method does not know.
 * @throws {ToolkitError} of kind `input`
 */
export function ordered(method: Method, args: SoapRecord): OrderedArguments {
  const known = method.args.map((arg) => arg.name);
  const unknown = Object.keys(args).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ToolkitError('input', {
      code: 'argument-unknown',
      what: `${method.id} has no argument "${unknown}".`,
      next: known.length === 0 ? 'It takes none.' : `It takes ${known.join(', ')}.`,
    });
  }
  return method.args.map((arg) => {
    const value = Object.hasOwn(args, arg.name) ? args[arg.name] : undefined;
    if (value === undefined && arg.optional !== true) {
      throw new ToolkitError('input', { code: 'argument-missing', what: `${method.id} needs the argument "${arg.name}".`, why: arg.doc });
    }
    return { ...arg, value };
  });
}
