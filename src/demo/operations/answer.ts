import type { Method } from '../../api/method';
import type { WireType } from '../../api/types';
import type { SoapValue } from '../../api/value';
import type { SoapDialect } from '../../api/dialect';
import type { Generation } from '../../api/generations';
import type { NaturalValue } from '../../soap/decoding/request';
import type { Attribute, Row } from '../data/attributes';
import type { Shop } from '../data/shop';

/** The result of a method, before it is written in a dialect. Customers have kinds of their own, because lists have thousands of them. */
export type Answer =
  | { readonly kind: 'customers'; readonly rows: readonly Row[]; readonly first: readonly Attribute[] }
  | { readonly kind: 'customer'; readonly row: Row; readonly only: readonly Attribute[] | undefined }
  | { readonly kind: 'value'; readonly value: SoapValue; readonly type: WireType };

/** The context of a method call. */
export interface CallContext {
  readonly shop: Shop;
  readonly generation: Generation;
  readonly dialect: SoapDialect;
}

/** The implementation of a method. Missing arguments are `undefined`, nil ones `null`. */
export type Operation = (context: CallContext, args: readonly (NaturalValue | undefined)[]) => Answer;

/** A method of the catalogue with its implementation. */
export interface DemoMethod {
  readonly method: Method;
  readonly run: Operation;
  /** Name of the store's PHP method, which is part of the store's error messages. */
  readonly php: string;
  /** Number of arguments that PHP requires. */
  readonly required: number;
}
