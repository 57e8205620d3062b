import type { FaultEntry } from './fault-entry';
import { apiFaults } from './faults-api';
import { phpFaults } from './faults-php';

/**
 * Every fault seen on real stores. The first entry that fits wins.
 * A test holds it to the recordings: none may come out unknown.
 */
export const soapFaults: readonly FaultEntry[] = [...apiFaults, ...phpFaults];
