import { later, translated, t } from '../../l10n/texts';
import type { DemoFaults, FaultKind } from '../../demo';
import { pickSeveral } from '../picks';

/** The description of each fault for the list. */
const kinds: Readonly<Record<FaultKind, string>> = {
  slow: later('Responds after two seconds'),
  drop: later('Executes the request and closes the connection without a response'),
  truncate: later('Sends half of the response'),
  notice: later('Puts a PHP notice before the XML'),
  bom: later('Puts a byte order mark before the XML'),
  'html-503': later("Returns the shop's HTML error page"),
  'expire-sessions': later('Ends every session before the request'),
  deny: later('Returns fault 2, as for a user without the permission'),
  'memory-limit': later('Responds like PHP that runs out of memory'),
  redirect: later('Redirects to another URL'),
  'soap-off': later('Returns 404 without a body, like a new Maho 26.7 until SOAP is turned on'),
  'rest-off': later('Responds to REST requests like a new Maho 26.7 until REST is turned on'),
  'soap-missing': later('Returns 500 without a body for every call, like Maho 26.7 without laminas-soap'),
  'port-lost': later('Leaves the port out of its URL, like Maho 26.7, and cannot read its own WSDL'),
  'two-lengths': later('Sends two different lengths over V2 and WS-I, like Maho 26.7 behind some web servers'),
  maintenance: later('Returns the maintenance page'),
};

const SLOW_MS = 2000;

/** Asks which faults the demo store is to simulate. `undefined` when it was dismissed. */
export async function askForFaults(current: DemoFaults): Promise<DemoFaults | undefined> {
  const items = Object.entries(kinds).map(([label, detail]) => ({ label, detail: translated(detail), picked: label in current }));
  const chosen = await pickSeveral(items, {
    title: t('Faults of the Demo Store'),
    placeHolder: t('Select faults for every request, or none to turn them off'),
  });
  if (chosen === undefined) return undefined;
  return Object.fromEntries(chosen.map(({ label }) => [label, label === 'slow' ? SLOW_MS : true]));
}
