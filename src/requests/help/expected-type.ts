import type { WireType } from '../../api/types';

/** A part of an expected result: a value of a type, or the list of `$oneOf`, whose items are of that type. */
export interface ExpectedPart {
  readonly kind: 'expected' | 'choices';
  readonly type: WireType;
}

/** The part one step further: inside a matcher, an item of a list, or a field. `undefined` when its type is not known. */
export function expectedWithin({ kind, type }: ExpectedPart, step: string | number): ExpectedPart | undefined {
  if (kind === 'choices') return typeof step === 'number' ? { kind: 'expected', type } : undefined;
  if (typeof step === 'number') return itemOf(type);
  switch (step) {
    case '$partial':
    case '$not':
    case '$absentOr':
      return { kind: 'expected', type };
    case '$oneOf':
      return { kind: 'choices', type };
    case '$contains':
    case '$each':
      return itemOf(type);
    default: {
      const field = type.kind === 'entity' ? type.fields.find(({ name }) => name === step) : undefined;
      return field === undefined ? undefined : { kind: 'expected', type: field.type };
    }
  }
}

function itemOf(type: WireType): ExpectedPart | undefined {
  return type.kind === 'list' ? { kind: 'expected', type: type.of } : undefined;
}
