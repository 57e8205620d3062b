import type { ResponseRequest, ResponseUpdate } from '../../pages/response-messages';
import type { Host } from '../host';

interface Kept {
  readonly memory: string;
  readonly tab: string;
  readonly row: number;
  readonly column: number;
  readonly top: number;
}

const nothing: Kept = { memory: '', tab: 'result', row: 0, column: 0, top: 0 };

/**
 * The state that the view keeps while it is hidden: the selected tab, the position in the table, and the request to restore it with after a
 * reload. It contains no data of the store.
 */
export class KeptView {
  #kept: Kept;

  constructor(private readonly host: Host<ResponseRequest, ResponseUpdate>) {
    this.#kept = isKept(host.kept) ? host.kept : nothing;
  }

  /** Begins to show a response. The kept state is used only for the same request, and a failure always shows the first tab. */
  begin(memory: string, failed: boolean): void {
    if (memory !== this.#kept.memory) this.#keep({ ...nothing, memory });
    else if (failed) this.tab = nothing.tab;
  }

  /** ID of the selected tab. */
  get tab(): string {
    return this.#kept.tab;
  }
  set tab(tab: string) {
    this.#keep({ ...this.#kept, tab });
  }

  /** Active cell and scroll position of the table. */
  get place(): { readonly row: number; readonly column: number; readonly top: number } {
    return this.#kept;
  }
  set place({ row, column, top }: { readonly row: number; readonly column: number; readonly top: number }) {
    this.#keep({ ...this.#kept, row, column, top });
  }

  #keep(kept: Kept): void {
    this.#kept = kept;
    this.host.keep(kept);
  }
}

function isKept(value: unknown): value is Kept {
  if (typeof value !== 'object' || value === null) return false;
  if (!('memory' in value && 'tab' in value && 'row' in value && 'column' in value && 'top' in value)) return false;
  return (
    typeof value.memory === 'string' &&
    typeof value.tab === 'string' &&
    [value.row, value.column, value.top].every((place) => typeof place === 'number')
  );
}
