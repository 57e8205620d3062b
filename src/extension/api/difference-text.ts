import { translated, t } from '../../l10n/texts';
import type { MethodsDifference } from '../../api/store-methods/difference';
import type { StoreMethod, StoreMethods } from '../../api/store-methods/store-methods';
import { count, markdownText } from '../text';

/** A store with its methods. */
export interface ComparedStore {
  readonly name: string;
  readonly methods: StoreMethods;
}

/** The differences between the methods of two stores, as Markdown: a summary, then method by method. */
export function differenceText(
  first: ComparedStore,
  second: ComparedStore,
  { onlyFirst, onlySecond, otherArguments }: MethodsDifference,
): string {
  const [a, b] = [markdownText(first.name), markdownText(second.name)];
  const common = first.methods.methods.length - onlyFirst.length;
  return [
    `# ${t('Methods of {a} and {b}', { a, b })}`,
    [
      t('only {store}: {count}', { store: a, count: count(onlyFirst.length) }),
      t('only {store}: {count}', { store: b, count: count(onlySecond.length) }),
      ...(otherArguments.length === 0 ? [] : [t('other arguments: {count}', { count: count(otherArguments.length) })]),
      t('in both: {count}', { count: count(common) }),
    ].join('; '),
    ...part(t('Only {store}', { store: a }), onlyFirst),
    ...part(t('Only {store}', { store: b }), onlySecond),
    ...part(
      t('Other arguments'),
      otherArguments.map(({ first: method }) => method),
      otherArguments.map(({ first: one, second: other }) =>
        t('{first} in {a}, {second} in {b}', { first: argumentsOf(one), a, second: argumentsOf(other), b }),
      ),
    ),
  ].join('\n\n');
}

function part(heading: string, methods: readonly StoreMethod[], more: readonly string[] = []): readonly string[] {
  if (methods.length === 0) return [];
  const lines = methods.map(({ id, title }, index) =>
    [`- ${markdownText(id)}${title === undefined ? '' : `: ${markdownText(translated(title))}`}`, ...more.slice(index, index + 1)].join(
      ' ',
    ),
  );
  return [`## ${heading}`, lines.join('\n')];
}

function argumentsOf({ args = [] }: StoreMethod): string {
  return `(${args.map(({ name }) => markdownText(name)).join(', ')})`;
}
