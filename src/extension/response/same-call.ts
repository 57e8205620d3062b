import { dialectLabels, type SoapDialect } from '../../api/dialect';
import type { ComparisonState } from '../../pages/response-messages';
import { knownResources } from '../../api/resources';
import type { ToolkitError } from '../../api/errors';
import { MASK, maskResult, maskXml } from '../../store/masking/mask';
import { taskOf } from '../../store/soap/tasks';
import { cellOf } from '../grid/cells';
import { compareAttributes } from './attribute-comparison';
import type { Call, CallOutcome } from '../calls/outcome';
import type { Store } from '../stores/store';

/**
 * The envelope of a call in another dialect, secrets masked. Nothing is sent for it, apart from the store's WSDL when it
 * was not read yet.
 * @throws {ToolkitError} of kind `input` when the dialect cannot express the call
 */
export async function envelopeOver(dialect: SoapDialect, { method, args }: Call, store: Store): Promise<string> {
  const { client } = await store.wanted();
  const endpoint = await client.wsdl(store.signal);
  const task = taskOf(method, args ?? {}, async () => await client.service(store.signal));
  return maskXml(await task.encode({ ...endpoint, summary: { ...endpoint.summary, dialect } }, MASK));
}

/** How answers over other dialects differ from one, attribute by attribute. What failed is told instead. */
export function compareAnswers(base: CallOutcome, others: readonly CallOutcome[]): ComparisonState {
  const { method } = base.call;
  const all = [base, ...others];
  const answers = all.flatMap((outcome) =>
    outcome.value === undefined || outcome.error !== undefined
      ? []
      : [{ dialect: nameOf(outcome), value: maskResult(method, outcome.value) }],
  );
  const failed = all.flatMap((outcome) => (outcome.error === undefined ? [] : [`${nameOf(outcome)}: ${whyFailed(outcome.error)}`]));
  const dialects = answers.map(({ dialect }) => dialect);
  if (answers.length < 2) return { dialects, notes: [...failed, 'There are no two answers to compare.'], attributes: [] };
  const { attributes, notes } = compareAttributes(answers);
  const titles = new Map(knownResources.resourceOf(method)?.entity.fields.map(({ name, title }) => [name, title]));
  return {
    dialects,
    notes: [...failed, ...(attributes.length === 0 && notes.length === 0 ? [`${dialects.join(', ')} answer the same.`] : notes)],
    attributes: attributes.map(({ attribute, words, values }) => ({
      code: attribute,
      title: titles.get(attribute) ?? attribute,
      words,
      values: values.map((value) => cellOf(value, attribute)),
    })),
  };
}

function nameOf({ dialect }: CallOutcome): string {
  return dialect === undefined ? 'none' : dialectLabels[dialect];
}

function whyFailed({ words: { what, said } }: ToolkitError): string {
  return `${what}${said === undefined ? '' : ` The store said: ${said}`}`;
}
