import { dialectLabels } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { Method } from '../../api/method';
import type { ResourceRegistry } from '../../api/resources';
import { plural, t } from '../../l10n/texts';
import type { WsdlSummary } from '../../soap/wsdl/wsdl';
import { finding, type Check } from './check';
import type { KnownGeneration } from './generation';

/** Number of sentences about the WSDL that are shown. The others are counted, and all are among the facts. */
const SHOWN_FLAWS = 5;

/** The doctor's findings about the WSDL of a store: missing methods, the address that it advertises, its imports. */
export function* description(
  url: string,
  summary: WsdlSummary,
  milliseconds: number | undefined,
  wrong: readonly string[],
  generation: KnownGeneration | undefined,
  { methods }: ResourceRegistry,
): Generator<Check> {
  const lacks = ({ operation }: Method): boolean => facets[summary.dialect].describesMethods && !summary.operations.includes(operation);
  const missing = methods.filter(lacks).map(({ id }) => id);
  const text = plural(
    summary.operations.length,
    '{dialect} at {url}, {product} ({namespace}), {count} operation',
    '{dialect} at {url}, {product} ({namespace}), {count} operations',
    {
      dialect: dialectLabels[summary.dialect],
      url,
      product: generation?.generation.label ?? (summary.product === 'unknown' ? t('unknown product') : summary.product),
      namespace: summary.namespace,
    },
  );
  const facts = {
    url,
    dialect: summary.dialect,
    namespace: summary.namespace,
    product: summary.product,
    service: summary.service,
    operations: summary.operations.length,
    missing,
    warnings: wrong,
    generation: generation && { id: generation.generation.id, by: generation.by },
  };
  if (missing.length > 0) {
    yield finding('wsdl', 'warning', text, {
      milliseconds,
      facts,
      why: [t('It lacks {methods}.', { methods: missing.join(', ') }), ...wrong.slice(0, SHOWN_FLAWS)].join(' '),
      next: t(
        'The module Mage_Customer may be disabled in the shop, or its WSDL is an old copy. Flush the Web Services Configuration cache.',
      ),
    });
  } else if (wrong.length > 0) {
    const more = wrong.length > SHOWN_FLAWS ? ` ${plural(wrong.length - SHOWN_FLAWS, 'And {count} more.', 'And {count} more.')}` : '';
    yield finding('wsdl', 'warning', text, {
      milliseconds,
      facts,
      why: `${wrong.slice(0, SHOWN_FLAWS).join(' ')}${more}`,
      next: t(
        'The toolkit uses the parts that are complete. Other clients may refuse the WSDL. Find the module of the shop that adds these parts.',
      ),
    });
  } else yield finding('wsdl', 'ok', text, { milliseconds, facts });
  yield advertised(url, summary.address);
  yield summary.imports.length === 0
    ? finding('imports', 'ok', t('None'))
    : finding('imports', 'warning', summary.imports.join(', '), {
        why: t(
          "PHP's SoapClient in the store and other clients fetch this over the network at every start and fail without it. The toolkit does not need it.",
        ),
        next: t('If calls fail with "can\'t import schema", allow the server to connect to that URL.'),
        facts: { imports: summary.imports },
      });
}

/** Behind proxies and in containers, a store often advertises an address that cannot be reached from outside (facts §13). */
function advertised(url: string, address: string | undefined): Check {
  if (address === undefined)
    return finding('address', 'warning', t('The WSDL contains no URL for calls.'), {
      why: t('Clients that use the URL in the WSDL cannot call this store.'),
    });
  const same = URL.canParse(address) && plainAddress(new URL(address)) === plainAddress(new URL(url));
  if (same) return finding('address', 'ok', address, { facts: { address } });
  return finding('address', 'warning', t('{address}, but you entered {url}', { address, url }), {
    why: t(
      'The store builds it from its base URL, which may be wrong behind a proxy or in a container. The toolkit uses the URL that you entered, but other clients may use the wrong one.',
    ),
    next: t('Correct the base URL in the shop, or set the URL in other clients (PHP: the option "location").'),
    facts: { address },
  });
}

function plainAddress(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname.replace(/\/(index\/)?$/, '')}`;
}
