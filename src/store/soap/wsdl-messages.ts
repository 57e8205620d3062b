import * as z from 'zod/mini';
import { serviceDescription } from '../../soap/wsdl/description';

/** The input of the thread that reads a WSDL. */
export const readerInput = z.object({
  wsdl: z.instanceof(Uint8Array),
  /** SHA-256 of the WSDL, in hex. */
  hash: z.string(),
  /** The texts of a language other than English, since a thread does not share the texts of this one. */
  texts: z.optional(z.object({ language: z.string(), bundle: z.record(z.string(), z.string()) })),
});

/** The thread sends this message once it is loaded, right before it reads. */
export const READER_BEGINS = 'begins';

/** The last message of the thread: the description, or the words of an error. */
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
