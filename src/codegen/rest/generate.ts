import { resolveRestCall, type RestCodeCall } from './call';
import { curlRestProgram } from './curl';
import { phpRestProgram } from './php';
import { tsRestProgram } from './typescript';

/** Languages of generated programs for REST. */
export const restCodeTargets = ['php', 'typescript', 'curl'] as const;

/** See {@link restCodeTargets}. */
export type RestCodeTarget = (typeof restCodeTargets)[number];

const programs = { php: phpRestProgram, typescript: tsRestProgram, curl: curlRestProgram } as const;

/**
 * A whole program for a request over REST v2. It gets a token with the API user and key, sends the request (for a list, all pages), prints
 * the result as JSON and logs out. It reads the key from the environment (`MAHO_SOAP_KEY`), and also secret attributes.
 * @throws {ToolkitError} of kind `input` for an invalid address or path, and for values that cannot be written
 */
export function generateRestCode(call: RestCodeCall, target: RestCodeTarget): string {
  return programs[target](resolveRestCall(call));
}
