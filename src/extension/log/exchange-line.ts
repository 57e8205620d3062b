import { dialectLabels } from '../../api/dialect';
import type { Exchange } from '../../store/wire/exchange';

/** An exchange in one line: store, call, result, duration. All of it is already masked. */
export function exchangeLine(exchange: Exchange): string {
  const { store, dialect, method, timings, outcome } = exchange;
  // Only status and size are read here, because each access to the body would mask it again.
  const { response } = exchange.reveal();
  const parts = [
    store,
    dialect === undefined ? undefined : dialectLabels[dialect],
    method,
    response === undefined ? undefined : `HTTP ${response.status}`,
    ended(outcome),
    duration(timings.total),
    response === undefined ? undefined : size(response.bytes),
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}

function ended(outcome: Exchange['outcome']): string | undefined {
  switch (outcome.kind) {
    case 'result':
      return outcome.rows > 0 ? `${outcome.rows} rows` : undefined;
    case 'fault':
      // oxlint-disable-next-line house/spoken-texts -- A line of the log, which stays English.
      return `fault ${outcome.fault.code}: ${withoutFullStop(outcome.fault.message)}`;
    case 'error':
      return `${outcome.code}: ${withoutFullStop(outcome.what)}`;
  }
}

/** A sentence as a part of the line, which more parts follow. */
function withoutFullStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}

function duration(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`;
}

function size(bytes: number): string {
  return bytes < 1000 ? `${bytes} B` : bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
