import type { Argument, Method } from '../../api/method';
import { ToolkitError } from '../../api/errors';
import type { SoapRecord, SoapValue } from '../../api/value';
import { translated, t } from '../../l10n/texts';

/** Arguments of a call in the method's order. A missing optional one is `undefined`. */
export type OrderedArguments = readonly (Argument & { readonly value: SoapValue | undefined })[];

/**
 * Puts arguments in order and refuses those that the method does not know.
 * @throws {ToolkitError} of kind `input`
 */
export function ordered(method: Method, args: SoapRecord): OrderedArguments {
  const known = method.args.map((arg) => arg.name);
  const unknown = Object.keys(args).find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new ToolkitError('input', {
      code: 'argument-unknown',
      what: t('{method} has no argument "{name}".', { method: method.id, name: unknown }),
      next: known.length === 0 ? t('It takes none.') : t('It takes {names}.', { names: known.join(', ') }),
    });
  }
  return method.args.map((arg) => {
    const value = Object.hasOwn(args, arg.name) ? args[arg.name] : undefined;
    if (value === undefined && arg.optional !== true) {
      throw new ToolkitError('input', {
        code: 'argument-missing',
        what: t('{method} needs the argument "{name}".', { method: method.id, name: arg.name }),
        why: translated(arg.doc),
      });
    }
    return { ...arg, value };
  });
}
