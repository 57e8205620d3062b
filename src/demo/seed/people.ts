/** The origin of synthetic customers. A shop sells to many countries, and the names test how tools handle other scripts. */
export interface Region {
  readonly weight: number;
  readonly female: readonly string[];
  readonly male: readonly string[];
  readonly last: readonly string[];
  readonly prefixes: readonly [female: string, male: string];
  readonly country: string;
  readonly cities: readonly (readonly [city: string, postcode: string, regionId?: number])[];
  readonly streets: readonly string[];
  readonly phone: string;
  readonly domains: readonly string[];
  /** Whether the house number is before the street. */
  readonly numberFirst?: boolean;
}

/** Chosen by weight; the weights need no particular sum. */
export const regions: readonly Region[] = [
  {
    weight: 8,
    female: ['Emily', 'Olivia', 'Hannah', 'Grace', 'Chloe', 'Megan', 'Rachel', 'Abigail', 'Claire', 'Naomi', 'Ruth', 'Paige'],
    male: ['Liam', 'Noah', 'Ethan', 'Caleb', 'Owen', 'Lucas', 'Isaac', 'Samuel', 'Nathan', 'Theo', 'Adrian', 'Miles'],
    last: [
      'Walker',
      'Hughes',
      'Parker',
      'Brooks',
      'Sullivan',
      "O'Connor",
      'Bennett',
      'Fletcher',
      'Hayes',
      'Porter',
      'Whitfield',
      'Marsh',
      'Ellis-Grant',
    ],
    prefixes: ['Ms.', 'Mr.'],
    country: 'US',
    cities: [
      ['Austin', '78701', 57],
      ['Portland', '97205', 49],
      ['Boston', '02108', 32],
      ['Denver', '80202', 13],
      ['Chicago', '60601', 23],
    ],
    streets: ['Maple Avenue', 'Oak Street', 'Cedar Lane', '5th Street', 'Lakeview Drive'],
    phone: '555-01',
    domains: ['example.com', 'mail.example.com', 'example.org'],
    numberFirst: true,
  },
  {
    weight: 5,
    female: ['Anke', 'Jutta', 'Käthe', 'Sabine', 'Ulrike', 'Lena', 'Franziska', 'Mareike', 'Jördis'],
    male: ['Jürgen', 'Matthias', 'Björn', 'Stefan', 'Uwe', 'Lukas', 'Götz', 'Henning', 'Karl-Heinz'],
    last: ['Schröder', 'Weiß', 'Krüger', 'Vogel', 'Bäcker', 'Lehmann', 'Großmann', 'von Thun', 'Jäger', 'Brandt'],
    prefixes: ['Frau', 'Herr'],
    country: 'DE',
    cities: [
      ['Köln', '50667'],
      ['Berlin', '10117'],
      ['München', '80331'],
      ['Görlitz', '02826'],
    ],
    streets: ['Hauptstraße', 'Gartenweg', 'Am Mühlbach', 'Lindenallee'],
    phone: '+49 221 55',
    domains: ['example.de', 'post.example.de'],
  },
  {
    weight: 3,
    female: ['Élodie', 'Zoé', 'Camille', 'Margaux', 'Aurélie', 'Maëlle'],
    male: ['Rémi', 'Théo', 'François', 'Gaël', 'Benoît', 'Loïc'],
    last: ['Lefèvre', 'Moreau', "D'Angelo", 'Chevallier', 'Garçon', 'Dupré', 'Le Goff'],
    prefixes: ['Mme', 'M.'],
    country: 'FR',
    cities: [
      ['Lyon', '69001'],
      ['Besançon', '25000'],
      ['Paris', '75011'],
    ],
    streets: ['rue de la Forêt', 'avenue des Tilleuls', 'quai du Port'],
    phone: '+33 4 99 55',
    domains: ['example.fr'],
    numberFirst: true,
  },
  {
    weight: 3,
    female: ['Lucía', 'Inés', 'Begoña', 'Ximena', 'Catarina'],
    male: ['Íñigo', 'Andrés', 'Martín', 'João', 'Nuno'],
    last: ['Muñiz', 'Ibáñez Roca', 'Peña', 'Gutiérrez', 'da Conceição', 'Núñez'],
    prefixes: ['Sra.', 'Sr.'],
    country: 'ES',
    cities: [
      ['A Coruña', '15001'],
      ['Málaga', '29005'],
      ['Logroño', '26001'],
    ],
    streets: ['Calle del Olmo', 'Paseo de la Ribera', 'Plaza Mayor'],
    phone: '+34 952 55',
    domains: ['example.es'],
  },
  {
    weight: 2,
    female: ['Agnieszka', 'Małgorzata', 'Danuta', 'Grażyna', 'Zofia'],
    male: ['Łukasz', 'Paweł', 'Bogusław', 'Jędrzej', 'Michał'],
    last: ['Wójcik', 'Dąbek', 'Król', 'Zając', 'Gołąb', 'Wróbel'],
    prefixes: ['Pani', 'Pan'],
    country: 'PL',
    cities: [
      ['Łódź', '90-001'],
      ['Kraków', '31-042'],
      ['Gdańsk', '80-831'],
    ],
    streets: ['ul. Długa', 'ul. Słoneczna', 'al. Róż'],
    phone: '+48 42 555',
    domains: ['example.pl'],
  },
  {
    weight: 1,
    female: ['美咲', '静', '千尋'],
    male: ['健太', '大輔', '翔'],
    last: ['田中', '佐藤', '高橋', '渡辺', '小林'],
    prefixes: ['', ''],
    country: 'JP',
    cities: [
      ['京都市', '604-8006'],
      ['札幌市', '060-0001'],
    ],
    streets: ['本町通', '桜通'],
    phone: '+81 75 555',
    domains: ['example.jp'],
  },
  {
    weight: 1,
    female: ['Ελένη', 'Μαρία', 'Σοφία'],
    male: ['Νίκος', 'Γιώργος', 'Πέτρος'],
    last: ['Παππάς', 'Οικονόμου', 'Δήμου'],
    prefixes: ['', ''],
    country: 'GR',
    cities: [
      ['Αθήνα', '105 57'],
      ['Θεσσαλονίκη', '546 24'],
    ],
    streets: ['Οδός Ερμού', 'Λεωφόρος Νίκης'],
    phone: '+30 21 0555',
    domains: ['example.gr'],
  },
];

/** Companies of business customers. */
export const companies = ['Birch & Sons', 'Nordlicht GmbH', 'Atelier 12', 'Hill <Supply> Co.', 'Quay Traders', 'Blue Door Ltd.'] as const;
