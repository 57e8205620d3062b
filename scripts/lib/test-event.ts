import * as z from 'zod/mini';

/**
 * The result of one test, or of a check such as a lint run. Reporters write results as JSON lines; `npm test` counts them. `file` and `ms`
 * are the test's file and duration, where they are known.
 */
export const testEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed'), name: z.string(), file: z.optional(z.string()), ms: z.optional(z.number()) }),
  z.object({ kind: z.literal('failed'), name: z.string(), message: z.string() }),
  z.object({ kind: z.literal('skipped'), name: z.string(), reason: z.string() }),
]);

export type TestEvent = z.infer<typeof testEvent>;

/** Reads the report of a test process. An incomplete last line, left by a process that was killed, is ignored. */
export function parseReport(text: string): TestEvent[] {
  return text
    .split('\n')
    .slice(0, -1)
    .map((line) => testEvent.parse(JSON.parse(line)));
}
