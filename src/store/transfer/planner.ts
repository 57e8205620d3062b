import type { SoapRecord } from '../../api/value';
import { t } from '../../l10n/texts';
import type { StoreClient } from '../calls/client';
import { idOf } from '../customers/id-range';
import { textOfValue } from './cells';
import type { CsvRow } from './csv-file';
import { foldedText } from './cells';
import { readKnownCustomers, type ImportWay, type KnownCustomers } from './lookup';
import type { ImportMapping } from './mapping';
import { importRow, planCreate, planUpdate, rejected, type ImportRow, type PlannedRow } from './rows';

/** Decides what to do for the rows of a file, some at a time, by comparing them with the store's current content. Sends no writes. */
export class Planner {
  /** Rows by their customer, so that two rows for one customer are noticed. */
  readonly #seen = new Map<string, number>();

  constructor(
    private readonly client: Pick<StoreClient, 'call' | 'describe'>,
    private readonly mapping: ImportMapping,
    private readonly way: ImportWay,
  ) {}

  /**
   * Plans rows, in their order.
   * @param unsure rows that were sent before without an answer: their new customer may already exist
   */
  async plan(rows: readonly CsvRow[], unsure: (number: number) => boolean, signal?: AbortSignal): Promise<readonly PlannedRow[]> {
    const read = rows.map((row) => importRow(row, this.mapping, this.way.words));
    const ids = read.flatMap((row) => (this.mapping.key === 'customer_id' ? (idOf(row.values.get('customer_id') ?? '') ?? []) : []));
    const emails = read
      .flatMap((row) => (this.mapping.key === 'email' || idText(row) === '' ? emailOf(row) : []))
      .filter((email) => email !== '');
    const known = await readKnownCustomers(this.client, [...new Set(ids)], [...new Set(emails)], this.way.reads, signal);
    return read.map((row) => this.#decide(row, known, unsure(row.number)));
  }

  /** Notes a row that was done before, so that a later row for the same customer is still noticed. */
  pass(row: CsvRow): void {
    this.#repeated(importRow(row, this.mapping, this.way.words));
  }

  #decide(row: ImportRow, known: KnownCustomers, unsure: boolean): PlannedRow {
    if (row.problems.length > 0) return rejected(row, ...row.problems);
    const earlier = this.#repeated(row);
    if (earlier !== undefined) return rejected(row, t('Row {row} is already for this customer.', { row: earlier }));
    return this.mapping.key === 'customer_id' && idText(row) !== '' ? this.#byId(row, known) : this.#byEmail(row, known, unsure);
  }

  #byId(row: ImportRow, known: KnownCustomers): PlannedRow {
    const id = idOf(idText(row));
    if (id === undefined) return rejected(row, t('customer_id is not a whole number.'));
    const stored = known.withId(id);
    if (stored === undefined)
      return rejected(
        row,
        t('There is no customer {id}. Leave customer_id empty to create one: a selected ID would make the numbering of the store jump.', {
          id,
        }),
      );
    return planUpdate(row, String(id), stored, this.mapping, this.way);
  }

  #byEmail(row: ImportRow, known: KnownCustomers, unsure: boolean): PlannedRow {
    const email = row.values.get('email') ?? '';
    if (email === '') return rejected(row, t('The row has no e-mail address.'));
    const website = websiteOf(row);
    const found = known.withEmail(email, website);
    const [stored, ...others] = found;
    if (stored === undefined) return planCreate(row, this.way);
    if (others.length > 0)
      return rejected(
        row,
        t('Customers {ids} have this e-mail address on different websites. Map a column to website_id to select one.', {
          ids: found.map(idOfStored).join(', '),
        }),
      );
    if (this.mapping.key === 'customer_id' && !unsure)
      return rejected(row, t('Customer {id} already has this e-mail address, but the row has no customer_id.', { id: idOfStored(stored) }));
    return planUpdate(row, idOfStored(stored), stored, this.mapping, this.way);
  }

  /** The earlier row for the same customer, if there is one. */
  #repeated(row: ImportRow): number | undefined {
    const id = this.mapping.key === 'customer_id' ? idText(row) : '';
    const email = emailOf(row)[0] ?? '';
    if (id === '' && email === '') return undefined;
    const customer = id !== '' ? `#${id}` : `${foldedText(email)} ${websiteOf(row) ?? ''}`;
    const earlier = this.#seen.get(customer);
    if (earlier === undefined) this.#seen.set(customer, row.number);
    // A row may be planned again to check whether it was written.
    return earlier === row.number ? undefined : earlier;
  }
}

function idText({ values }: ImportRow): string {
  return values.get('customer_id') ?? '';
}

function emailOf({ values }: ImportRow): readonly string[] {
  const email = values.get('email');
  return email === undefined ? [] : [email];
}

function websiteOf({ values }: ImportRow): string | undefined {
  return values.get('website_id') || undefined;
}

function idOfStored(row: SoapRecord): string {
  return textOfValue(row['customer_id']);
}
