import * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import { isRecord } from '../../api/value';
import type { HistoryEntry } from '../../requests';
import { dateAndTime, day, duration, size, timeOfDay } from '../../pages/formats';
import { count, markdownText, oneLine } from '../text';
import type { ExchangeHistory } from '../calls/exchange-history';
import { requestsModule } from '../lazy/requests-module';
import { trapsOf } from './watched-traps';

/** An exchange in the view. The object stays the same as long as its exchange does. */
export interface ExchangeRow {
  readonly kind: 'exchange';
  readonly id: string;
  readonly entry: HistoryEntry;
  readonly rerun: boolean;
  readonly comparable: boolean;
}

/** Whether the argument of a command is a row of the history. */
export function isExchangeRow(argument: unknown): argument is ExchangeRow {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'kind' in argument &&
    argument.kind === 'exchange' &&
    'entry' in argument &&
    'id' in argument &&
    typeof argument.id === 'string'
  );
}

/** A day of the view with its exchanges. The object stays the same until the view is read again. */
interface DayRow {
  readonly kind: 'day';
  readonly id: string;
  readonly label: string;
  /** Whether it is the latest day, which is expanded. */
  readonly latest: boolean;
  readonly rows: ExchangeRow[];
}

export type HistoryRow = DayRow | ExchangeRow;

/** The view "History": the last exchanges of the workspace by day, newest first. */
export class HistoryTree implements vscode.TreeDataProvider<HistoryRow>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #subscription: vscode.Disposable;
  #timer: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#changed.event;

  constructor(private readonly history: ExchangeHistory) {
    this.#subscription = history.onDidChange(() => {
      this.#timer ??= setTimeout(() => {
        this.#timer = undefined;
        this.#changed.fire(undefined);
      }, 150);
      void vscode.commands.executeCommand('setContext', 'mahoSoap.hasHistory', history.entries.length > 0);
    });
  }

  async getChildren(row?: HistoryRow): Promise<HistoryRow[]> {
    if (row !== undefined) return row.kind === 'day' ? row.rows : [];
    return byDay(await this.#exchanges());
  }

  getTreeItem(row: HistoryRow): vscode.TreeItem {
    return row.kind === 'day' ? dayItem(row) : exchangeItem(row);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
    this.#changed.dispose();
  }

  async #exchanges(): Promise<ExchangeRow[]> {
    const { canRerun } = await requestsModule();
    const entries = await this.history.load();
    void vscode.commands.executeCommand('setContext', 'mahoSoap.hasHistory', entries.length > 0);
    return await Promise.all(
      entries.map(async (entry): Promise<ExchangeRow> => ({
        kind: 'exchange',
        id: entry.id,
        entry,
        rerun: entry.file !== undefined || canRerun(entry),
        comparable: (await this.history.previous(entry)) !== undefined,
      })),
    );
  }
}

/** Groups entries by day. They are ordered newest first. */
function byDay(rows: readonly ExchangeRow[]): DayRow[] {
  const days = new Map<string, DayRow>();
  for (const row of rows) {
    const label = day(row.entry.at);
    const known = days.get(label);
    if (known !== undefined) known.rows.push(row);
    else days.set(label, { kind: 'day', id: `day ${new Date(row.entry.at).toDateString()}`, label, latest: days.size === 0, rows: [row] });
  }
  return [...days.values()];
}

function dayItem({ id, label, latest, rows }: DayRow): vscode.TreeItem {
  const item = new vscode.TreeItem(label, latest ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  item.id = id;
  item.description = count(rows.length);
  item.contextValue = 'day';
  item.accessibilityInformation = { label: `${label}, ${plural(rows.length, '{count} entry', '{count} entries')}` };
  return item;
}

function exchangeItem({ entry, rerun, comparable }: ExchangeRow): vscode.TreeItem {
  const item = new vscode.TreeItem(title(entry));
  item.id = entry.id;
  const traps = trapsOf(entry).length;
  const trapText = traps === 0 ? undefined : plural(traps, '{count} trap', '{count} traps');
  item.description = oneLine(
    [entry.name, entry.store, outcomeText(entry), trapText, timeOfDay(entry.at)].filter((part) => part !== undefined).join(', '),
  );
  item.iconPath = iconOf(entry, traps > 0);
  item.contextValue = [
    entry.task === undefined ? 'exchange' : 'task',
    ...(rerun ? ['rerun'] : []),
    ...(comparable ? ['comparable'] : []),
  ].join(' ');
  item.command = {
    command: 'mahoSoap.exchange.open',
    title: t('Open Exchange'),
    arguments: [{ kind: 'exchange', id: entry.id, entry, rerun, comparable }],
  };
  item.tooltip = tooltip(entry);
  item.accessibilityInformation = {
    label: oneLine(
      [
        title(entry),
        entry.name,
        dateAndTime(entry.at),
        entry.store,
        outcomeText(entry),
        trapText,
        entry.watched === true ? t('sent by a program') : undefined,
      ]
        .filter((part) => part !== undefined)
        .join(', '),
    ),
  };
  return item;
}

function iconOf({ outcome }: HistoryEntry, trapped: boolean): vscode.ThemeIcon {
  if (outcome === 'result' && trapped) return new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  if (outcome === 'result') return new vscode.ThemeIcon('pass', new vscode.ThemeColor('testing.iconPassed'));
  return new vscode.ThemeIcon('error', new vscode.ThemeColor(outcome === 'fault' ? 'testing.iconFailed' : 'testing.iconErrored'));
}

/** Method and ID of an entry, such as `customer.update 1204`. */
export function title({ method, args, task }: HistoryEntry): string {
  if (task !== undefined) return oneLine(task.title);
  const id = isRecord(args) ? (args['customerId'] ?? args['addressId']) : undefined;
  return oneLine(typeof id === 'number' || typeof id === 'string' ? `${method} ${id}` : method);
}

/** The result of an entry, such as `41 ms` or `fault 102`. */
export function outcomeText({ outcome, problem, ms, task, refused }: HistoryEntry): string {
  if (task !== undefined) return oneLine(task.summary);
  if (refused === true) return t('refused');
  switch (outcome) {
    case 'result':
      return duration(ms);
    case 'fault':
      return t('fault {code}', { code: (problem ?? '').split(':')[0] ?? '' });
    case 'error':
      return t('no response');
  }
}

function tooltip(entry: HistoryEntry): vscode.MarkdownString {
  const { store, dialect, at, ms, bytes, problem, name, file } = entry;
  const lines = [
    `**${markdownText(title(entry))}**`,
    markdownText(
      [store, dialect === undefined ? undefined : dialectLabels[dialect], dateAndTime(at)].filter((part) => part !== undefined).join(', '),
    ),
    markdownText([duration(ms), entry.task !== undefined ? entry.task.summary : size(bytes)].join(', ')),
    ...(entry.watched === true ? [t('Sent by a program with its own session')] : []),
    ...(problem === undefined ? [] : [markdownText(problem)]),
    ...trapsOf(entry).map(({ message }) => markdownText(t('Trap: {message}', { message }))),
    ...(name === undefined
      ? []
      : [
          markdownText(
            file === undefined
              ? t('From "{name}"', { name })
              : t('From "{name}" in {file}', { name, file: vscode.workspace.asRelativePath(vscode.Uri.parse(file)) }),
          ),
        ]),
  ];
  return new vscode.MarkdownString(lines.join('\n\n'));
}
