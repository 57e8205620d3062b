import * as z from 'zod/mini';
import { dialects } from '../../api/dialect';
import { products } from '../../api/store-methods/product-names';
import type { SoapValue } from '../../api/value';
import { awaited, expectation, time } from '../expect/schema';
import { later } from '../../l10n/texts';

const anyValue = z.custom<SoapValue>(() => true);

/** One request of a file. */
export const requestSchema = z
  .strictObject({
    name: z.string().check(z.trim(), z.minLength(1)),
    description: z.optional(z.string()),
    /** Path, operation, or `multiCall`. A request has a method or an envelope. */
    method: z.optional(z.string().check(z.minLength(1))),
    /** Arguments by documented name, in order, or one bare value. */
    args: z.optional(anyValue),
    /**
     * A raw envelope, as one text or as its lines. `{{$session}}` is replaced with the session, `{{$namespace}}` with the store's
     * namespace.
     */
    envelope: z.optional(z.union([z.string(), z.array(z.string())])),
    dialect: z.optional(z.enum(dialects)),
    expect: z.optional(expectation),
    /** The request runs once for each row of this list, of a CSV or JSON file, or of the value of a placeholder. */
    each: z.optional(z.union([z.string().check(z.minLength(1)), z.array(anyValue)])),
    /** Tags by which a run can choose requests. */
    tags: z.optional(z.array(z.string().check(z.regex(/\S/, later('{what} must not be blank.'))))),
    /** Time to wait before it is sent. */
    delay: z.optional(time),
    /** The request is repeated until this outcome. */
    until: z.optional(awaited),
  })
  .check(
    z.check((payload) => {
      const { method, envelope, args } = payload.value;
      const tell = (message: string, path: readonly string[] = []): void =>
        void payload.issues.push({ code: 'custom', message, path: [...path], input: payload.value, continue: true });
      if (method === undefined && envelope === undefined) tell(later('{what} needs a method or an envelope.'));
      if (method !== undefined && envelope !== undefined) tell(later('{what} cannot be used together with a method.'), ['envelope']);
      if (envelope !== undefined && args !== undefined) tell(later('{what} cannot be used together with an envelope.'), ['args']);
    }),
  );

/** The file around the requests. Each request is checked with {@link requestSchema}. */
export const fileSchema = z.strictObject({
  $schema: z.optional(z.string()),
  /** The store of the requests. */
  store: z.optional(z.string().check(z.minLength(1))),
  /** Dialect of the requests that name none themselves. */
  dialect: z.optional(z.enum(dialects)),
  /** Product whose methods are known in the file until those of its store are read. */
  product: z.optional(z.enum(products)),
  variables: z.optional(z.record(z.string(), anyValue)),
  /** Request files of the same repository whose variables and requests belong to this file. */
  include: z.optional(z.union([z.string().check(z.minLength(1)), z.array(z.string().check(z.minLength(1))).check(z.minLength(1))])),
  /** Requests that run before all others. */
  before: z.optional(z.array(anyValue)),
  requests: z.array(anyValue),
  /** Requests that run after all others, even if others failed. */
  after: z.optional(z.array(anyValue)),
});
