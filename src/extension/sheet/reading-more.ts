import { toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { SheetPlace } from '../../pages/sheet-messages';
import { readAddresses } from '../../store/customers/addresses';
import type { StoreClient } from '../../store/calls/client';
import { registrationInList } from './registration';
import type { SheetModel } from './sheet-model';
import type { SheetPorts } from './sheet-ports';
import type { QuestionId } from './sheet-reading';
import { listedRow } from './sheet-store';

/** A customer that was read and of which more is to be read. */
interface Read {
  readonly model: SheetModel;
  readonly ports: SheetPorts;
  readonly place: SheetPlace;
  readonly client: StoreClient;
  readonly customer: string;
  readonly row: SoapRecord;
  readonly ticket: QuestionId;
  readonly signal: AbortSignal;
}

/** Reads what is shown below a customer: its addresses, and its registration date. @param drawn called after each of them */
export async function readMore(read: Read, drawn: () => void): Promise<void> {
  await Promise.all([loadAddresses(read, drawn), readRegistration(read, drawn)]);
}

async function loadAddresses({ model, client, customer, ticket, signal }: Read, drawn: () => void): Promise<void> {
  try {
    model.addressesRead(ticket, await readAddresses(client, customer, signal));
  } catch (error) {
    if (signal.aborted) return;
    model.addressesRead(ticket, { error });
  }
  drawn();
}

/** Finds out the time zone of the registration date where the customer alone does not tell it. */
async function readRegistration({ model, ports, place, client, customer, row, ticket, signal }: Read, drawn: () => void): Promise<void> {
  try {
    const listed = await registrationInList(client, customer, row, listedRow(ports, place), signal);
    if (listed === undefined) return;
    model.setCreatedAt(ticket, listed);
    drawn();
  } catch (error) {
    // The value is then shown as it was sent, with a note that its time zone is not known.
    if (!signal.aborted) ports.log.error(toToolkitError(error));
  }
}
