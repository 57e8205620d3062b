import { translated, t } from '../../l10n/texts';
import { ToolkitError } from '../../api/errors';
import { unreachableOverRest } from '../../api/rest-limits';
import { restRequest } from '../../api/rest-request';
import { isRecord } from '../../api/value';
import { generateRestCode, restRequestTitle, restTitle, type RestCodeCall, type RestCodeTarget } from '../../codegen/rest';
import { readyCall } from '../../requests';
import { translate } from '../../rest-equivalent';
import { secretsIn } from '../../store/masking/mask';
import { rawRequest } from '../../store/rest/raw';
import type { Call } from './outcome';

/**
 * A program for a call over REST v2: the equivalent of a SOAP method, or a request to REST itself.
 * @param place address and user in the program
 * @throws {ToolkitError} of kind `input` if the call has no equivalent, or cannot be written as a program
 */
export function restProgram({ method, args, empty }: Call, place: Pick<RestCodeCall, 'url' | 'user'>, target: RestCodeTarget): string {
  const request = restRequest(method);
  if (request !== undefined) {
    const { parts, raw } = rawRequest(method, request, args ?? {});
    // A program reads the secrets of a body from the environment, but those of an address would be visible in it.
    if (secretsIn({ path: parts['path'] ?? null, query: parts['query'] ?? null }).length > 0)
      throw unwritten(
        t('There is no program for a request with a secret in its URL.'),
        t('Write the program by hand, and read the secret from the environment.'),
      );
    const { body, headers, verb } = raw;
    if (Object.keys(headers).length > 0)
      throw unwritten(t('There is no program for a request with its own headers.'), t('Leave "headers" out, and add them to the program.'));
    if (body !== undefined && !isRecord(body))
      throw unwritten(t('There is no program for a request with a body that is not a map.'), t('Write the program by hand.'));
    const [path = '', query = ''] = raw.path.split('?');
    const call = { ...place, title: restRequestTitle, http: verb, path, query: [...new URLSearchParams(query)], body };
    return generateRestCode({ ...call, paged: false, conditions: [], part: undefined }, target);
  }
  const ready = readyCall(method, args);
  const translation = translate({ method: ready.method, args: isRecord(ready.args) ? ready.args : {}, empty });
  if (translation?.request === undefined) {
    throw new ToolkitError('input', {
      code: 'rest-unsaid',
      what: t('There is no program for {method} over REST.', { method }),
      why: unreachableOverRest(ready.method) ?? (translation && translated(translation.equivalent.summary)),
      next: t('Select a SOAP dialect, or use Show REST Equivalent.'),
    });
  }
  const title = restTitle(translation.equivalent.method);
  return generateRestCode({ ...place, ...translation.request, title }, target);
}

function unwritten(what: string, next: string): ToolkitError {
  return new ToolkitError('input', { code: 'no-program', what, next });
}
