import { isWrite } from '../../api/access';
import { dialectLabels, dialects, isSoap, type Dialect } from '../../api/dialect';
import { knownResources } from '../../api/resources';
import { unreachableOverRest } from '../../api/rest-limits';
import { isRestRequest } from '../../api/rest-request';
import { plural, t } from '../../l10n/texts';
import { listed } from '../../api/traps/report';
import type { CallOutcome } from '../calls/outcome';

/** The facts about a call that is to be compared. */
type Compared = Pick<CallOutcome, 'call' | 'dialect'>;

/**
 * The other dialects that a call can be made in: those of SOAP, and REST if the store has it and there is an equivalent of the method.
 * Empty for a request to REST, whose paths SOAP does not have.
 */
export function otherDialects({ call, dialect }: Compared, hasRest: boolean): readonly Dialect[] {
  if (isRestRequest(call.method)) return [];
  const id = knownResources.find(call.method)?.id ?? call.method;
  const rest = hasRest && unreachableOverRest(id) === undefined;
  return dialects.filter((other) => other !== dialect && (isSoap(other) || rest));
}

/** A way to compare a call. Without a dialect, compares its responses over all dialects. */
export interface ComparisonChoice {
  readonly label: string;
  readonly description: string;
  readonly dialect: Dialect | undefined;
}

/** The ways to compare a call: its requests, for which nothing is sent, and also its responses if it only reads. */
export function comparisonChoices({ call, dialect }: Compared, others: readonly Dialect[]): readonly ComparisonChoice[] {
  const own = dialect === undefined ? t('no dialect') : dialectLabels[dialect];
  const requests = others.map((other): ComparisonChoice => ({
    label: `$(diff) ${t('Requests in {dialect} and {other}', { dialect: own, other: dialectLabels[other] })}`,
    description: t('nothing is sent'),
    dialect: other,
  }));
  if (isWrite(call.method)) return requests;
  const all = dialects.filter((each) => each === dialect || others.includes(each)).map((each) => dialectLabels[each]);
  const label = `$(arrow-swap) ${t('Responses over {dialects}', { dialects: listed(all) })}`;
  const description = plural(
    others.length,
    'runs the call again over the other dialect',
    'runs the call again over the {count} other dialects',
  );
  return [...requests, { label, description, dialect: undefined }];
}
