import { lint, Linter, parseRequestFile, RequestFileReader, type RequestFile } from '../../src/requests';
import { fastest, lowerIsBetter, type BenchRow } from './report';

const REQUESTS = 2000;

/** Keystrokes after which memory is looked at. */
const EDITS = 500;

/**
 * A request file of 2,000 requests while somebody types in it. Each keystroke costs reading what changed, the rules, and
 * the places of the CodeLenses; one frame of the screen is 16 ms. The peers read the whole file anew, as an editor does
 * that keeps nothing, or merely parse it as JSON, which finds no place of anything.
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

/** Where the CodeLenses stand: the reader counts lines along. */
function places({ requests }: RequestFile): number {
  return requests.reduce((sum, { line }) => sum + line, 0);
}

/** What stays in memory of all that was typed. */
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

/** The file after so many letters were typed into the middle of it. Half of its requests have placeholders, some fall into traps. */
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
