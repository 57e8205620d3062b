import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Dialect } from '../../src/api/dialect';
import { productMethods } from '../../src/api/store-methods/products';
import { describedRegistry } from '../../src/api/store-methods/registry';
import { StoreMethods } from '../../src/api/store-methods/store-methods';
import { describedWords, Linter, RequestFileReader, type RegistryFor } from '../../src/requests';
import { KeptMethods } from '../../src/store/methods/kept-methods';
import { fastest, lowerIsBetter, type BenchRow } from './report';

const REQUESTS = 2000;
/** One frame of the screen, in ms. */
const FRAME = 16;

/**
 * Help for a store's own methods: the time to load a kept description, and the time of a keystroke in a file of 2,000 requests whose
 * methods only the description has. A keystroke reads the change, finds the words for the cursor, and checks the file.
 */
export async function benchMethods(): Promise<BenchRow[]> {
  const { description } = await productMethods('maho');
  const folder = await mkdtemp(path.join(tmpdir(), 'maho-bench-methods-'));
  try {
    const kept = new KeptMethods(folder, (what) => {
      throw new Error(what);
    });
    const place = { url: 'https://shop.example.com', user: 'api' };
    await kept.write(place, description);
    const loading = await fastestOf(20, async () => {
      await kept.read(place);
    });
    const methods = StoreMethods.read(JSON.parse(JSON.stringify(description))) ?? StoreMethods.empty;
    const registry: RegistryFor = (dialect: Dialect = 'v2') => describedRegistry(methods, { dialect, complete: true, anyName: true });
    const goal = { area: 'methods', unit: 'ms' } as const;
    const name = `in a file of ${REQUESTS.toLocaleString('en')} requests`;
    const { completion, checked } = typing(registry);
    return [
      lowerIsBetter({ ...goal, case: 'a kept description, from the disk to methods', value: loading, peer: 'goal', peerValue: 10 }),
      { ...goal, case: 'every method of it in the form of the catalogue, once', value: everything(methods) },
      lowerIsBetter({
        ...goal,
        case: `completion of a nested field ${name}`,
        value: completion,
        peer: 'frame of the screen',
        peerValue: FRAME,
      }),
      lowerIsBetter({ ...goal, case: `the checks after it ${name}`, value: checked, peer: 'frame of the screen', peerValue: FRAME }),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** The times of a keystroke within a nested field. Each text is used once. */
function typing(registry: RegistryFor): { readonly completion: number; readonly checked: number } {
  const texts = Array.from({ length: 40 }, (_, index) => fileOf(index % 20));
  const reader = new RequestFileReader();
  const linter = new Linter();
  const context = { dialect: 'v2', registry, describing: true } as const;
  linter.lint(reader.read(texts[0]?.text ?? ''), context);
  let at = 0;
  const next = (): { readonly text: string; readonly offset: number } => texts[++at % texts.length] ?? { text: '', offset: 0 };
  const completion = fastest(texts.length - 1, () => {
    const { text, offset } = next();
    const found = describedWords(reader.read(text), offset, registry);
    if ((found?.words.length ?? 0) === 0) throw new Error('Nothing was offered.');
  });
  const checked = fastest(texts.length - 1, () => {
    linter.lint(reader.read(next().text), context);
  });
  return { completion, checked };
}

function everything(methods: StoreMethods): number {
  return fastest(10, () => {
    const fresh = new StoreMethods(methods.description);
    return describedRegistry(fresh, { dialect: 'v2', complete: true, anyName: true }).methods.length;
  });
}

async function fastestOf(rounds: number, action: () => Promise<void>): Promise<number> {
  let best = Infinity;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await action();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}

/** A file with this many letters typed into a field in its middle. */
function fileOf(typed: number): { readonly text: string; readonly offset: number } {
  const mark = '@@';
  const requests = Array.from({ length: REQUESTS }, (_, index) => ({
    name: `Request ${index}`,
    method: 'catalog_product.update',
    args: {
      productId: String(index),
      productData: {
        name: `Product ${index}`,
        short_description: 'A product that is looked at.',
        ...(index === REQUESTS / 2 ? { [`${'s'.repeat(typed)}${mark}`]: '' } : {}),
        stock_data: { qty: '1', is_in_stock: 1 },
      },
    },
  }));
  const text = JSON.stringify({ store: 'Staging', requests }, undefined, 2);
  const offset = text.indexOf(mark);
  return { text: text.replace(mark, ''), offset };
}
