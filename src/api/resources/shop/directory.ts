import { later } from '../../../l10n/texts';
import { entity, list, string } from '../../types';
import type { Resource } from '../resource';
import { textFields } from './fields';

const country = entity('directoryCountryEntity', textFields('country_id iso2_code iso3_code name', true));
const region = entity('directoryRegionEntity', textFields('region_id code name', true));

/** Countries of addresses. */
export const directoryCountry: Resource = {
  name: 'directory_country',
  prefix: 'directoryCountry',
  aliases: ['country'],
  words: { one: later('country'), many: later('countries') },
  storeTitle: 'Country API',
  entity: country,
  idField: 'country_id',
  labelField: 'name',
  faults: [],
  operations: {
    list: {
      access: 'read',
      right: 'directory/country',
      title: later('List of countries'),
      doc: later('Returns every country.'),
      args: [],
      result: { type: list('directoryCountryEntityArray', country), part: 'countries', doc: later('The countries.') },
    },
  },
  demo: { phpClass: 'Mage_Directory_Model_Country_Api', rows: [] },
};

/** Regions of a country. */
export const directoryRegion: Resource = {
  name: 'directory_region',
  prefix: 'directoryRegion',
  aliases: ['region'],
  words: { one: later('region'), many: later('regions') },
  storeTitle: 'Region API',
  entity: region,
  idField: 'region_id',
  labelField: 'name',
  faults: [{ code: '101', meaning: 'owner', message: 'Country not exists.', doc: later('There is no country with this code.') }],
  operations: {
    list: {
      access: 'read',
      right: 'directory/region',
      title: later('List of regions in specified country'),
      doc: later('Returns the regions of one country.'),
      args: [{ name: 'country', type: string, doc: later('Code of the country, such as US.') }],
      // The store has this name for the part, although it holds regions.
      result: { type: list('directoryRegionEntityArray', region), part: 'countries', doc: later('The regions.') },
      faults: ['owner'],
    },
  },
  demo: { phpClass: 'Mage_Directory_Model_Region_Api', rows: [] },
};
