import { resolveRestCall, type RestCodeCall } from './call';
import { curlRestProgram } from './curl';
import { phpRestProgram } from './php';
import { tsRestProgram } from './typescript';

/** Languages that programs for REST are written in. */
export const restCodeTargets = ['php', 'typescript', 'curl'] as const;

/** See {@link restCodeTargets}. */
export type RestCodeTarget = (typeof restCodeTargets)[number];

const programs = { php: phpRestProgram, typescript: tsRestProgram, curl: curlRestProgram } as const;

/**
 * A whole program for a request over REST v2. It asks for a token with the API user and key, sends the request (all pages of a list),
 * prints the result as JSON and logs out. The key comes from the environment (`MAHO_SOAP_KEY`), as do secret attributes.
 * @throws {ToolkitError} of kind `input` for an address or a path that is not one, and for values that cannot be written
 */
export function generateRestCode(call: RestCodeCall, target: RestCodeTarget): string {
  return programs[target](resolveRestCall(call));
}
