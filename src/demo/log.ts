import { isNaturalMap, UntypedObject, type NaturalValue } from '../soap/decoding/request';
import type { RequestLogEntry } from './options';

/** The latest requests, oldest first, up to a maximum number. */
export class RequestLog {
  #entries: RequestLogEntry[] = [];

  constructor(private readonly size: number) {}

  /** The latest requests, oldest first. */
  get entries(): readonly RequestLogEntry[] {
    return this.#entries.slice(-this.size);
  }

  /** Removes all entries. */
  clear(): void {
    this.#entries = [];
  }

  add(entry: RequestLogEntry): void {
    this.#entries.push(entry);
    if (this.#entries.length > this.size * 2) this.#entries = this.#entries.slice(-this.size);
  }
}

/** Maximum length of a summary of arguments, in characters. */
const MAX_SUMMARY_CHARS = 300;

const MASK = '•••';

/** Names whose values are never logged. */
const SECRET = /password|hash|token|api_?key|session|confirmation/i;

/**
 * Limits for the arguments of a request that are kept by name: characters of one text and of all texts, items of one list or map and of
 * all.
 */
const KEPT = { textChars: 2_000, allChars: 50_000, items: 200, allItems: 2_000 } as const;

/** Arguments by name, for code that checks what was sent. Secrets are masked and the size is limited. */
export function keptArguments(
  args: readonly (readonly [name: string, value: NaturalValue | undefined])[],
): Readonly<Record<string, unknown>> {
  let left: number = KEPT.allItems;
  let chars: number = KEPT.allChars;
  const kept = (name: string, value: NaturalValue, depth: number): unknown => {
    if (SECRET.test(name)) return MASK;
    if (typeof value === 'string') {
      const text = clip(value, Math.min(KEPT.textChars, chars));
      chars = Math.max(0, chars - text.length);
      return text;
    }
    if (value === null || typeof value !== 'object') return value;
    if (depth > 12 || --left < 0) return '…';
    if (value instanceof UntypedObject) return record(value.fields, depth);
    if (isNaturalMap(value)) return record(value, depth);
    return value.slice(0, Math.min(KEPT.items, Math.max(0, left))).map((item) => (left--, kept('', item, depth + 1)));
  };
  const record = (map: ReadonlyMap<string, NaturalValue>, depth: number): unknown => {
    // A V2 filter has its attribute in the field `key`.
    const key = map.get('key');
    const named = typeof key === 'string' && SECRET.test(key);
    const entries = [...map].slice(0, Math.min(KEPT.items, Math.max(0, left)));
    left -= entries.length;
    return Object.fromEntries(
      entries.map(([name, inner]) => [name, named && name === 'value' ? MASK : kept(name, inner, depth + 1)] as const),
    );
  };
  return Object.fromEntries(args.flatMap(([name, value]) => (value === undefined ? [] : [[name, kept(name, value, 0)] as const])));
}

/** Arguments on one line, shortened, with secrets masked: `customerId: 7, customerData: {email: "a@b.c", password: •••}`. */
export function summary(args: readonly (readonly [name: string, value: NaturalValue | undefined])[]): string {
  const parts = args.filter(([, value]) => value !== undefined).map(([name, value]) => `${name}: ${short(name, value ?? null, 0)}`);
  return clip(parts.join(', '), MAX_SUMMARY_CHARS);
}

function short(name: string, value: NaturalValue, depth: number): string {
  if (SECRET.test(name)) return MASK;
  if (value === null) return 'nil';
  if (typeof value === 'string') return JSON.stringify(clip(value, 60));
  if (typeof value !== 'object') return String(value);
  if (depth > 6) return '…';
  if (value instanceof UntypedObject) return `object ${entries(value.fields, depth)}`;
  if (isNaturalMap(value)) {
    // A V2 filter has its attribute in the field `key`.
    const key = value.get('key');
    if (typeof key === 'string' && SECRET.test(key)) return `{key: ${JSON.stringify(clip(key, 60))}, value: ${MASK}}`;
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
