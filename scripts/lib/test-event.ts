import * as z from 'zod/mini';

/**
 * What one test (or one check such as a lint run) came to. Reporters write these as JSON lines; `npm test` counts them.
 * `file` and `ms` tell where a test stands and how long it took, where that is known.
 */
export const testEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed'), name: z.string(), file: z.optional(z.string()), ms: z.optional(z.number()) }),
  z.object({ kind: z.literal('failed'), name: z.string(), message: z.string() }),
  z.object({ kind: z.literal('skipped'), name: z.string(), reason: z.string() }),
]);

export type TestEvent = z.infer<typeof testEvent>;

/** Reads a report that a test process wrote. An unfinished last line, left by a process that was killed, is left out. */
export function parseReport(text: string): TestEvent[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => testEvent.parse(JSON.parse(line)));
}
