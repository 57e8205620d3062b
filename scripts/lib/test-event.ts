import * as z from 'zod/mini';

/**
 * What one test (or one check such as a lint run) came to. Reporters write these as JSON lines; `npm test` counts them.
 * `failedBefore` is why a test failed that passed when its file ran once more.
 */
export const testEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('passed'), name: z.string(), failedBefore: z.optional(z.string()) }),
  z.object({ kind: z.literal('failed'), name: z.string(), message: z.string() }),
  z.object({ kind: z.literal('skipped'), name: z.string(), reason: z.string() }),
]);

export type TestEvent = z.infer<typeof testEvent>;

/** Reads a report that a test process wrote. An unfinished last line, left by a process that was killed, is left out. */
export function parseReport(text: string): TestEvent[] {
  return text.split('\n').slice(0, -1).map((line) => testEvent.parse(JSON.parse(line)));
}
