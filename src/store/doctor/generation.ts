import { generationOf, type Generation, type GenerationId } from '../../api/generations';
import { t } from '../../l10n/texts';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import type { Headers } from '../wire/exchange';

/** The signs of its product that a store showed. */
export interface GenerationEvidence {
  readonly namespace?: string | undefined;
  /** Operations of its WSDL. Over V1 these say nothing about the product. */
  readonly operations?: readonly string[] | undefined;
  /** Headers of any of its answers. */
  readonly headers?: Headers | undefined;
  /** Text of its WSDL, for products whose types say more than their operations. */
  readonly wsdl?: string | undefined;
}

/** A generation with the sign by which it was recognised. */
export interface KnownGeneration {
  readonly generation: Generation;
  /** A text for users, such as `its WSDL offers mahoInfo`. */
  readonly by: string;
}

/** The generation that answers, if its signs tell it. Nothing is guessed: a store without any of these signs is unknown. */
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
    if (deprecated) return known('maho@26.7', t('its responses say that SOAP is deprecated'));
    if (operations.includes('mahoInfo') && !operations.includes('magentoInfo'))
      return known('maho@26.7', t('its WSDL contains mahoInfo and no magentoInfo'));
    if (headers.some(([name, text]) => name.toLowerCase() === 'set-cookie' && text.startsWith('maho_session='))) {
      return known('maho@26.7', t('it sets the cookie maho_session'));
    }
    if (product !== '' && operations.includes('magentoInfo')) return known('maho@25', t('its WSDL contains magentoInfo'));
  }
  if (product === 'urn:openmage' && operations.includes('magentoInfo') && wsdl.includes('name="salesOrderAddressEntity"')) {
    // The VAT fields of order addresses were added between the two versions. A shop without the module Sales has neither sign.
    return wsdl.includes('name="vat_request_success"')
      ? known('openmage@20.18', t('its WSDL has the VAT fields of order addresses'))
      : known('openmage@20.0', t('its WSDL lacks the VAT fields of order addresses'));
  }
  if (product === 'urn:magento') return known('magento@1.9', t('its namespace is {namespace}', { namespace }));
  return undefined;
}

/** The generation of a store according to its WSDL and the answer that contained it. */
export function generationOfWsdl(summary: WsdlSummary, body: Uint8Array, headers: Headers | undefined): KnownGeneration | undefined {
  const wsdl = summary.namespace.toLowerCase() === 'urn:openmage' ? new TextDecoder().decode(body) : '';
  return tellGeneration({ namespace: summary.namespace, operations: summary.operations, headers, wsdl });
}
