import * as z from 'zod/mini';
import { dialects, type Dialect } from '../../api/dialect';
import type { SoapValue } from '../../api/value';
import { isList, isRecord } from '../../api/value';
import { httpMethods, MASK, maskResult, type Exchange, type HttpMethod } from '../../store';
import { savedEnvelope } from './saved-envelope';

/** The origin of an entry: a request of a file, or a program that is watched. */
export interface EntrySource {
  readonly file?: string | undefined;
  readonly name?: string | undefined;
  /** Whether a watched program sent it, with its own session. */
  readonly watched?: boolean | undefined;
  /** Whether it was a write that was refused and not passed on to the store. */
  readonly refused?: boolean | undefined;
}

/** A larger step, such as an import. The history has one entry for it and none for its exchanges. */
export interface EntryTask {
  /** Such as `Import of customers.csv`. */
  readonly title: string;
  /** Its outcome, such as `3 created, 1 updated`. */
  readonly summary: string;
  /** Path of the file with the outcome of each row. */
  readonly report?: string | undefined;
}

/** A larger step that has ended. */
export interface DoneTask extends EntryTask {
  /** Name of the store. */
  readonly store: string;
  readonly dialect: Dialect | undefined;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly ms: number;
  /** Number of rows by outcome. */
  readonly counts: Readonly<Record<string, number>>;
  /** Why it stopped early. */
  readonly problem: string | undefined;
}

/** One exchange in the history. All of it is masked, so it may be written to disk. */
export interface HistoryEntry extends EntrySource {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly store: string;
  readonly dialect: Dialect | undefined;
  readonly method: string;
  readonly args: SoapValue;
  /** Set for a larger step. Such an entry has no request, and `args` are its counts. */
  readonly task?: EntryTask | undefined;
  /** Whether {@link request} was written by hand. It is then kept whole, and there are no arguments. */
  readonly raw?: boolean | undefined;
  /** HTTP verb; missing for POST, which SOAP uses. */
  readonly verb?: HttpMethod | undefined;
  readonly outcome: 'result' | 'fault' | 'error';
  /** Fault code and text, or the error. */
  readonly problem: string | undefined;
  /** Milliseconds. */
  readonly ms: number;
  /** Size of the response. */
  readonly bytes: number;
  /** HTTP status, with its text. */
  readonly status?: number | undefined;
  readonly statusText?: string | undefined;
  /** The result; `undefined` when it was too large to keep. */
  readonly value: SoapValue | undefined;
  readonly request: string;
  /** The beginning of the response. */
  readonly response: string;
}

const anyValue = z.custom<SoapValue>((value) => value !== undefined);

const stored = z.object({
  id: z.string(),
  at: z.number(),
  store: z.string(),
  dialect: z.optional(z.enum(dialects)),
  method: z.string(),
  args: anyValue,
  task: z.optional(z.object({ title: z.string(), summary: z.string(), report: z.optional(z.string()) })),
  raw: z.optional(z.boolean()),
  verb: z.optional(z.enum(httpMethods)),
  outcome: z.enum(['result', 'fault', 'error']),
  problem: z.optional(z.string()),
  ms: z.number(),
  bytes: z.number(),
  status: z.optional(z.number()),
  statusText: z.optional(z.string()),
  value: z.optional(anyValue),
  request: z.string(),
  response: z.string(),
  file: z.optional(z.string()),
  name: z.optional(z.string()),
  watched: z.optional(z.boolean()),
  refused: z.optional(z.boolean()),
});

/** Limits of a history. The newest entry is kept even if it exceeds the size. */
export interface HistoryLimits {
  readonly entries: number;
  /** The most entries of watched programs, so that they do not push out the user's own requests. No limit when missing. */
  readonly watched?: number | undefined;
  /** The most characters of all entries together. */
  readonly size: number;
  /** The most characters of one request, response or result. A longer request or response is cut, a larger result is left out. */
  readonly part: number;
}

/** About 8 MB of text, most of it the bodies of 200 exchanges. */
export const defaultHistoryLimits: HistoryLimits = { entries: 200, watched: 120, size: 8_000_000, part: 256_000 };

/** Methods that are only called as part of other calls. */
const housekeeping: ReadonlySet<string> = new Set(['login', 'endSession', 'wsdl', 'openapi', 'startSession']);

/** The last exchanges, newest first, limited in number and size. It only holds data; views listen elsewhere. */
export class History {
  #entries: readonly HistoryEntry[] = [];

  constructor(private readonly limits: HistoryLimits = defaultHistoryLimits) {}

  /** Restores the data of {@link toJSON}. An entry that cannot be read is left out, so that an old one does not make the rest fail. */
  static from(data: unknown, limits: HistoryLimits = defaultHistoryLimits): History {
    const history = new History(limits);
    const list = Array.isArray(data) ? data : [];
    history.#keep(
      list.flatMap((each: unknown) => {
        const parsed = stored.safeParse(each);
        return parsed.success ? [{ dialect: undefined, problem: undefined, value: undefined, ...parsed.data }] : [];
      }),
    );
    return history;
  }

  /** Newest first. */
  get entries(): readonly HistoryEntry[] {
    return this.#entries;
  }

  /**
   * Adds an exchange. Logins and the like are not kept, except failed ones of a watched program.
   * @param value the result, for comparing; it is masked here
   */
  add(exchange: Exchange, value: SoapValue | undefined, source: EntrySource = {}): HistoryEntry | undefined {
    if (housekeeping.has(exchange.method) && !(source.watched === true && exchange.outcome.kind !== 'result')) return undefined;
    const { id, store, dialect, method, args, raw, startedAt, timings, outcome, request, response } = exchange;
    const masked = value === undefined ? undefined : maskResult(method, value);
    const entry: HistoryEntry = {
      id,
      at: startedAt,
      store,
      dialect,
      method,
      args,
      ...(raw ? { raw } : {}),
      ...(request.method === 'POST' ? {} : { verb: request.method }),
      outcome: outcome.kind,
      problem:
        outcome.kind === 'fault' ? `${outcome.fault.code}: ${outcome.fault.message}` : outcome.kind === 'error' ? outcome.what : undefined,
      ms: timings.total,
      bytes: response?.bytes ?? 0,
      ...(response === undefined ? {} : { status: response.status, statusText: response.statusText }),
      value: masked !== undefined && JSON.stringify(masked).length <= this.limits.part ? masked : undefined,
      // A handwritten envelope is kept whole because there is nothing else to restore it from.
      request: raw ? request.body : request.body.slice(0, this.limits.part),
      response: (response?.body ?? '').slice(0, this.limits.part),
      ...source,
    };
    this.#keep([entry, ...this.#entries]);
    return entry;
  }

  /** Adds one entry for a larger step that has ended. @param id ID of the entry */
  addTask(id: string, { title, summary, report, store, dialect, at, ms, counts, problem }: DoneTask): HistoryEntry {
    const task: EntryTask = { title, summary, ...(report === undefined ? {} : { report }) };
    const entry: HistoryEntry = {
      id,
      at,
      store,
      dialect,
      method: title,
      args: { ...counts },
      task,
      outcome: problem === undefined ? 'result' : 'error',
      problem,
      ms,
      bytes: 0,
      value: undefined,
      request: '',
      response: '',
    };
    this.#keep([entry, ...this.#entries]);
    return entry;
  }

  /** The entry of an exchange, by the ID of the exchange. */
  find(id: string): HistoryEntry | undefined {
    return this.#entries.find((entry) => entry.id === id);
  }

  /**
   * The previous comparable entry of the same request: the same request of a file, or the same call to the same store. `undefined` when an
   * outcome was not kept.
   */
  previous(entry: HistoryEntry): HistoryEntry | undefined {
    if (!isComparable(entry)) return undefined;
    const key = sameness(entry);
    return this.#entries.find((other) => other.id !== entry.id && other.at <= entry.at && isComparable(other) && sameness(other) === key);
  }

  remove(id: string): void {
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
  }

  clear(): void {
    this.#entries = [];
  }

  /** Newest first, to be written to a file. All of it is masked. */
  toJSON(): readonly HistoryEntry[] {
    return this.#entries;
  }

  #keep(entries: readonly HistoryEntry[]): void {
    let size = 0;
    let watched = 0;
    const few = entries.filter((entry) => entry.watched !== true || ++watched <= (this.limits.watched ?? Infinity));
    this.#entries = few.slice(0, this.limits.entries).filter((entry, index) => {
      size += sizeOf(entry);
      return index === 0 || size <= this.limits.size;
    });
  }
}

const sizes = new WeakMap<HistoryEntry, number>();

function sizeOf(entry: HistoryEntry): number {
  const known = sizes.get(entry);
  if (known !== undefined) return known;
  const size = JSON.stringify(entry).length;
  sizes.set(entry, size);
  return size;
}

const samenesses = new WeakMap<HistoryEntry, string>();

/** A key that entries of the same request share. Cached, because a view compares each entry with all others after each change. */
function sameness(entry: HistoryEntry): string {
  const known = samenesses.get(entry);
  if (known !== undefined) return known;
  const { file, name, store, method, args, raw, request } = entry;
  const text = JSON.stringify(file === undefined || name === undefined ? [store, method, raw === true ? request : args] : [file, name]);
  samenesses.set(entry, text);
  return text;
}

/** Whether the outcome was kept: a result, or the reason why there is none. */
function isComparable({ value, problem, task }: HistoryEntry): boolean {
  return task === undefined && (value !== undefined || problem !== undefined);
}

/** Whether an entry can be sent again. An entry with masked values cannot. */
export function canRerun(entry: HistoryEntry): boolean {
  return entry.task === undefined && entry.raw !== true && entry.method !== 'envelope' && !holdsMask(entry.args);
}

function holdsMask(value: SoapValue): boolean {
  if (isList(value)) return value.some(holdsMask);
  return isRecord(value) ? Object.values(value).some(holdsMask) : value === MASK;
}

/**
 * Writes entries as a request file, raw envelopes as such. Masked values become variables, named after their attribute, for the user to
 * fill in.
 */
export function toRequestFile(entries: readonly HistoryEntry[]): string {
  const variables: Record<string, string> = {};
  const names = new Set<string>();
  const requests = entries.map((entry) => ({
    name: unique(entry.name ?? entry.method, names),
    ...(entry.raw === true ? {} : { method: entry.method }),
    ...(entry.dialect === undefined ? {} : { dialect: entry.dialect }),
    ...(entry.raw === true ? { envelope: envelopeOf(entry, variables) } : { args: unmasked(entry.args, 'secret', variables) }),
  }));
  const [first] = entries;
  const store = first !== undefined && entries.every((entry) => entry.store === first.store) ? { store: first.store } : {};
  return `${JSON.stringify({ ...store, ...(Object.keys(variables).length > 0 ? { variables } : {}), requests }, undefined, 2)}\n`;
}

function unique(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 2; taken.has(free); count++) free = `${name} ${count}`;
  taken.add(free);
  return free;
}

/** As lines, which are easier to read. */
function envelopeOf({ request }: HistoryEntry, variables: Record<string, string>): string | readonly string[] {
  const text = savedEnvelope(request, (name) => {
    variables[name] = '';
  }).trimEnd();
  return text.includes('\n') ? text.split(/\r?\n/) : text;
}

function unmasked(value: SoapValue, name: string, variables: Record<string, string>): SoapValue {
  if (isList(value)) return value.map((item) => unmasked(item, name, variables));
  if (isRecord(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unmasked(item, key, variables)]));
  if (value !== MASK) return typeof value === 'string' ? value.replaceAll('{{', '\\{{') : value;
  variables[name] = '';
  return `{{${name}}}`;
}
