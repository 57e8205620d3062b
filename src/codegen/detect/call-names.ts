import type { Resource, ResourceRegistry } from '../../api/resources';

/** Operations of the protocol that carry the name of a method as an argument; and PHP's own way to call an operation by its name. */
const carriers = ['call', 'multiCall', 'callAsync', 'multiCallAsync', '__soapCall'];

/** How calls of resources are written in programs: patterns made of their names. */
export class CallNames {
  /** Words without which a file holds no call of these resources. */
  readonly gate: RegExp;
  /** An operation of a resource, by its beginning. */
  readonly #operation: RegExp;
  readonly #method: RegExp;
  readonly #path: RegExp;
  /** Names of methods that only a description has, where the beginning alone could be anybody's. */
  readonly #exact: ReadonlySet<string>;
  /** Lower-case words that operations begin with, such as `customer`. */
  readonly #leads: readonly string[];
  /** Character codes that method names begin with: nearly all words of a program begin with something else. */
  readonly #first: ReadonlySet<number>;

  constructor(readonly registry: ResourceRegistry) {
    const { resources, further } = registry;
    const described = further?.resources ?? [];
    const prefixes = [...resources.map(({ prefix }) => prefix), ...described.filter(isTelling).map(({ prefix }) => prefix)];
    const paths = [...resources, ...described.filter(({ name }) => name.includes('_'))].map(({ name }) => name);
    this.gate = gateWords(registry);
    this.#operation = new RegExp(`^${anyOf(prefixes)}[A-Z]\\w*$`);
    this.#method = new RegExp(`^(?:${anyOf(prefixes)}\\w*|${carriers.join('|')})$`);
    this.#path = new RegExp(`^${anyOf(paths)}\\.\\w*$`);
    this.#exact = new Set(described.length === 0 ? [] : (further?.methods ?? []).map(({ operation }) => operation));
    const all = [...prefixes, ...described.map(({ prefix }) => prefix)];
    this.#leads = [...new Set(all.map((prefix) => /^[a-z]+/.exec(prefix)?.[0] ?? prefix))];
    this.#first = new Set([...all, ...this.#exact, ...carriers].map((name) => name.charCodeAt(0)));
  }

  /** Whether a method name can begin with a character. */
  mayBeginWith(character: number): boolean {
    return this.#first.has(character);
  }

  /** Whether a name is one that this API calls a method by. */
  isMethodName(name: string): boolean {
    return this.#method.test(name) || this.#isExact(name);
  }

  /** Whether a name looks like an operation of a resource. Those of Magento 2 carry a version. */
  isOperation(name: string): boolean {
    return (this.#operation.test(name) || this.#isExact(name)) && !/V\d+(?:[A-Z]|$)/.test(name);
  }

  /** Whether a text is a path of a resource, finished or not. Where one word stands before the point, the whole path must be known. */
  isPath(text: string): boolean {
    return this.#path.test(text) || (this.registry.further !== undefined && text.includes('.') && this.registry.find(text) !== undefined);
  }

  /** Whether an operation is of this API by its name alone. `customerAddressUpdate` and `customerGroupList` may be anybody's. */
  isCertainOperation(name: string): boolean {
    return name !== '' && this.registry.resourceOf(name)?.distinctive === true && !name.includes('.');
  }

  /** Whether a word that is being typed may become an operation. */
  mayBecomeOperation(typed: string): boolean {
    return typed !== '' && this.#leads.some((lead) => lead.startsWith(typed.slice(0, lead.length).toLowerCase()));
  }

  /** Source of a pattern for the beginning of any operation, such as `customerC`. */
  get operationStart(): string {
    return `${anyOf(this.#leads)}[A-Z]`;
  }

  #isExact(name: string): boolean {
    return this.#exact.has(name.endsWith('Async') ? name.slice(0, -5) : name);
  }
}

/** Whether operations of a resource are told by their beginning: `catalogProduct` is, `store` is the beginning of anything. */
function isTelling({ prefix }: Resource): boolean {
  return /[A-Z]/.test(prefix);
}

const known = new WeakMap<ResourceRegistry, CallNames>();

/** The names of a registry's resources; made once. */
export function callNames(registry: ResourceRegistry): CallNames {
  let names = known.get(registry);
  if (names === undefined) {
    names = new CallNames(registry);
    known.set(registry, names);
  }
  return names;
}

/**
 * Pattern of the words without which a file cannot hold a call of these resources, for {@link mayHoldCalls}. That of the known ones
 * is written into `gate-words.ts` by `scripts/generate.mjs`, so that the gate loads nothing.
 * @param more words that let a file through, too
 */
export function gateWords({ resources, further }: ResourceRegistry, more: readonly string[] = []): RegExp {
  const described = (further?.resources ?? []).flatMap((resource) => [
    ...(isTelling(resource) ? [resource.prefix] : []),
    ...(resource.name.includes('_') ? [`${resource.name}.`] : []),
  ]);
  const words = [...resources.flatMap(({ name, prefix }) => [prefix, `${name}.`]), ...described, ...more];
  // A word that begins with another one is found by that.
  const needed = words.filter((word) => !words.some((other) => other !== word && word.startsWith(other)));
  return new RegExp(`${anyOf(needed)}|SoapClient|'soap'|"soap"`);
}

/** Alternatives in a pattern as a tree of what they begin with, so that an engine compares each character once. */
function anyOf(words: readonly string[]): string {
  return sourceOf([...new Set(words)]);
}

function sourceOf(words: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const word of words) {
    const group = groups.get(word.charAt(0));
    if (group === undefined) groups.set(word.charAt(0), [word]);
    else group.push(word);
  }
  const parts = [...groups.values()].map((group) => {
    const shared = sharedBy(group);
    const rests = group.map((word) => word.slice(shared.length));
    return rests.length === 1 ? escaped(shared) : `${escaped(shared)}${sourceOf(rests)}`;
  });
  const optional = groups.has('') ? '?' : '';
  const filled = parts.filter((part) => part !== '');
  if (filled.length === 0) return '';
  return filled.length === 1 && optional === '' ? (filled[0] ?? '') : `(?:${filled.join('|')})${optional}`;
}

/** What all words begin with. */
function sharedBy([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
