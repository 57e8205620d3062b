import type { ToolkitError } from '../../api/errors';
import { FaultError } from '../../api/errors';
import type { SoapValue } from '../../api/value';
import { maskResult, maskValue, type Exchange, type Headers } from '../../store';
import { plural } from '../../l10n/texts';
import { excerpt } from '../expect/excerpt';
import { shownLines, shownText } from '../expect/shown';
import type { RequestRun, RunStatus, ShownExchange } from './model';

/** The most values of an answer that are shown, and characters of each text in it. */
const ANSWER_LIMITS = { values: 200, chars: 300 };

/** Longest body of an exchange that is shown, in characters. */
const MAX_BODY_CHARS = 8000;

/** The parts of a request's run that decide what reports show. */
interface ReportedParts {
  readonly method: string | undefined;
  readonly status: RunStatus;
  readonly value: SoapValue | undefined;
  readonly part: RequestRun['part'];
  readonly error: ToolkitError | undefined;
  readonly exchange: Exchange | undefined;
  readonly mismatches: RequestRun['mismatches'];
}

/**
 * The beginning of the answer to a request that did not pass, line by line, masked. `undefined` when the request passed, or when its error
 * says as much. The size is limited, so that the reports of any run fit into memory.
 */
export function answerOf({
  method,
  status,
  value: whole,
  part,
  error,
  exchange,
  mismatches,
}: ReportedParts): readonly string[] | undefined {
  if (status !== 'failed' && status !== 'error' && part === undefined) return undefined;
  const value = whole ?? part?.list;
  if (mismatches.length > 0 && mismatches.every(({ path }) => path === 'time')) return undefined;
  if (value !== undefined) {
    const beginning = excerpt(value, ANSWER_LIMITS);
    const masked = method === undefined ? maskValue(beginning) : maskResult(method, beginning);
    // Masks secrets without a telling name, such as the session, which a store may quote.
    return shownLines(masked).map((line) => exchange?.mask(line) ?? line);
  }
  if (error instanceof FaultError || exchange === undefined) return undefined;
  const text = exchange.beginning('response', MAX_BODY_CHARS)?.trim();
  return text === undefined || text === '' ? undefined : shownText(text);
}

/** The exchange as text, masked and bounded. */
export function shownExchange(exchange: Exchange): ShownExchange {
  const { request, response } = exchange.reveal();
  const status =
    response === undefined ? '' : exchange.mask(`HTTP/${response.httpVersion} ${response.status} ${response.statusText}`.trimEnd());
  return {
    request: written(`${request.method} ${exchange.url}`, exchange.requestHeaders, body(exchange, 'request', request.body.length)),
    response:
      response === undefined ? undefined : written(status, exchange.responseHeaders ?? [], body(exchange, 'response', response.bytes)),
  };
}

function written(first: string, headers: Headers, text: string): string {
  return [first, ...headers.map(([name, value]) => `${name}: ${value}`), '', text].join('\n');
}

/** @param bytes size of the whole body */
function body(exchange: Exchange, part: 'request' | 'response', bytes: number): string {
  const text = exchange.beginning(part, MAX_BODY_CHARS) ?? '';
  return bytes <= MAX_BODY_CHARS ? text : `${text}\n… ${plural(bytes, '{count} byte in total', '{count} bytes in total')}`;
}
