import { facets } from '../../api/dialect-facets';
import type { ResolvedCall } from '../call';
import { code, join, type Code } from '../code';
import { phpCode, phpString } from '../literals/php';
import { Expression, SESSION, type Template } from '../template';
import { phpShape } from './pieces';

/** The expression of a call, such as `$client->customerCustomerList($session, [...])`. It does not unwrap the result of WS-I. */
export function phpCall(call: Pick<ResolvedCall, 'dialect' | 'operation' | 'parts'>): Code {
  const values = call.parts.map(
    ({ name, value }) => [name ?? '', value === SESSION ? new Expression('$session') : phpShape(call.dialect, value)] as const,
  );
  const args =
    facets[call.dialect].style === 'document' ? [phpCode(Object.fromEntries<Template>(values))] : values.map(([, value]) => phpCode(value));
  // An operation with the name of a method of SoapClient, such as __setLocation, must not call that method.
  if (call.operation.startsWith('__')) return code`$client->__soapCall(${phpString(call.operation)}, [${join(args, ', ')}])`;
  return code`$client->${call.operation}(${join(args, ', ')})`;
}
