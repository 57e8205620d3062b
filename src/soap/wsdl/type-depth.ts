import type { DescribedType } from '../../api/described-types';
import type { ServiceDescription } from './description';

/**
 * The greatest number of types inside each other, on any path through them. Code that walks the types of a store must not overflow the
 * stack. The result is never less than the longest path. It may be more if types contain themselves.
 */
export function typeDepth(types: ServiceDescription['types']): number {
  const inner = new Map(
    Object.entries(types).map(
      ([name, type]) => [name, [...new Set(namesIn(type))].filter((other) => Object.hasOwn(types, other))] as const,
    ),
  );
  const outer = new Map<string, string[]>([...inner.keys()].map((name) => [name, []]));
  for (const [name, names] of inner) for (const other of names) outer.get(other)?.push(name);
  // First the types that contain no others, then those that contain only these, and so on. Then the same from outside. Cycles remain.
  const left = new Set(inner.keys());
  return layers(left, inner, outer) + layers(left, outer, inner) + left.size;
}

/** Removes, layer by layer, the types of which no `before` type is left. Returns the number of layers. */
function layers(left: Set<string>, before: ReadonlyMap<string, readonly string[]>, after: ReadonlyMap<string, readonly string[]>): number {
  const open = new Map([...left].map((name) => [name, (before.get(name) ?? []).filter((other) => left.has(other)).length]));
  let layer = [...left].filter((name) => open.get(name) === 0);
  let count = 0;
  for (; layer.length > 0; count++) {
    const next: string[] = [];
    for (const name of layer) left.delete(name);
    for (const name of layer) {
      for (const other of after.get(name) ?? []) {
        const rest = (open.get(other) ?? 0) - 1;
        open.set(other, rest);
        if (rest === 0) next.push(other);
      }
    }
    layer = next;
  }
  return count;
}

function namesIn(type: DescribedType): readonly string[] {
  return type.kind === 'list' ? [type.of] : type.fields.map(({ type: name }) => name);
}
