import { topicOf } from '../topics';
import { customerEntity } from '../../api/entities';
import { knownResources } from '../../api/resources';
import type { Dialect } from '../../api/dialect';
import {
  PAGE_BRANCHES,
  type ComparisonState,
  type FaultResult,
  type HeaderLine,
  type ResponseNotice,
  type ResponseState,
  type SheetResult,
  type TableState,
  type TimePhase,
  type TimingState,
  type TreeItem,
  type XmlPreview,
} from '../../pages/response-messages';
import { sheetSections, unreadReason } from '../../forms/sheet-sections';
import { findTraps, type ArgFix, type Finding } from '../../api/traps';
import { columnLinks, knownLink, linkedColumns, rowLink, type KnownLink } from '../../forms/known-links';
import { isList, isRecord, type SoapList, type SoapRecord, type SoapValue } from '../../api/value';
import { rowsBefore } from '../../store/wire/rows-before';
import type { Exchange, Headers, Timings } from '../../store/wire/exchange';
import { isSecretValue } from '../../api/secrets';
import { MASK, maskResult, maskValue } from '../../store/masking/mask';
import { isWrite } from '../../store/calls/policy';
import { later, translated, t } from '../../l10n/texts';
import { readOnlyWords } from '../stores/read-only';
import { cellOf, cellText } from '../grid/cells';
import { brokenWords, junkNotice, stoppedWords } from './response-notices';
import { isTabular, RowTable, type ColumnChoice } from '../grid/row-table';
import type { Call, CallOutcome } from '../calls/outcome';
import { isJson, prettyMessage } from './pretty-message';
import { prettyXml } from './pretty-xml';

/** Number of characters of a message that the view shows. Documents show the whole message. */
const PREVIEW_CHARS = 20_000;
/** Longest call that is remembered over a reload of the window, in characters of JSON. */
const MAX_KEPT_CALL_CHARS = 100_000;

/** The data that is remembered over a reload of the window. The call is only included if it contains no secret. */
export interface ResponseMemory {
  readonly title: string;
  readonly store: string;
  readonly call: { readonly method: string; readonly args?: SoapValue | undefined; readonly dialect?: Dialect | undefined } | undefined;
}

/** One outcome as the response view shows it. Does not depend on the editor. */
export class ResponseModel {
  /** The rows of the result. For a broken response, the rows that arrived before it broke off. */
  readonly table: RowTable | undefined;
  /** Mistakes in the request that explain a fault. */
  readonly findings: readonly Finding[];
  readonly #value: SoapValue | undefined;
  readonly #raw: SoapRecord | undefined;
  readonly #partial: number | undefined;
  comparison: ComparisonState | undefined;

  constructor(
    readonly outcome: CallOutcome,
    choice?: ColumnChoice,
  ) {
    const { call, error } = outcome;
    const rows = rowsOf(outcome);
    this.#partial = rows?.length;
    const value = outcome.value ?? rows;
    this.findings =
      error?.kind === 'fault' || error?.kind === 'input'
        ? findTraps({ method: call.method, args: call.args, dialect: outcome.dialect }).filter(
            ({ severity }) => severity === 'error' || severity === 'warning',
          )
        : [];
    if (isTabular(value)) {
      // In pairs of key and value, the key of the row tells that its value is a secret, and not the name of the column.
      const pairs = value.some((row) => isRecord(row) && typeof row['key'] === 'string' && isSecretValue(row['key'], row['value']));
      const safe = pairs ? maskValue(value) : value;
      const rows = isList(safe) ? safe : [];
      const resource = knownResources.resourceOf(call.method);
      this.table = new RowTable(rows, { choice: choice ?? usualColumns(rows, resource?.idField), fields: resource?.entity.fields ?? [] });
    } else if (value !== undefined) {
      this.#value = maskResult(call.method, value);
      if (isCustomer(call.method, value)) this.#raw = value;
    }
  }

  /** The state that the page draws. Rows and branches are sent separately. */
  get state(): ResponseState {
    const { outcome } = this;
    const { call, store, exchange, error, dialect } = outcome;
    const answer = exchange?.reveal().response;
    return {
      title: outcome.title,
      method: call.method,
      store: store.config?.name ?? store.name,
      environment: store.environment,
      dialect,
      status: answer === undefined ? undefined : `${answer.status} ${answer.statusText}`.trim(),
      failed: error !== undefined,
      milliseconds: exchange?.timings.total,
      bytes: answer?.bytes,
      write: isWrite(call.method),
      refused: isWrite(call.method) && store.config?.readOnly === true ? readOnlyWords() : undefined,
      kept: true,
      notices: this.#notices(),
      fault: this.#fault(),
      result: this.#result(),
      request: exchange === undefined ? undefined : preview(exchange, 'request', exchange.reveal().request.body.length),
      response: exchange === undefined || answer === undefined ? undefined : preview(exchange, 'response', answer.bytes),
      requestHeaders: exchange === undefined ? [] : headerLines(exchange.requestHeaders),
      responseHeaders: headerLines(exchange?.responseHeaders ?? []),
      timing: exchange === undefined ? undefined : timing(exchange),
      comparison: this.comparison,
      memory: memory(outcome),
    };
  }

  /** Children of a branch of the tree, from a start index. Empty for a path that does not exist. */
  branch(path: readonly (number | string)[], start: number): readonly TreeItem[] {
    const value = this.valueAt(path);
    if (value === undefined) return [];
    const keys = this.#keys(path);
    const linkOf = (key: string): string | undefined =>
      isRecord(value) ? knownLink(this.outcome.call.method, [...keys, key], this.#value)?.words : undefined;
    return children(value)
      .slice(start, start + PAGE_BRANCHES)
      .map(([key, inner]) => treeItem(key, inner, linkOf(key)));
  }

  /** The target of a value of the tree or sheet, at a path of positions and keys. `undefined` if the value refers to nothing known. */
  linkAt(path: readonly (number | string)[]): KnownLink | undefined {
    return knownLink(this.outcome.call.method, this.#keys(path), this.#value);
  }

  /** The target of a value of the table. */
  linkIn(table: RowTable, index: number, column: string): KnownLink | undefined {
    return knownLink(this.outcome.call.method, [0, column], [table.row(index) ?? null]);
  }

  /** The value of the tree or sheet at a path of positions and keys, secrets masked. */
  valueAt(path: readonly (number | string)[]): SoapValue | undefined {
    let value = this.#value;
    for (const step of path) {
      if (value === undefined) return undefined;
      value =
        typeof step === 'number' ? children(value)[step]?.[1] : isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
    }
    return value;
  }

  /** A path with keys instead of positions within maps. */
  #keys(path: readonly (number | string)[]): readonly (number | string)[] {
    let value: SoapValue | undefined = this.#value;
    return path.map((step) => {
      const isPosition = typeof step === 'number' && !isList(value);
      const key = isPosition ? (value === undefined ? undefined : children(value)[step]?.[0]) : step;
      value =
        value === undefined || key === undefined
          ? undefined
          : isList(value)
            ? value[Number(key)]
            : isRecord(value)
              ? value[key]
              : undefined;
      return key ?? step;
    });
  }

  /** The whole result as JSON, secrets masked. For a table, only what it shows. */
  json(): string {
    return this.table?.json() ?? `${JSON.stringify(this.#value ?? null, null, 2)}\n`;
  }

  /** A value of the tree or sheet as text. */
  textAt(path: readonly (number | string)[]): string {
    const value = this.valueAt(path);
    return typeof value === 'object' && value !== null ? JSON.stringify(value, null, 2) : cellText(value);
  }

  /** The table as its page shows it. */
  tableState({ state }: RowTable): TableState {
    const { method } = this.outcome.call;
    const linked = linkedColumns(
      method,
      state.columns.map(({ code }) => code),
    );
    return { shape: 'table', ...state, links: columnLinks(method, linked), rowLink: rowLink(linked) };
  }

  #result(): ResponseState['result'] {
    if (this.table !== undefined) return this.tableState(this.table);
    if (this.#raw !== undefined) return this.#sheet(this.#raw);
    return this.#value === undefined ? undefined : { shape: 'tree', root: treeItem(t('result'), this.#value, this.linkAt([])?.words) };
  }

  #sheet(row: SoapRecord): SheetResult {
    const wordsOf = (code: string): string | undefined => this.linkAt([code])?.words;
    const code = rowLink(Object.keys(row))?.column;
    const words = code === undefined ? undefined : wordsOf(code);
    const open = code === undefined || words === undefined ? undefined : { code, words };
    return { shape: 'sheet', open, sections: sheetLines(row, this.outcome.dialect ?? 'v1', wordsOf) };
  }

  #fault(): FaultResult | undefined {
    const { error } = this.outcome;
    if (error === undefined) return undefined;
    const { code, said, what, why, next } = error.words;
    const suggestions = this.findings.map((finding) => ({ message: finding.message, why: finding.why, fix: offeredFix(finding)?.title }));
    return {
      kind: error.kind,
      code,
      said,
      what,
      why,
      next,
      explained: topicOf(error.words) !== undefined,
      fixWords: this.outcome.fix === undefined ? t('Fix and Run Again') : t('Fix in Request'),
      suggestions,
    };
  }

  #notices(): readonly ResponseNotice[] {
    const { exchange } = this.outcome;
    const notices: ResponseNotice[] = (this.outcome.notes ?? []).map((text) => ({ text, excerpt: undefined }));
    const { stopped = false, value } = this.outcome;
    const came = stopped && isList(value) ? value.length : this.#partial;
    if (came !== undefined) {
      const bytes = exchange?.reveal().response?.bytes ?? 0;
      notices.push({ text: stopped ? stoppedWords(came, bytes) : brokenWords(came, bytes), excerpt: undefined });
    }
    for (const { text } of exchange?.oddities ?? []) notices.push({ text, excerpt: undefined });
    for (const junk of exchange?.junk ?? []) notices.push(junkNotice(junk));
    const charset = exchange?.reveal().response?.charset.toLowerCase();
    if (charset !== undefined && charset !== 'utf-8' && charset !== 'utf8')
      notices.push({
        text: t('The response is encoded in {charset}, not in UTF-8, and was read as such.', { charset }),
        excerpt: undefined,
      });
    return notices;
  }
}

/** Attributes that people use to recognise things, in the order of preference. */
const TELLING = [
  'increment_id',
  'sku',
  'email',
  'customer_email',
  'firstname',
  'lastname',
  'name',
  'title',
  'code',
  'customer_group_code',
  'status',
];

/**
 * The usual order of columns: those that tell rows apart first, so that they are visible in a narrow view, then the others as the store
 * sent them.
 */
function usualColumns(rows: SoapList, idField: string | undefined): ColumnChoice {
  const first = rows.find(isRecord) ?? {};
  const codes = Object.keys(first);
  const id = idField !== undefined && codes.includes(idField) ? idField : codes.find((code) => /(?:^|_)id$/.test(code));
  return { order: [...(id === undefined ? [] : [id]), ...TELLING.filter((code) => codes.includes(code) && code !== id)], hidden: [] };
}

/** The fix that the button applies: the certain one, or the only one. */
export function offeredFix({ fixes }: Finding): ArgFix | undefined {
  return fixes.find(({ certain }) => certain) ?? (fixes.length === 1 ? fixes[0] : undefined);
}

/**
 * Call and store, as JSON for a reload. Leaves the call out if it contains secrets or is too long, or if it is a raw envelope, whose
 * session only its file can fill in.
 */
function memory({ title, call, store }: CallOutcome): string {
  const remembered: ResponseMemory = { title, store: store.id, call };
  const text = JSON.stringify(remembered);
  if (call.envelope !== undefined) return JSON.stringify({ title, store: store.id } satisfies Omit<ResponseMemory, 'call'>);
  const secret = call.args !== undefined && (holdsMask(call) || JSON.stringify(maskValue(call.args)) !== JSON.stringify(call.args));
  return secret || text.length > MAX_KEPT_CALL_CHARS
    ? JSON.stringify({ title, store: store.id } satisfies Omit<ResponseMemory, 'call'>)
    : text;
}

/** Whether a call was masked, as calls of the history are. Such a call cannot be sent. */
export function holdsMask({ args }: Call): boolean {
  return args !== undefined && JSON.stringify(args).includes(MASK);
}

/** Rows that arrived before a response broke off. `undefined` when there are none. */
function rowsOf({ error, exchange, rows, value }: CallOutcome): SoapList | undefined {
  if (value !== undefined || (error?.kind !== 'decode' && error?.kind !== 'transport')) return undefined;
  const came = rows ?? rowsBefore(exchange);
  return came.length === 0 ? undefined : came;
}

function isCustomer(method: string, value: SoapValue): value is SoapRecord {
  return /(^customer\.info$|^customerCustomerInfo$)/.test(method) && isRecord(value);
}

function sheetLines(row: SoapRecord, dialect: Dialect, linkOf: (code: string) => string | undefined): SheetResult['sections'] {
  const known = new Set<string>(customerEntity.fields.map(({ name }) => name));
  return sheetSections(row, dialect)
    .map(({ title, fields }) => ({
      title,
      lines: fields
        // Attributes that the store did not send are only shown if this dialect cannot return them.
        .filter(({ code, missing }) => Object.hasOwn(row, code) || missing === 'unread')
        .map(({ code, title: name, doc, missing }) => ({
          code,
          title: name,
          doc: known.has(code) ? doc : '',
          cell: cellOf(Object.hasOwn(row, code) ? row[code] : undefined, code),
          unread: missing === 'unread' ? unreadReason(dialect) : undefined,
          link: linkOf(code),
        })),
    }))
    .filter(({ lines }) => lines.length > 0);
}

function children(value: SoapValue): readonly (readonly [string, SoapValue])[] {
  if (isList(value)) return value.map((inner, index) => [String(index), inner]);
  return isRecord(value) ? Object.entries(value) : [];
}

function treeItem(key: string, value: SoapValue, link: string | undefined): TreeItem {
  return { key, cell: cellOf(value, key), children: isList(value) ? value.length : isRecord(value) ? Object.keys(value).length : 0, link };
}

function preview(exchange: Exchange, part: 'request' | 'response', bytes: number): XmlPreview | undefined {
  const head = exchange.beginning(part, PREVIEW_CHARS);
  if (head === undefined) return undefined;
  return {
    text: isJson(head) ? prettyMessage(head) : /^[^<]*<(?!!doctype html|html)/i.test(head) ? prettyXml(head) : head,
    cut: bytes > PREVIEW_CHARS,
    bytes,
  };
}

function headerLines(headers: Headers): readonly HeaderLine[] {
  const times = new Map<string, number>();
  for (const [name] of headers) times.set(name.toLowerCase(), (times.get(name.toLowerCase()) ?? 0) + 1);
  return headers.map(([name, value]) => ({ name, value, times: times.get(name.toLowerCase()) ?? 1 }));
}

const phases: readonly (readonly [key: keyof Timings, name: string, doc: string])[] = [
  ['lookup', later('Name lookup'), later('Finding the IP address of the host.')],
  ['connect', later('Connect'), later('Opening the connection to the host.')],
  ['tls', later('Encrypt'), later('Agreeing on the encryption.')],
  ['firstByte', later('Server time'), later('From the end of the request to the first byte of the response.')],
  ['download', later('Download'), later('From the first byte of the response to the last.')],
];

function timing(exchange: Exchange): TimingState {
  const { timings } = exchange;
  const { request, response } = exchange.reveal();
  const parts: TimePhase[] = [];
  let start = 0;
  for (const [key, name, doc] of phases) {
    const ms = timings[key];
    if (ms === undefined) continue;
    parts.push({ key, name: translated(name), doc: translated(doc), start, ms });
    // Decoding runs while the response arrives.
    if (key === 'download' && timings.decode !== undefined)
      parts.push({ key: 'decode', name: t('Decode'), doc: t('Reading the response while it arrives.'), start, ms: timings.decode });
    start += ms;
  }
  return { phases: parts, total: timings.total, wireBytes: response?.wireBytes, bytes: response?.bytes, requestBytes: request.body.length };
}
