import type { Method } from '../../api/method';
import type { WireType } from '../../api/types';
import type { SoapValue } from '../../api/value';
import type { SoapDialect } from '../../api/dialect';
import type { Generation } from '../../api/generations';
import type { NaturalValue } from '../../soap/decoding/request';
import type { Attribute, Row } from '../data/attributes';
import type { Shop } from '../data/shop';

/** What a method gives back, before a dialect writes it. Customers have kinds of their own, because they come by the thousand. */
export type Answer =
  | { readonly kind: 'customers'; readonly rows: readonly Row[]; readonly first: readonly Attribute[] }
  | { readonly kind: 'customer'; readonly row: Row; readonly only: readonly Attribute[] | undefined }
  | { readonly kind: 'value'; readonly value: SoapValue; readonly type: WireType };

/** What a method works with. */
export interface CallContext {
  readonly shop: Shop;
  readonly generation: Generation;
  readonly dialect: SoapDialect;
}

/** A method's code. Missing arguments are `undefined`, nil ones `null`. */
export type Operation = (context: CallContext, args: readonly (NaturalValue | undefined)[]) => Answer;

/** A method of the catalogue with the code that carries it out. */
export interface DemoMethod {
  readonly method: Method;
  readonly run: Operation;
  /** PHP method behind it, which the store's own errors name. */
  readonly php: string;
  /** Arguments that PHP insists on. */
  readonly required: number;
}
