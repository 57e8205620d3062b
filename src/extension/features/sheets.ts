import { CustomerDocuments } from '../customer-json/customer-documents';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Log } from '../log/log';
import { CustomerSheets } from '../sheet/customer-sheets';
import { Drafts } from '../sheet/drafts';
import { ShownCodes } from '../sheet/shown-codes';
import { KeptCopies } from '../sheet/kept-copies';
import type { Store } from '../stores/store';
import type { StoresTree } from '../tree/stores-tree';
import type { HistoryFeature } from './history';
import type { ResponsesFeature } from './responses';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** Customers as sheets and as documents, and kept copies. */
export interface SheetsFeature {
  readonly documents: CustomerDocuments;
  readonly copies: KeptCopies;
  readonly sheets: CustomerSheets;
  /** Updates the tree after customers of a store changed. */
  readonly changed: (store: Store, ids: readonly string[]) => Promise<void>;
}

/** The dependencies of sheets. */
export interface SheetsDependencies {
  readonly stores: StoresFeature;
  readonly history: HistoryFeature;
  readonly responses: ResponsesFeature;
  readonly errors: ErrorReporter;
  readonly log: Log;
  /** The rows of the view "Stores". `undefined` until the view was first shown. Until then, there are no rows to update. */
  readonly tree: () => StoresTree | undefined;
}

export function makeSheets(
  { context, track, customerDocuments }: Shell,
  { stores: { active }, history: { history }, responses, errors, log, tree }: SheetsDependencies,
): SheetsFeature {
  const store = (id: string): Store | undefined => active.all.find((candidate) => candidate.id === id);
  const changed: SheetsFeature['changed'] = async (of, ids) => {
    await tree()?.customersChanged(of, ids);
  };
  const documents = track(new CustomerDocuments(store, history));
  customerDocuments.follow(documents);
  const copies = new KeptCopies(context.globalStorageUri.fsPath, (text) => {
    log.warn(text);
  });
  const sheets = track(
    new CustomerSheets(context.extensionUri, {
      documents,
      errors,
      log,
      history,
      copies,
      outcomes: responses.views,
      drafts: new Drafts(context.workspaceState),
      codes: new ShownCodes(context.globalState),
      store,
      onDidChangeStores: active.onDidChange,
      websiteNames: (of) => tree()?.websiteNamesOf(of) ?? { websites: new Map(), stores: new Map() },
      listed: (of, customer) => tree()?.listedCustomer(of, customer),
      changed,
    }),
  );
  return { documents, copies, sheets, changed };
}
