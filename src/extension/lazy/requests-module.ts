import type * as requests from '../../requests';

let loaded: Promise<typeof requests> | undefined;

/** The module for request files. It contains the rules and schemas of the whole API, so it is loaded on first use. */
export async function requestsModule(): Promise<typeof requests> {
  return await (loaded ??= import('../../requests'));
}
