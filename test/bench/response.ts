import { prettyXml } from '../../src/extension/response/pretty-xml';
import { RowTable } from '../../src/extension/grid/row-table';
import { customers, v2List } from './lists';
import type { BenchRow } from './report';

const ROWS = 50_000;

/**
 * The extension's work for the response view with a list of 50,000 rows: when it opens, for every sort, and for every page while scrolling.
 */
export function benchResponse(): Promise<BenchRow[]> {
  const rows = customers(ROWS);
  const table = new RowTable(rows);
  const xml = v2List(customers(5000));
  const measured: readonly (readonly [what: string, action: () => unknown])[] = [
    ['50,000 rows: table made', () => new RowTable(rows).state],
    [
      '50,000 rows: filter',
      () => {
        table.filterBy('doe example');
      },
    ],
    [
      '50,000 rows: sort by e-mail',
      () => {
        table.filterBy('');
        table.sortBy('email');
      },
    ],
    [
      '50,000 rows: sort by ID',
      () => {
        table.sortBy('customer_id');
      },
    ],
    [
      '50,000 rows: 100 pages of 100',
      () => {
        for (let page = 0; page < 100; page++) table.page(page * 500);
      },
    ],
    [`${(xml.length / 1e6).toFixed(1)} MB of XML made readable`, () => prettyXml(xml)],
  ];
  return Promise.resolve(measured.map(([what, action]) => ({ area: 'response', case: what, unit: 'ms', value: median(action) })));
}

function median(action: () => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const begun = performance.now();
    action();
    return performance.now() - begun;
  });
  return times.toSorted((a, b) => a - b)[2] ?? 0;
}
