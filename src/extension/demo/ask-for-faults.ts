import { later, said, t } from '../../l10n/texts';
import type { DemoFaults, FaultKind } from '../../demo';
import { pickSeveral } from '../picks';

/** The description of each fault for the list. */
const kinds: Readonly<Record<FaultKind, string>> = {
  slow: later('Answers after two seconds'),
  drop: later('Carries the request out and closes the connection without an answer'),
  truncate: later('Sends half of the answer'),
  notice: later('Puts a PHP notice before the XML'),
  bom: later('Puts a byte order mark before the XML'),
  'html-503': later("Answers with the shop's HTML error page"),
  'expire-sessions': later('Ends every session before the request'),
  deny: later('Answers fault 2, as for a user without the right'),
  'memory-limit': later('Answers as PHP does when it runs out of memory'),
  redirect: later('Redirects to another address'),
  'soap-off': later('Answers 404 without a body, as a new Maho 26.7 does until SOAP is switched on'),
  'rest-off': later('Answers requests to the REST API as a new Maho 26.7 does until it is switched on'),
  'soap-missing': later('Answers every call with 500 without a body, as Maho 26.7 does without laminas-soap'),
  'port-lost': later('Leaves the port out of its address, as Maho 26.7 does, and cannot read its own WSDL'),
  'two-lengths': later('Sends two different lengths over V2 and WS-I, as Maho 26.7 does behind some web servers'),
  maintenance: later('Answers with the maintenance page'),
};

const SLOW_MS = 2000;

/** Asks which faults the demo store is to simulate. `undefined` when it was dismissed. */
export async function askForFaults(current: DemoFaults): Promise<DemoFaults | undefined> {
  const items = Object.entries(kinds).map(([label, detail]) => ({ label, detail: said(detail), picked: label in current }));
  const chosen = await pickSeveral(items, {
    title: t('Faults of the Demo Store'),
    placeHolder: t('Select faults for every request, or none to stop them'),
  });
  if (chosen === undefined) return undefined;
  return Object.fromEntries(chosen.map(({ label }) => [label, label === 'slow' ? SLOW_MS : true]));
}
