import { facets, fullDialect } from '../../api/dialect-facets';
import { ToolkitError } from '../../api/errors';
import { menusOf } from '../../api/faults/advice';
import type { Generation } from '../../api/generations';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { plural, t } from '../../l10n/texts';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import type { StoreClient } from '../calls/client';
import { timedCheck, type Check } from './check';
import { rightsByResource } from './resource-rights';
import { resourceRightsText } from './resource-rights-text';

/** The methods of the catalogue that the API user may call. WS-I's own list is broken (facts §3), so its stores are asked over V1. */
export async function rights(
  client: StoreClient,
  summary: WsdlSummary,
  generation: Generation | undefined,
  signal: AbortSignal | undefined,
): Promise<Check> {
  const { listsResources } = facets[summary.dialect];
  const over = listsResources ? {} : { dialect: fullDialect };
  return await timedCheck('rights', async () => {
    let value: SoapValue;
    try {
      ({ value } = await client.call('resources', {}, { signal, ...over }));
    } catch (error) {
      if (!(error instanceof ToolkitError) || listsResources) throw error;
      return { state: 'skipped', text: t('WS-I cannot list them, and V1 is not available.'), why: error.words.what };
    }
    const paths = new Set((isList(value) ? value : []).flatMap(pathsOf));
    const ids = client.registry.methods.map(({ id }) => id);
    const allowed = ids.filter((id) => paths.has(id));
    const denied = ids.filter((id) => !paths.has(id));
    const resources = await rightsByResource(client, value, client.registry, signal);
    const facts = { allowed, denied, resources };
    const others = resourceRightsText(resources);
    const beyond = (text: string): string => (others === undefined ? text : t('{text}; beyond customers: {others}', { text, others }));
    if (allowed.length === 0) {
      return {
        state: 'failed',
        code: 'no-rights',
        text: t('This API user may not call any of the customer methods.'),
        why: t('Its role does not allow any resource under Customers.'),
        next: t("In the shop's admin, open the role under {roles} and allow Customers.", { roles: menusOf(generation).roles }),
        facts,
      };
    }
    if (denied.length === 0)
      return { state: 'ok', text: beyond(plural(allowed.length, 'All {count} customer methods', 'All {count} customer methods')), facts };
    return { state: 'ok', text: beyond(t('{allowed}; not {denied}', { allowed: allowed.join(', '), denied: denied.join(', ') })), facts };
  });
}

/** Paths of a resource's methods, including aliases. */
function pathsOf(resource: SoapValue): readonly string[] {
  const methods = isRecord(resource) ? resource['methods'] : undefined;
  return (isList(methods) ? methods : []).flatMap((method) => {
    if (!isRecord(method)) return [];
    const aliases = method['aliases'];
    return [method['path'], ...(isList(aliases) ? aliases : [])].filter((path): path is string => typeof path === 'string');
  });
}
