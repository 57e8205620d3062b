import { formatNumber } from '../../l10n/texts';
import * as vscode from 'vscode';
import { dateAndTime, duration } from '../../pages/formats';
import { dialectLabels } from '../../api/dialect';
import { isList, isRecord, type SoapValue } from '../../api/value';
import type { HistoryEntry } from '../../requests';
import { names } from '../names';
import type { Documents } from '../lazy/lazy-documents';
import type { ExchangeHistory } from '../calls/exchange-history';
import { title } from './history-view';

/** Exchanges of the history as read-only documents: a whole exchange, or its result alone for a comparison. */
export class HistoryDocuments implements Documents {
  constructor(private readonly history: ExchangeHistory) {}

  async provideTextDocumentContent({ query }: vscode.Uri): Promise<string> {
    const parameters = new URLSearchParams(query);
    await this.history.load();
    const entry = this.history.find(parameters.get('id') ?? '');
    if (entry === undefined) return '// This exchange is no longer in the history.\n';
    return parameters.get('part') === 'result' ? resultText(entry) : wholeText(entry);
  }

  /** The document of an exchange, or of its result. */
  uri(entry: HistoryEntry, part: 'whole' | 'result'): vscode.Uri {
    const when = new Date(entry.at).toISOString().slice(11, 19).replaceAll(':', '-');
    return vscode.Uri.from({
      scheme: names.historyScheme,
      path: `/${title(entry).replaceAll(/[^\w.-]+/g, ' ')} ${when}.jsonc`,
      query: `id=${entry.id}&part=${part}`,
    });
  }
}

function wholeText(entry: HistoryEntry): string {
  const { store, dialect, method, args, at, ms, bytes, problem, value, request, response, task } = entry;
  const head = [
    `// ${method} on ${store.replaceAll(/[\r\n]+/g, ' ')}${dialect === undefined ? '' : `, ${dialectLabels[dialect]}`}`,
    `// ${dateAndTime(at)}, ${duration(ms)}, ${formatNumber(bytes)} bytes. Secrets are masked.`,
  ];
  if (task !== undefined)
    return `// ${task.title.replaceAll(/[\r\n]+/g, ' ')} into ${store.replaceAll(/[\r\n]+/g, ' ')}\n// ${dateAndTime(at)}, ${duration(ms)}\n${JSON.stringify({ counts: args, ...(problem === undefined ? {} : { problem }), ...(task.report === undefined ? {} : { results: task.report }) }, undefined, 2)}\n`;
  const data = {
    method,
    args,
    ...(problem === undefined ? {} : { problem }),
    ...(value === undefined ? {} : { result: value }),
    request: lines(request),
    response: lines(response),
  };
  return `${head.join('\n')}\n${JSON.stringify(data, undefined, 2)}\n`;
}

/** XML as a list of lines, because one JSON string with escapes would not be readable. */
function lines(xml: string): readonly string[] {
  return xml.trimEnd().split('\n');
}

function resultText({ value, problem, bytes }: HistoryEntry): string {
  if (problem !== undefined) return `${JSON.stringify({ problem }, undefined, 2)}\n`;
  if (value === undefined) return `// The result was not kept (${formatNumber(bytes)} bytes).\n`;
  return `${JSON.stringify(ordered(value), undefined, 2)}\n`;
}

const ids = ['customer_id', 'customer_address_id', 'customer_group_id'] as const;

/** Sorts rows by their ID. Stores promise no order (facts §5), and a comparison is about the content of rows. */
function ordered(value: SoapValue): SoapValue {
  if (!isList(value)) return value;
  const id = ids.find((key) => value.every((row) => isRecord(row) && row[key] !== undefined));
  if (id === undefined) return value;
  const numberOf = (row: SoapValue): number => (isRecord(row) ? Number(row[id]) : 0);
  return value.toSorted((a, b) => numberOf(a) - numberOf(b));
}
