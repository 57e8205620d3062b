/** States of the USA in the order of their region IDs in every shop of the family, from 1. Territories are part of the list. */
const US = [
  'Alabama',
  'Alaska',
  'American Samoa',
  'Arizona',
  'Arkansas',
  'Armed Forces Africa',
  'Armed Forces Americas',
  'Armed Forces Canada',
  'Armed Forces Europe',
  'Armed Forces Middle East',
  'Armed Forces Pacific',
  'California',
  'Colorado',
  'Connecticut',
  'Delaware',
  'District of Columbia',
  'Federated States Of Micronesia',
  'Florida',
  'Georgia',
  'Guam',
  'Hawaii',
  'Idaho',
  'Illinois',
  'Indiana',
  'Iowa',
  'Kansas',
  'Kentucky',
  'Louisiana',
  'Maine',
  'Marshall Islands',
  'Maryland',
  'Massachusetts',
  'Michigan',
  'Minnesota',
  'Mississippi',
  'Missouri',
  'Montana',
  'Nebraska',
  'Nevada',
  'New Hampshire',
  'New Jersey',
  'New Mexico',
  'New York',
  'North Carolina',
  'North Dakota',
  'Northern Mariana Islands',
  'Ohio',
  'Oklahoma',
  'Oregon',
  'Palau',
  'Pennsylvania',
  'Puerto Rico',
  'Rhode Island',
  'South Carolina',
  'South Dakota',
  'Tennessee',
  'Texas',
  'Utah',
  'Vermont',
  'Virgin Islands',
  'Virginia',
  'Washington',
  'West Virginia',
  'Wisconsin',
  'Wyoming',
] as const;

/** The codes of these states, in the same order. */
const US_CODES =
  'AL AK AS AZ AR AF AA AC AE AM AP CA CO CT DE DC FM FL GA GU HI ID IL IN IA KS KY LA ME MH MD MA MI MN MS MO MT NE NV NH NJ NM NY ' +
  'NC ND MP OH OK OR PW PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY';

/** German states in the order of their names: ID, code and name (wire maho-26.7 other/v1/26). */
const DE = `
  80 BAW Baden-Württemberg; 81 BAY Bayern; 82 BER Berlin; 83 BRG Brandenburg; 84 BRE Bremen; 85 HAM Hamburg; 86 HES Hessen;
  87 MEC Mecklenburg-Vorpommern; 79 NDS Niedersachsen; 88 NRW Nordrhein-Westfalen; 89 RHE Rheinland-Pfalz; 90 SAR Saarland;
  91 SAS Sachsen; 92 SAC Sachsen-Anhalt; 93 SCN Schleswig-Holstein; 94 THE Thüringen
`;

/** A region as `directory_region.list` returns it. */
export interface CountryRegion {
  readonly region_id: number;
  readonly code: string;
  readonly name: string;
}

/** The regions of a country; none where the demo store does not know them. */
export function regionsOf(country: string): readonly CountryRegion[] {
  return Object.hasOwn(ofCountry, country) ? (ofCountry[country] ?? []) : [];
}

const ofCountry: Readonly<Record<string, readonly CountryRegion[]>> = {
  US: US_CODES.split(' ').map((code, index) => ({ region_id: index + 1, code, name: US[index] ?? code })),
  DE: DE.trim()
    .split(/;\s+/)
    .map((line) => ({ region_id: Number(line.slice(0, 2)), code: line.slice(3, 6), name: line.slice(7) })),
};

/** Name of a region of a country by its ID; `undefined` where the demo store does not know it. */
export function regionNameIn(country: string, id: number): string | undefined {
  return regionsOf(country).find((region) => region.region_id === id)?.name;
}

/** Name of a region of the USA by its ID; `undefined` for an ID that is not in the table. */
export function regionName(id: string | null): string | undefined {
  return id === null ? undefined : US[Number(id) - 1];
}
