import { generationOf, type Generation, type GenerationId } from '../../api/generations';
import { t } from '../../l10n/texts';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import type { Headers } from '../wire/exchange';

/** What a store showed of itself. */
export interface GenerationEvidence {
  readonly namespace?: string | undefined;
  /** Operations of its WSDL; over V1 these tell nothing. */
  readonly operations?: readonly string[] | undefined;
  /** Headers of any of its answers. */
  readonly headers?: Headers | undefined;
  /** Text of its WSDL, where its types tell more than its operations. */
  readonly wsdl?: string | undefined;
}

/** A generation with what it was told by. */
export interface KnownGeneration {
  readonly generation: Generation;
  /** For people, such as `its WSDL offers mahoInfo`. */
  readonly by: string;
}

/** Which generation answers, where that can be told. Nothing is guessed: a store without any of these signs is unknown. */
export function tellGeneration({
  namespace = '',
  operations = [],
  headers = [],
  wsdl = '',
}: GenerationEvidence): KnownGeneration | undefined {
  const known = (id: GenerationId, by: string): KnownGeneration => ({ generation: generationOf(id), by });
  const product = namespace.toLowerCase();
  const value = (name: string): string | undefined => headers.find(([key]) => key.toLowerCase() === name)?.[1];
  const deprecated = value('deprecation') !== undefined && /^\s*299\b.*\/api\/rest\/v2/.test(value('warning') ?? '');
  if (product === 'urn:maho' || product === '') {
    if (deprecated) return known('maho@26.7', t('its answers say that SOAP is deprecated'));
    if (operations.includes('mahoInfo') && !operations.includes('magentoInfo'))
      return known('maho@26.7', t('its WSDL offers mahoInfo and no magentoInfo'));
    if (headers.some(([name, text]) => name.toLowerCase() === 'set-cookie' && text.startsWith('maho_session='))) {
      return known('maho@26.7', t('it sets the cookie maho_session'));
    }
    if (product !== '' && operations.includes('magentoInfo')) return known('maho@25', t('its WSDL offers magentoInfo'));
  }
  if (product === 'urn:openmage' && operations.includes('magentoInfo') && wsdl.includes('name="salesOrderAddressEntity"')) {
    // The VAT fields of addresses of orders came between the two; a shop without the module Sales shows neither.
    return wsdl.includes('name="vat_request_success"')
      ? known('openmage@20.18', t('its WSDL has the VAT fields of order addresses'))
      : known('openmage@20.0', t('its WSDL lacks the VAT fields of order addresses'));
  }
  if (product === 'urn:magento') return known('magento@1.9', t('its namespace is {namespace}', { namespace }));
  return undefined;
}

/** The generation behind a WSDL and the answer that brought it. */
export function generationOfWsdl(summary: WsdlSummary, body: Uint8Array, headers: Headers | undefined): KnownGeneration | undefined {
  const wsdl = summary.namespace.toLowerCase() === 'urn:openmage' ? new TextDecoder().decode(body) : '';
  return tellGeneration({ namespace: summary.namespace, operations: summary.operations, headers, wsdl });
}
