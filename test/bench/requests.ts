import { lint, Linter, parseRequestFile, RequestFileReader, type RequestFile } from '../../src/requests';
import { fastest, lowerIsBetter, type BenchRow } from './report';

const REQUESTS = 2000;

/** Keystrokes after which memory is measured. */
const EDITS = 500;

/**
 * A request file with 2,000 requests while somebody types in it. Each keystroke includes reading the change, the checks, and the positions
 * of the CodeLenses; one frame of the screen is 16 ms. The peers read the whole file again, as an editor without a cache does, or only
 * parse it as JSON, which finds no positions.
 */
export function benchRequests(): BenchRow[] {
  const texts = Array.from({ length: 40 }, (_, index) => fileOf(index));
  const [text = ''] = texts;
  const reader = new RequestFileReader();
  const linter = new Linter();
  keystroke(reader, linter, text);
  let at = 0;
  const ours = fastest(texts.length - 1, () => {
    keystroke(reader, linter, texts[++at % texts.length] ?? text);
  });
  const anew = fastest(3, () => {
    const file = parseRequestFile(text);
    lint(file, context);
    places(file);
  });
  const parse = fastest(10, () => {
    JSON.parse(text);
  });
  const reading = fastest(texts.length - 1, () => {
    reader.read(texts[++at % texts.length] ?? text);
  });
  const name = `keystroke in a file of ${REQUESTS.toLocaleString('en')} requests, ${(text.length / 1000).toFixed(0)} kB`;
  return [
    lowerIsBetter({ area: 'requests', case: name, unit: 'ms', value: ours, peer: 'frame of the screen', peerValue: 16 }),
    lowerIsBetter({ area: 'requests', case: name, unit: 'ms', value: ours, peer: 'all read anew', peerValue: anew }),
    lowerIsBetter({ area: 'requests', case: name, unit: 'ms', value: ours, peer: 'JSON.parse alone', peerValue: parse }),
    { area: 'requests', case: 'of it, reading what changed', unit: 'ms', value: reading },
    lowerIsBetter({
      area: 'requests',
      case: `memory after ${EDITS} keystrokes, over the first`,
      unit: 'MB',
      value: growth(texts),
      peer: 'goal',
      peerValue: 5,
    }),
  ];
}

const context = { dialect: 'v2', stores: ['Staging'], environment: ['email'], trusted: true } as const;

function keystroke(reader: RequestFileReader, linter: Linter, text: string): void {
  const file = reader.read(text);
  linter.lint(file, context);
  places(file);
}

/** The positions of the CodeLenses: the reader also counts lines. */
function places({ requests }: RequestFile): number {
  return requests.reduce((sum, { line }) => sum + line, 0);
}

/** Memory in MB that remains in use after typing. */
function growth(texts: readonly string[]): number {
  const reader = new RequestFileReader();
  const linter = new Linter();
  keystroke(reader, linter, texts[0] ?? '');
  const before = used();
  for (let edit = 1; edit <= EDITS; edit++) keystroke(reader, linter, texts[edit % texts.length] ?? '');
  return Math.max(0.1, (used() - before) / 1e6);
}

function used(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** The file after this many letters were typed in its middle. Half of its requests have placeholders, some contain traps. */
function fileOf(typed: number): string {
  const requests = Array.from({ length: REQUESTS }, (_, index) => {
    const lastname = index === REQUESTS / 2 ? 'x'.repeat(typed) : `Doe ${index}`;
    const filters =
      index % 10 === 0
        ? { lastname, created_at: { gteq: '2026-01-01', lteq: '2026-02-01' } }
        : { lastname, email: index % 2 === 0 ? '{{email}}' : `user${index}@example.com` };
    return {
      name: `Request ${index}`,
      description: 'Looks for customers by their name.',
      method: 'customer.list',
      args: { filters },
      expect: { result: { $length: [0, 10] } },
    };
  });
  return `${JSON.stringify({ store: 'Staging', variables: { email: 'jane@example.com' }, requests }, undefined, 2)}\n`;
}
