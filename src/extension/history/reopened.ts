import { formatNumber, t } from '../../l10n/texts';
import { findMethod } from '../../api/catalogue';
import { dateAndTime } from '../../pages/formats';
import { FaultError, ToolkitError, type Fault } from '../../api/errors';
import { explainFault } from '../../api/faults/faults';
import { rightOver } from '../../api/rest-limits';
import type { SoapValue } from '../../api/value';
import { defaultHistoryLimits, type HistoryEntry } from '../../requests';
import { decodeResponse, type Decoded } from '../../soap/decoding/decode';
import { DecodeError } from '../../soap/xml/errors';
import { Exchange } from '../../store/wire/exchange';
import type { CallOutcome } from '../calls/outcome';
import { trapsOf } from './watched-traps';

/**
 * The outcome of an exchange of the history, decoded again from the kept messages. Secrets stay masked. Of a long response, only the first
 * rows are there.
 */
export function reopenedOutcome(entry: HistoryEntry, of: Pick<CallOutcome, 'title' | 'call' | 'store'>): CallOutcome {
  const cut = entry.response.length >= defaultHistoryLimits.part;
  const rows: SoapValue[] = [];
  const decoded = entry.outcome === 'error' ? undefined : decode(entry.response, cut ? (row) => rows.push(row) : undefined);
  const value = entry.value ?? (cut ? (rows.length > 0 ? rows : undefined) : decoded?.kind === 'result' ? decoded.value : undefined);
  const notes = [
    t('As it was on {date}, from the history. Secrets are masked.', { date: dateAndTime(entry.at) }),
    ...(entry.outcome === 'result' && entry.value === undefined && cut
      ? [
          t('The history keeps the first {part} characters of a response. The rest is not shown.', {
            part: formatNumber(defaultHistoryLimits.part),
          }),
        ]
      : []),
    ...(entry.watched === true && entry.outcome === 'result'
      ? trapsOf(entry).map(({ message, why }) => t('Trap: {message} {why}', { message, why }))
      : []),
  ];
  return {
    ...of,
    dialect: entry.dialect,
    value: entry.outcome === 'result' ? value : undefined,
    error: errorOf(entry, decoded),
    exchange: exchangeOf(entry),
    notes,
  };
}

/** Decodes a kept response. `undefined` if it is not readable SOAP or was cut off. */
function decode(xml: string, onRow: ((row: SoapValue) => void) | undefined): Decoded | undefined {
  try {
    return decodeResponse(new TextEncoder().encode(xml), { charset: 'utf-8', onRow });
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

function errorOf({ outcome, problem, method, refused, dialect }: HistoryEntry, decoded: Decoded | undefined): ToolkitError | undefined {
  switch (outcome) {
    case 'result':
      return undefined;
    case 'fault': {
      const fault: Fault = decoded?.kind === 'fault' ? decoded.fault : faultOf(problem ?? '');
      const { what, why, next, topic } = explainFault(fault, {
        phase: 'call',
        method,
        right: rightOver(dialect, method, findMethod(method)?.right),
      });
      return new FaultError(fault, { what, why, next, topic });
    }
    case 'error':
      if (refused === true)
        return new ToolkitError('policy', {
          code: 'not-passed-on',
          what: problem ?? t('The call was not sent to the store.'),
          next: t('Allow writes when you start watching if the program may change this store.'),
        });
      return new ToolkitError('transport', {
        code: 'history',
        what: problem ?? t('No response was received.'),
        next: t('Run it again. The log may have details about the first run.'),
      });
  }
}

/** The fault in a text such as `102: Customer does not exist.` */
function faultOf(problem: string): Fault {
  const [, code = '', message = problem] = /^([^:]*): ([^]*)$/.exec(problem) ?? [];
  return { code, message };
}

function exchangeOf(entry: HistoryEntry): Exchange {
  const {
    store,
    dialect,
    method,
    args,
    raw,
    verb = 'POST',
    at,
    ms,
    bytes,
    request,
    response,
    outcome,
    problem,
    status = 200,
    statusText = '',
  } = entry;
  const body = (text: string): Uint8Array => new TextEncoder().encode(text);
  return new Exchange({
    store,
    dialect,
    method,
    args,
    raw,
    startedAt: at,
    request: { method: verb, url: '', headers: [], body: body(request) },
    response:
      bytes === 0 && response === ''
        ? undefined
        : { status, statusText, httpVersion: '', headers: [], body: body(response), bytes, wireBytes: bytes, charset: 'utf-8' },
    timings: { total: ms },
    outcome:
      outcome === 'result'
        ? { kind: 'result', rows: 0 }
        : outcome === 'fault'
          ? { kind: 'fault', fault: faultOf(problem ?? '') }
          : { kind: 'error', code: 'history', what: problem ?? '' },
    junk: [],
    secrets: [],
  });
}
