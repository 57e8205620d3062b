import type { Event } from 'vscode';
import type { SoapRecord } from '../../api/value';
import type { ExchangeKeeper, OutcomePresenter } from '../calls/outcome';
import type { CustomerDocuments } from '../customer-json/customer-documents';
import type { WebsiteNames } from '../customer/websites';
import type { ErrorReporter } from '../errors/error-reporter';
import type { Log } from '../log/log';
import type { Store } from '../stores/store';
import type { Drafts } from './drafts';
import type { Typed } from './sheet-model';
import type { KeptCopies } from './kept-copies';

/** What sheets need of the rest of the extension. */
export interface SheetPorts {
  readonly documents: CustomerDocuments;
  readonly errors: ErrorReporter;
  readonly log: Log;
  readonly outcomes: OutcomePresenter;
  readonly history: ExchangeKeeper;
  /** A store by the ID under which it is listed; sheets outlive connections and reloads. */
  readonly store: (id: string) => Store | undefined;
  /** The settings of stores changed: a sheet says which environment it writes to, and whether it may. */
  readonly onDidChangeStores: Event<unknown>;
  /** Websites and store views that were seen among the customers of a store. */
  readonly websiteNames: (store: Store) => WebsiteNames;
  /** A customer as a list of the store showed it last, if one did. */
  readonly listed: (store: Store, customer: string) => SoapRecord | undefined;
  /** Whether sheets show the codes of attributes, kept for all of them. */
  readonly codes: { readonly shown: boolean; readonly show: (shown: boolean) => Promise<void> };
  /** What was typed into sheets that were closed. */
  readonly drafts: Drafts;
  /** Values that saves replaced. */
  readonly copies: KeptCopies;
  /** Customers of a store changed. */
  readonly changed: (store: Store, ids: readonly string[]) => Promise<void>;
}

/** How a sheet begins. */
export interface SheetBeginning {
  /** Open the form as soon as the customer is there. */
  readonly edit?: boolean;
  /** It is looked at in passing, as a click in the tree does; the history keeps only what is opened for good. */
  readonly preview?: boolean;
  /** What was typed before the window was reloaded, instead of what is kept of a closed tab. */
  readonly typed?: Typed;
}
