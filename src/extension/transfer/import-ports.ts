import type { ToolkitError } from '../../api/errors';
import type { StoreClient } from '../../store/calls/client';
import type { CsvFile, ImportMapping, ImportPreview, ImportResult } from '../../store/transfer';
import type { ImportRows } from './import-rows';

/** A store that answers, and a signal that ends the work with it. */
export interface ImportTarget {
  readonly client: StoreClient;
  readonly signal: AbortSignal;
}

/** The callbacks and data that an import needs. */
export interface SessionPorts {
  /** Connects. @param asked whether the user asked for it now, so that a missing key may be asked for */
  connect(asked: boolean): Promise<ImportTarget>;
  /** The mapping that was remembered for a file with these columns. */
  remembered(header: readonly string[]): ImportMapping | undefined;
  remember(header: readonly string[], mapping: ImportMapping): Promise<void>;
  /** Called when the state has changed. */
  changed(): void;
  /** Asks whether to write, if the store requires that. */
  confirm(preview: ImportPreview, rows: ImportRows): Promise<boolean>;
  /** Called when a run has ended, or could not begin. */
  runEnded(run: FinishedRun): void;
}

/** A run that has ended. */
export interface FinishedRun {
  readonly csv: CsvFile;
  readonly client: StoreClient;
  /** In ms since 1970. */
  readonly begun: number;
  readonly result: ImportResult | undefined;
  readonly error: ToolkitError | undefined;
}
