import type { FaultEntry } from './entry';
import { apiFaults } from './numbered';
import { phpFaults } from './php';
import { restRequestFaults } from './rest-requests';

/** Every fault observed in real stores. The first matching entry counts. A test checks that every fault in the recordings is known. */
export const soapFaults: readonly FaultEntry[] = [...restRequestFaults, ...apiFaults, ...phpFaults];
