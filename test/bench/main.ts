/**
 * The benchmark: `npm run bench` prints a table, `npm run bench -- --json` an array of rows, and
 * `-- --only decode,demo` measures only some areas. Everything is measured in one run, because only ratios can be compared between
 * machines.
 */
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import type { BenchRow } from './report';
import { table } from './report';

/** Areas in the order of measurement. Each is loaded only when it is measured, so that it does not affect the others. */
const areas: Readonly<Record<string, () => Promise<BenchRow[]>>> = {
  decode: async () => (await import('./decode')).benchDecode(),
  demo: async () => (await import('./demo')).benchDemo(),
  tree: async () => (await import('./tree')).benchTree(),
  screen: async () => (await import('./screen')).benchScreen(),
  views: async () => (await import('./views')).benchViews(),
  response: async () => (await import('./response')).benchResponse(),
  requests: async () => (await import('./requests')).benchRequests(),
  methods: async () => (await import('./methods')).benchMethods(),
  code: async () => (await import('./code')).benchCode(),
  activation: async () => (await import('./activation')).benchActivation(),
  sizes: async () => (await import('./sizes')).benchSizes(),
  windows: async () => (await import('./windows')).benchWindows(),
  wsdl: async () => (await import('./wsdl')).benchWsdl(),
  transfer: async () => (await import('./transfer')).benchTransfer(),
  protocols: async () => (await import('./protocols')).benchProtocols(),
  record: async () => (await import('./record')).benchRecord(),
  growth: async () => (await import('./growth')).benchGrowth(),
};

const { values } = parseArgs({ options: { json: { type: 'boolean' }, only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? Object.keys(areas);
const rows: BenchRow[] = [];
for (const name of wanted) {
  const area = areas[name];
  if (area === undefined) throw new Error(`There is no area "${name}"; there are ${Object.keys(areas).join(', ')}.`);
  process.stderr.write(`measuring ${name}…\n`);
  rows.push(...(await area()));
}
if (values.json === true) process.stdout.write(`${JSON.stringify(rows, undefined, 2)}\n`);
else
  process.stdout.write(
    `Node ${process.version}, ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ` +
      `${(totalmem() / 2 ** 30).toFixed(0)} GiB\n\n${table(rows)}\n`,
  );
