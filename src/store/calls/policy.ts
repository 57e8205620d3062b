import { knownResources, type ResourceRegistry } from '../../api/resources';
import { isWrite } from '../../api/access';
import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import type { StoreConfig } from '../settings/config';

export { isWrite };

/**
 * Refuses writes that the store's settings do not allow. Every call of a {@link StoreClient} is checked here, whoever requested it.
 * @param unclear a sentence that says why an envelope counts as a write, whatever it seems to call
 * @throws {ToolkitError} of kind `policy`: `read-only` or `not-confirmed`
 */
export function guard(
  config: StoreConfig,
  method: string,
  confirmed: boolean | undefined,
  unclear?: string,
  registry: ResourceRegistry = knownResources,
): void {
  if (!isWrite(method, registry)) return;
  if (config.readOnly === true) {
    throw new ToolkitError('policy', {
      code: 'read-only',
      what: t('{name} is read-only, so {method} was not sent.', { name: config.name, method }),
      why: because(unclear, t('A store in the settings with this URL is read-only.')),
      next: t('To allow writes, remove readOnly from every store with this URL.'),
    });
  }
  if (config.environment === 'production' && confirmed !== true) {
    throw new ToolkitError('policy', {
      code: 'not-confirmed',
      what: t('{name} is a production store, so {method} was not sent without confirmation.', { name: config.name, method }),
      why: because(unclear, t('On production, you confirm a write by typing the name of the store.')),
      next: t('Type "{name}" to confirm.', { name: config.name }),
    });
  }
}

function because(unclear: string | undefined, why: string): string {
  if (unclear === undefined) return why;
  return t('{why} The envelope counts as a write, since the store may run something other than what it seems to call. {unclear}', {
    why,
    unclear,
  });
}
