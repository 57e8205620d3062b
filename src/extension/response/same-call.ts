import { dialectLabels, isSoap, type Dialect, type SoapDialect } from '../../api/dialect';
import type { ComparisonState } from '../../pages/response-messages';
import { knownResources } from '../../api/resources';
import { ToolkitError } from '../../api/errors';
import { unreachableOverRest } from '../../api/rest-limits';
import { isRecord } from '../../api/value';
import { MASK, maskRecord, maskResult, maskXml } from '../../store/masking/mask';
import { taskOf } from '../../store/soap/tasks';
import { later, translated, t } from '../../l10n/texts';
import { cellOf } from '../grid/cells';
import { compareAttributes } from './attribute-comparison';
import type { Call, CallOutcome } from '../calls/outcome';
import type { Store } from '../stores/store';

/**
 * The envelope of a call in another dialect, secrets masked. The call itself is not sent. The WSDL of the store is read if it is not known
 * yet.
 * @throws {ToolkitError} of kind `input` when the dialect cannot express the call
 */
export async function envelopeOver(dialect: SoapDialect, { method, args }: Call, store: Store): Promise<string> {
  const { client } = await store.wanted();
  const endpoint = await client.wsdl(store.signal);
  const task = taskOf(method, args ?? {}, async () => await client.service(store.signal));
  return maskXml(await task.encode({ ...endpoint, summary: { ...endpoint.summary, dialect } }, MASK));
}

/** `created_at` does not have the same time zone everywhere (wire v1/12, v1/60 and rest/027, rest/086 of Maho 26.7). */
const CREATED_AT = later(
  "created_at is UTC in a list and the store's local time for one customer, over SOAP and over REST, without an offset.",
);

/**
 * The request of a call in another dialect, secrets masked: its envelope, or its request to REST.
 * @throws {ToolkitError} of kind `input` when the dialect cannot express the call
 */
export async function requestOver(dialect: Dialect, call: Call, store: Store): Promise<string> {
  return isSoap(dialect) ? await envelopeOver(dialect, call, store) : await restRequestOf(call);
}

async function restRequestOf({ method, args }: Call): Promise<string> {
  const [{ readyCall }, { translate }] = await Promise.all([import('../../requests'), import('../../rest-equivalent')]);
  const ready = readyCall(method, args);
  const request = translate({ method: ready.method, args: isRecord(ready.args) ? ready.args : {} })?.request;
  if (request === undefined) {
    throw new ToolkitError('input', {
      code: 'rest-unsaid',
      what: t('{method} cannot be sent over REST.', { method }),
      why: unreachableOverRest(ready.method),
      next: t('Show REST Equivalent explains what replaces it.'),
    });
  }
  const query = new URLSearchParams(request.query.map(([name, value]): [string, string] => [name, value])).toString();
  const body = request.body === undefined ? [] : ['', JSON.stringify(maskRecord(request.body), undefined, 2)];
  return [`${request.http} /api/rest/v2${request.path}${query === '' ? '' : `?${query}`}`, ...body, ''].join('\n');
}

/** The differences between responses over several dialects, attribute by attribute. A call that failed is reported in a note. */
export function compareAnswers(base: CallOutcome, others: readonly CallOutcome[]): ComparisonState {
  const { method } = base.call;
  const all = [base, ...others];
  const answers = all.flatMap((outcome) =>
    outcome.value === undefined || outcome.error !== undefined
      ? []
      : [{ dialect: nameOf(outcome), value: maskResult(method, outcome.value) }],
  );
  const failed = all.flatMap((outcome) => (outcome.error === undefined ? [] : [`${nameOf(outcome)}: ${whyFailed(outcome.error)}`]));
  const names = answers.map(({ dialect }) => dialect);
  if (answers.length < 2) return { dialects: names, notes: [...failed, t('There are no two responses to compare.')], attributes: [] };
  const { attributes, notes } = compareAttributes(answers);
  const titles = new Map(knownResources.resourceOf(method)?.entity.fields.map(({ name, title }) => [name, title]));
  return {
    dialects: names,
    notes: [
      ...failed,
      ...(attributes.length === 0 && notes.length === 0 ? [t('{dialects} return the same.', { dialects: names.join(', ') })] : notes),
      ...(all.some(({ dialect }) => dialect !== undefined && !isSoap(dialect)) && isOfCustomers(method) ? [translated(CREATED_AT)] : []),
    ],
    attributes: attributes.map(({ attribute, words, values }) => ({
      code: attribute,
      title: translated(titles.get(attribute) ?? attribute),
      words,
      values: values.map((value) => cellOf(value, attribute)),
    })),
  };
}

function isOfCustomers(method: string): boolean {
  return ['customer.list', 'customer.info'].includes(knownResources.find(method)?.id ?? method);
}

function nameOf({ dialect }: CallOutcome): string {
  return dialect === undefined ? t('none') : dialectLabels[dialect];
}

function whyFailed({ words: { what, said: quote } }: ToolkitError): string {
  return quote === undefined ? what : `${what} ${t('The store said: {said}', { said: quote })}`;
}
