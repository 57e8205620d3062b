import { findProtocolOperation } from '../../api/protocol';
import { knownResources } from '../../api/resources';
import type { Diagnostic, SavedRequest } from '../file/model';
import { property, rangeOf } from '../file/tree';
import { hasPlaceholder } from '../variables/template';
import { t } from '../../l10n/texts';

/** The hint for a request whose method is not in the catalogue while no description of the store's methods is kept. */
export function undescribed({ method, node }: SavedRequest): readonly Diagnostic[] {
  if (method === undefined || hasPlaceholder(method) || !/^[A-Za-z]\w*(?:\.[A-Za-z]\w*)?$/.test(method)) return [];
  if (knownResources.find(method) !== undefined || findProtocolOperation(method) !== undefined) return [];
  const place = property(node, 'method')?.value ?? node;
  return [
    {
      code: 'method-undescribed',
      message: t('{method} is not checked, because the methods of the store have not been read on this computer yet.', { method }),
      severity: 'hint',
      range: rangeOf(place),
      why: t(
        'Read them once from the store. Or name a product in the file, "product": "maho" or "openmage", whose methods are included in the toolkit.',
      ),
      fixes: [],
    },
  ];
}
