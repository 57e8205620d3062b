import { SESSION, type ResolvedCall } from '../call';
import { code, join, type Code } from '../code';
import { phpCode } from '../literals/php';
import { Expression, type Template } from '../template';
import { phpShape } from './pieces';

/** The expression that makes a call, such as `$client->customerCustomerList($session, [...])`; a WS-I result is not yet unwrapped. */
export function phpCall(call: Pick<ResolvedCall, 'dialect' | 'operation' | 'parts'>): Code {
  const values = call.parts.map(({ name, value }) => [name ?? '', value === SESSION ? new Expression('$session') : phpShape(call.dialect, value)] as const);
  if (call.dialect === 'wsi') return code`$client->${call.operation}(${phpCode(Object.fromEntries<Template>(values))})`;
  return code`$client->${call.operation}(${join(
    values.map(([, value]) => phpCode(value)),
    ', ',
  )})`;
}
