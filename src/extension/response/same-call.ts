import { dialectLabels, type SoapDialect } from '../../api/dialect';
import type { ComparisonState } from '../../pages/response-messages';
import { compareResults } from '../../requests/history/compare';
import { MASK, maskResult, maskXml } from '../../store/masking/mask';
import { taskOf } from '../../store/soap/tasks';
import { cellOf } from '../grid/cells';
import type { Call, CallOutcome } from '../calls/outcome';
import type { Store } from '../stores/store';

/** Differences that are told for each dialect. */
const MAX_CHANGES = 500;

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

/** How answers over other dialects differ from one. Numbers and their text are the same: V1 does not tell them apart (facts §4). */
export function compareAnswers(base: CallOutcome, others: readonly CallOutcome[]): ComparisonState {
  const { method } = base.call;
  const shown = (outcome: CallOutcome): string => (outcome.dialect === undefined ? 'none' : dialectLabels[outcome.dialect]);
  return {
    base: shown(base),
    answers: others.map((other) => {
      if (other.error !== undefined || base.error !== undefined || other.value === undefined || base.value === undefined) {
        const said = (outcome: CallOutcome): string =>
          outcome.error === undefined
            ? 'answered'
            : `${outcome.error.words.what}${outcome.error.words.said === undefined ? '' : ` The store said: ${outcome.error.words.said}`}`;
        return {
          dialect: shown(other),
          summary: `${shown(base)}: ${said(base)}\n${shown(other)}: ${said(other)}`,
          more: false,
          changes: [],
        };
      }
      const { changes, more } = compareResults(maskResult(method, base.value), maskResult(method, other.value), {
        loose: true,
        most: MAX_CHANGES,
      });
      return {
        dialect: shown(other),
        summary: changes.length === 0 ? `${shown(other)} answers the same as ${shown(base)}.` : '',
        more,
        changes: changes.map(({ path, kind, before, after }) => ({
          path: path === '' ? 'result' : path,
          kind,
          before: cellOf(before),
          after: cellOf(after),
        })),
      };
    }),
  };
}
