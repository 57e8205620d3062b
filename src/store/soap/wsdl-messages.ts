import * as z from 'zod/mini';
import { serviceDescription } from '../../soap/wsdl/description';

/** What the thread that reads a WSDL is given. */
export const readerInput = z.object({
  wsdl: z.instanceof(Uint8Array),
  /** SHA-256 of the WSDL, in hex. */
  hash: z.string(),
  /** What people read in another language than English, since a thread has none of what this one speaks. */
  texts: z.optional(z.object({ language: z.string(), bundle: z.record(z.string(), z.string()) })),
});

/** What it says once it is loaded, right before it reads. */
export const READER_BEGINS = 'begins';

/** What it says in the end: what came of it, an error in its words. */
export const readerAnswer = z.union([
  z.object({ description: serviceDescription }),
  z.object({
    error: z.object({
      code: z.string(),
      what: z.string(),
      why: z.optional(z.string()),
      next: z.optional(z.string()),
      said: z.optional(z.string()),
    }),
  }),
]);

export type ReaderAnswer = z.infer<typeof readerAnswer>;
