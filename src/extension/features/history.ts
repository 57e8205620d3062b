import type * as vscode from 'vscode';
import { ExchangeHistory } from '../calls/exchange-history';
import { HistoryDocuments } from '../history/history-documents';
import { HistoryTree, type HistoryRow } from '../history/history-view';
import type { Log } from '../log/log';
import type { Shell } from './shell';

/** The history of exchanges, its documents and its view. */
export interface HistoryFeature {
  readonly history: ExchangeHistory;
  readonly pages: HistoryDocuments;
  readonly view: vscode.TreeView<HistoryRow>;
}

export function makeHistory({ context, track, historyRows, historyView }: Shell, log: Log): HistoryFeature {
  const history = track(new ExchangeHistory(context.storageUri, log));
  track(historyRows.fill(track(new HistoryTree(history))));
  return { history, pages: new HistoryDocuments(history), view: historyView };
}
