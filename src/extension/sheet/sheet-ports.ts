import type { Event } from 'vscode';
import type { SoapRecord } from '../../api/value';
import type { ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import type { CustomerDocuments } from '../customer-json/customer-documents';
import type { WebsiteNames } from '../customer/websites';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Log } from '../log/log';
import type { Store } from '../stores/store';
import type { Drafts } from './drafts';
import type { UnsavedChanges } from './sheet-model';
import type { KeptCopies } from './kept-copies';

/** The parts of the extension that sheets need. */
export interface SheetPorts {
  readonly documents: CustomerDocuments;
  readonly errors: ErrorReporter;
  readonly log: Log;
  readonly outcomes: OutcomePresenter;
  readonly history: ExchangeKeeper;
  /** A store by its ID. Sheets outlive connections and reloads, so they keep the ID only. */
  readonly store: (id: string) => Store | undefined;
  /** Fires when the settings of stores changed. A sheet shows the environment that it writes to, and whether it may write. */
  readonly onDidChangeStores: Event<unknown>;
  /** The websites and store views that were seen among the customers of a store. */
  readonly websiteNames: (store: Store) => WebsiteNames;
  /** The row of a customer as a list of the store showed it last. `undefined` if no list did. */
  readonly listed: (store: Store, customer: string) => SoapRecord | undefined;
  /** Whether sheets show the codes of attributes. One choice for all sheets. */
  readonly codes: { readonly shown: boolean; readonly show: (shown: boolean) => Promise<void> };
  /** The unsaved changes of closed sheets. */
  readonly drafts: Drafts;
  /** Values that saves replaced. */
  readonly copies: KeptCopies;
  /** Called with the IDs of customers that changed. */
  readonly changed: (store: Store, ids: readonly string[]) => Promise<void>;
}

/** Options for a new sheet. */
export interface SheetBeginning {
  /** Open the form as soon as the customer is read. */
  readonly edit?: boolean;
  /** Open it as a preview, as a click in the tree does. The history keeps only customers that are opened in a permanent tab. */
  readonly preview?: boolean;
  /** The unsaved changes from before the window was reloaded. They replace the kept draft of a closed tab. */
  readonly typed?: UnsavedChanges;
}
