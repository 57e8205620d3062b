import { isNaturalMap, UntypedObject, type NaturalValue } from '../soap/decoding/request';
import type { RequestLogEntry } from './options';

/** The latest requests, oldest first, a bounded number of them. */
export class RequestLog {
  #entries: RequestLogEntry[] = [];

  constructor(private readonly size: number) {}

  /** The latest requests, oldest first. */
  get entries(): readonly RequestLogEntry[] {
    return this.#entries.slice(-this.size);
  }

  add(entry: RequestLogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.size * 2) this.#entries = this.#entries.slice(-this.size);
  }
}

/** Longest summary of arguments, in characters. */
const LONGEST_SUMMARY_CHARS = 300;

/** Names whose values never get into a log. */
const SECRET = /password|hash|token|api_?key|session|confirmation/i;

/** Arguments in short, on one line, with secrets masked: `customerId: 7, customerData: {email: "a@b.c", password: •••}`. */
export function summary(args: readonly (readonly [name: string, value: NaturalValue | undefined])[]): string {
  const parts = args.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${short(name, value ?? null, 0)}`);
  return clip(parts.join(', '), LONGEST_SUMMARY_CHARS);
}

function short(name: string, value: NaturalValue, depth: number): string {
  if (SECRET.test(name)) return '•••';
  if (value === null) return 'nil';
  if (typeof value === 'string') return JSON.stringify(clip(value, 60));
  if (typeof value !== 'object') return String(value);
  if (depth > 6) return '…';
  if (value instanceof UntypedObject) return `object ${entries(value.fields, depth)}`;
  if (isNaturalMap(value)) {
    // A V2 filter names what it compares with in a field of its own.
    const key = value.get('key');
    if (typeof key === 'string' && SECRET.test(key)) return `{key: ${JSON.stringify(clip(key, 60))}, value: •••}`;
    return entries(value, depth);
  }
  return `[${value
    .slice(0, 10)
    .map((item) => short('', item, depth + 1))
    .join(', ')}${value.length > 10 ? `, … ${value.length} in all` : ''}]`;
}

function entries(map: ReadonlyMap<string, NaturalValue>, depth: number): string {
  return `{${[...map]
    .slice(0, 20)
    .map(([key, inner]) => `${clip(key, 40)}: ${short(key, inner, depth + 1)}`)
    .join(', ')}}`;
}

function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length)}…` : text;
}
