import { directoryRegion } from '../../../api/resources/shop/directory';
import type { WireType } from '../../../api/types';
import { text } from '../../data/conditions';
import { regionsOf } from '../../data/regions';
import { countries as everyCountry } from '../../data/shop-rows/countries';
import { resourceFault } from '../../fault';
import type { Operation } from '../answer';
import { valueInDialect } from './rows';

/** `directory_country.list` */
export function countries(type: WireType): Operation {
  return () => ({ kind: 'value', type, value: everyCountry.map((country) => ({ ...country })) });
}

/**
 * `directory_region.list`: the regions of a country by its two-letter or three-letter code, in any case, as the database compares text.
 * @throws {StoreFault} 101 when the country does not exist (wire maho-26.7 other/v1/27)
 */
export function regions(type: WireType): Operation {
  return (context, [code]) => {
    const wanted = text(code ?? null).toUpperCase();
    const country = everyCountry.find((each) => [each.iso2_code, each.iso3_code].includes(wanted));
    if (country === undefined) throw resourceFault(directoryRegion, 'owner');
    const rows = regionsOf(country.iso2_code).map((region) => ({ ...region }));
    return { kind: 'value', type, value: valueInDialect(rows, context) };
  };
}
