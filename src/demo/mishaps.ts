import { ToolkitError } from '../api/errors';
import { faultKinds, type DemoFaults, type FaultKind } from './options';

/** Longest delay, in milliseconds. */
const MAX_WAIT_MS = 600_000;

/**
 * Reads faults as people write them: `slow=2s, notice`. A delay is in seconds or milliseconds (`2s`, `300ms`, `2`).
 * @throws {ToolkitError} of kind `input` for a fault that does not exist
 */
export function parseFaults(text: string): DemoFaults {
  const faults: { -readonly [K in keyof DemoFaults]: DemoFaults[K] } = {};
  for (const part of text
    .split(',')
    .map((piece) => piece.trim())
    .filter((piece) => piece !== '')) {
    const [name = '', value] = part.split('=', 2);
    if (!isFaultKind(name)) throw unknownFault(part);
    if (name === 'slow') faults.slow = wait(value ?? '2s', part);
    else if (value === undefined) faults[name] = true;
    else throw unknownFault(part);
  }
  return faults;
}

/**
 * Validates faults that a program gave.
 * @throws {ToolkitError} of kind `input` for an unknown fault or a value that it cannot have
 */
export function checkedFaults(given: DemoFaults | Readonly<Record<string, unknown>>): DemoFaults {
  const faults: { -readonly [K in keyof DemoFaults]: DemoFaults[K] } = {};
  for (const [name, value] of Object.entries(given)) {
    if (!isFaultKind(name)) throw unknownFault(name);
    if (value === undefined) continue;
    if (name === 'slow' && typeof value === 'number' && value >= 0 && value <= MAX_WAIT_MS) faults.slow = value;
    else if (name !== 'slow' && typeof value === 'boolean') faults[name] = value;
    else throw unknownFault(`${name}=${JSON.stringify(value)}`);
  }
  return faults;
}

function isFaultKind(name: string): name is FaultKind {
  return faultKinds.some((kind) => kind === name);
}

function wait(value: string, part: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s)?$/.exec(value.trim());
  if (match === null) throw unknownFault(part);
  return Math.min(MAX_WAIT_MS, Math.round(Number(match[1]) * (match[2] === 'ms' ? 1 : 1000)));
}

function unknownFault(part: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'fault-unknown',
    what: `The demo store has no fault "${part.slice(0, 60)}".`,
    next: `Use one of ${faultKinds.map((kind) => (kind === 'slow' ? 'slow=2s' : kind)).join(', ')}. Separate several faults with commas.`,
  });
}
