/** A product of the demo store. */
export interface Product {
  readonly id: number;
  readonly sku: string;
  readonly name: string;
  /** In dollars. */
  readonly price: number;
  /** In the shop's unit. */
  readonly weight: number;
  readonly category: number;
  /** UTC, in the database's form. */
  readonly createdAt: string;
}

type Line = readonly [sku: string, name: string, price: number, weight: number, category: number];

/** In the order of their IDs, from 1. The first two are those of the recorded store. */
const lines: readonly Line[] = [
  ['tea-100', 'Green tea <100 g>', 7.9, 0.1, 3],
  ['cup-1', 'Cup "Ñandú" & saucer', 12.5, 0.4, 3],
  ['tea-250', 'Green tea <250 g>', 17.5, 0.25, 3],
  ['tea-black-100', 'Black tea <100 g>', 6.9, 0.1, 3],
  ['pot-1', 'Teapot, 1 l', 34, 1.2, 4],
  ['sieve-1', 'Tea sieve', 4.2, 0.05, 4],
  ['kettle-1', 'Kettle, 1.5 l', 59.9, 1.9, 4],
  ['honey-500', 'Honey, 500 g', 9.8, 0.7, 5],
  ['sugar-1000', 'Rock sugar, 1 kg', 5.4, 1, 5],
  ['biscuit-200', 'Biscuits with ginger, 200 g', 3.9, 0.2, 5],
  ['tray-1', 'Tray, bamboo', 22, 0.9, 4],
  ['gift-1', 'Gift box "Für dich"', 29.9, 0.8, 6],
];

const HOUR_MS = 3_600_000;
const FIRST_MS = Date.UTC(2024, 2, 1, 9);

/** All products. */
export const products: readonly Product[] = lines.map(([sku, name, price, weight, category], index) => ({
  id: index + 1,
  sku,
  name,
  price,
  weight,
  category,
  createdAt: new Date(FIRST_MS + index * HOUR_MS).toISOString().slice(0, 19).replace('T', ' '),
}));
