import type { MethodsDifference } from '../../api/store-methods/difference';
import type { StoreMethod, StoreMethods } from '../../api/store-methods/store-methods';
import { count, markdownText } from '../text';

/** A store with its methods. */
export interface ComparedStore {
  readonly name: string;
  readonly methods: StoreMethods;
}

/** What two stores do not have in common, as Markdown: in one line first, then method by method. */
export function differenceText(
  first: ComparedStore,
  second: ComparedStore,
  { onlyFirst, onlySecond, otherArguments }: MethodsDifference,
): string {
  const [a, b] = [markdownText(first.name), markdownText(second.name)];
  const changed = otherArguments.length === 0 ? '' : `; other arguments: ${count(otherArguments.length)}`;
  const common = first.methods.methods.length - onlyFirst.length;
  return [
    `# Methods of ${a} and ${b}`,
    `only ${a}: ${count(onlyFirst.length)}; only ${b}: ${count(onlySecond.length)}${changed}; in both: ${count(common)}`,
    ...part(`Only ${a}`, onlyFirst),
    ...part(`Only ${b}`, onlySecond),
    ...part(
      'Other arguments',
      otherArguments.map(({ first: method }) => method),
      otherArguments.map(({ first: one, second: other }) => ` ${argumentsOf(one)} in ${a}, ${argumentsOf(other)} in ${b}`),
    ),
  ].join('\n\n');
}

function part(heading: string, methods: readonly StoreMethod[], more: readonly string[] = []): readonly string[] {
  if (methods.length === 0) return [];
  const lines = methods.map(
    ({ id, title }, index) => `- ${markdownText(id)}${title === undefined ? '' : `: ${markdownText(title)}`}${more[index] ?? ''}`,
  );
  return [`## ${heading}`, lines.join('\n')];
}

function argumentsOf({ args = [] }: StoreMethod): string {
  return `(${args.map(({ name }) => markdownText(name)).join(', ')})`;
}
