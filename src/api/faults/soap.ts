import type { FaultEntry } from './entry';
import { apiFaults } from './numbered';
import { phpFaults } from './php';
import { restRequestFaults } from './rest-requests';

/**
 * Every fault seen on real stores. The first entry that fits wins.
 * A test holds it to the recordings: none may come out unknown.
 */
export const soapFaults: readonly FaultEntry[] = [...restRequestFaults, ...apiFaults, ...phpFaults];
