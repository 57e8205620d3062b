import type { Resource, ResourceRegistry } from '../../api/resources';

/** Operations that carry the name of a method as an argument, and PHP's own way to call an operation by name. */
const carriers = ['call', 'multiCall', 'callAsync', 'multiCallAsync', '__soapCall'];

/** Patterns for the names in calls of resources. */
export class CallNames {
  /** Words of which a file with a call of these resources has at least one. */
  readonly gate: RegExp;
  /** An operation of a resource, recognized by its beginning. */
  readonly #operation: RegExp;
  readonly #method: RegExp;
  readonly #path: RegExp;
  /** Names of methods known from a description only, whose beginning alone is too general. */
  readonly #exact: ReadonlySet<string>;
  /** Lower-case words with which operations begin, such as `customer`. */
  readonly #leads: readonly string[];
  /** Codes of the first characters of method names. Nearly all words of a program begin with another character. */
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

  /** Whether method names can begin with a character. */
  mayBeginWith(character: number): boolean {
    return this.#first.has(character);
  }

  /** Whether this API calls methods by a name. */
  isMethodName(name: string): boolean {
    return this.#method.test(name) || this.#isExact(name);
  }

  /** Whether a name looks like an operation of a resource. A version in the name, as in Magento 2, rules it out. */
  isOperation(name: string): boolean {
    return (this.#operation.test(name) || this.#isExact(name)) && !/V\d+(?:[A-Z]|$)/.test(name);
  }

  /** Whether a text is a path of a resource, complete or not. If the part before the point is one word, the whole path must be known. */
  isPath(text: string): boolean {
    return this.#path.test(text) || (this.registry.further !== undefined && text.includes('.') && this.registry.find(text) !== undefined);
  }

  /**
   * Whether the name of an operation alone identifies this API. `customerAddressUpdate` and `customerGroupList` may belong to another API.
   */
  isCertainOperation(name: string): boolean {
    return name !== '' && this.registry.resourceOf(name)?.distinctive === true && !name.includes('.');
  }

  /** Whether a word being typed may become an operation. */
  mayBecomeOperation(typed: string): boolean {
    return typed !== '' && this.#leads.some((lead) => lead.startsWith(typed.slice(0, lead.length).toLowerCase()));
  }

  /** Source of a pattern for the beginning of an operation, such as `customerC`. */
  get operationStart(): string {
    return `${anyOf(this.#leads)}[A-Z]`;
  }

  #isExact(name: string): boolean {
    return this.#exact.has(name.endsWith('Async') ? name.slice(0, -5) : name);
  }
}

/** Whether the prefix of a resource identifies its operations: `catalogProduct` does, `store` is too general. */
function isTelling({ prefix }: Resource): boolean {
  return /[A-Z]/.test(prefix);
}

const known = new WeakMap<ResourceRegistry, CallNames>();

/** The names of a registry's resources, cached. */
export function callNames(registry: ResourceRegistry): CallNames {
  let names = known.get(registry);
  if (names === undefined) {
    names = new CallNames(registry);
    known.set(registry, names);
  }
  return names;
}

/**
 * Pattern of the words of which a file with a call of these resources has at least one, for {@link mayHoldCalls}. `scripts/generate.mjs`
 * writes the pattern of the known resources to `gate-words.ts`, so that the gate loads nothing else.
 * @param more further words that let a file pass
 */
export function gateWords({ resources, further }: ResourceRegistry, more: readonly string[] = []): RegExp {
  const described = (further?.resources ?? []).flatMap((resource) => [
    ...(isTelling(resource) ? [resource.prefix] : []),
    ...(resource.name.includes('_') ? [`${resource.name}.`] : []),
  ]);
  const words = [...resources.flatMap(({ name, prefix }) => [prefix, `${name}.`]), ...described, ...more];
  // A word that begins with another word is found through that one.
  const needed = words.filter((word) => !words.some((other) => other !== word && word.startsWith(other)));
  return new RegExp(`${anyOf(needed)}|SoapClient|'soap'|"soap"`);
}

/** A pattern of alternatives, as a tree of their common beginnings, so that a regular expression compares each character once. */
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

/** The common beginning of all words. */
function sharedBy([first = '', ...others]: readonly string[]): string {
  let length = first.length;
  for (const other of others) while (!other.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}

function escaped(text: string): string {
  return text.replace(/[^\w]/g, '\\$&');
}
