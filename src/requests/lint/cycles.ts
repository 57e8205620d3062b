import type { Diagnostic, RequestFile } from '../file/model';
import { referencesIn } from '../variables/template';
import { t } from '../../l10n/texts';

/** A cycle of at most so many variables is shown in full; for a larger one only the number is. */
const MAX_SHOWN_VARIABLES = 20;

/** Finds variables that depend on themselves, directly or through others. Takes time linear in the size of the file. */
export function checkCycles(file: RequestFile, environment: ReadonlySet<string>): readonly Diagnostic[] {
  const variables = new Map(
    file.variables.filter(({ name }) => !environment.has(name)).map((variable) => [variable.name, variable] as const),
  );
  const uses = new Map([...variables].map(([name, { value }]) => [name, usedIn(referencesIn(value), variables)] as const));
  const circleOf = circles(uses);
  return [...variables.values()].flatMap(({ name, range }): readonly Diagnostic[] => {
    const circle = circleOf.get(name);
    if (circle === undefined) return [];
    const message =
      circle.size > MAX_SHOWN_VARIABLES
        ? t('The variable "{name}" contains itself, through {count} others.', { name, count: circle.size - 1 })
        : t('The variable "{name}" contains itself: {way}.', { name, way: wayBack(name, uses, circle).join(' -> ') });
    return [{ code: 'variable-cycle', message, severity: 'error', range, fixes: [] }];
  });
}

function usedIn(references: ReturnType<typeof referencesIn>, variables: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  return new Set(
    references.flatMap((reference) =>
      (reference.kind === 'variable' || reference.kind === 'row') && variables.has(reference.name) ? [reference.name] : [],
    ),
  );
}

type Uses = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * For each variable in a cycle, all variables of that cycle. These are the strongly connected components, found with Tarjan's algorithm. It
 * uses an explicit stack, since a chain of variables may be longer than the call stack allows.
 */
function circles(uses: Uses): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, ReadonlySet<string>>();
  const order = new Map<string, number>();
  const lowest = new Map<string, number>();
  const path: string[] = [];
  const onPath = new Set<string>();
  const open: { readonly name: string; readonly rest: Iterator<string> }[] = [];
  const enter = (name: string): void => {
    order.set(name, order.size);
    lowest.set(name, order.size - 1);
    path.push(name);
    onPath.add(name);
    open.push({ name, rest: (uses.get(name) ?? new Set<string>()).values() });
  };
  const lower = (name: string, to: number | undefined): void =>
    void lowest.set(name, Math.min(lowest.get(name) ?? 0, to ?? Number.POSITIVE_INFINITY));
  for (const start of uses.keys()) {
    if (order.has(start)) continue;
    enter(start);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const next = top.rest.next();
      if (next.done !== true) {
        if (!order.has(next.value)) enter(next.value);
        else if (onPath.has(next.value)) lower(top.name, order.get(next.value));
        continue;
      }
      open.pop();
      const above = open.at(-1);
      if (above !== undefined) lower(above.name, lowest.get(top.name));
      if (lowest.get(top.name) !== order.get(top.name)) continue;
      const circle = new Set(path.splice(path.lastIndexOf(top.name)));
      for (const name of circle) onPath.delete(name);
      if (circle.size > 1 || uses.get(top.name)?.has(top.name) === true) for (const name of circle) found.set(name, circle);
    }
  }
  return found;
}

/** The shortest path from a variable back to itself, within its cycle. */
function wayBack(name: string, uses: Uses, circle: ReadonlySet<string>): readonly string[] {
  const seen = new Set<string>();
  const open: string[][] = [[name]];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const next of uses.get(path.at(-1) ?? '') ?? []) {
      if (next === name) return [...path, name];
      if (seen.has(next) || !circle.has(next)) continue;
      seen.add(next);
      open.push([...path, next]);
    }
  }
  return [name];
}
