import type { ResourceRegistry } from '../../api/resources';

/** Operations of the protocol that carry the name of a method as an argument; and PHP's own way to call an operation by its name. */
const carriers = ['call', 'multiCall', 'callAsync', 'multiCallAsync', '__soapCall'];

/** How calls of resources are written in programs: patterns made of their names. */
export class CallNames {
  /** An operation of a resource, by its beginning. */
  readonly #operation: RegExp;
  readonly #method: RegExp;
  readonly #path: RegExp;
  /** Lower-case words that operations begin with, such as `customer`. */
  readonly #leads: readonly string[];
  /** Character codes that method names begin with: nearly all words of a program begin with something else. */
  readonly #first: ReadonlySet<number>;

  constructor(readonly registry: ResourceRegistry) {
    const prefixes = registry.resources.map(({ prefix }) => prefix);
    this.#operation = new RegExp(`^${anyOf(prefixes)}[A-Z]\\w*$`);
    this.#method = new RegExp(`^(?:${anyOf(prefixes)}\\w*|${carriers.join('|')})$`);
    this.#path = new RegExp(`^${anyOf(registry.resources.map(({ name }) => name))}\\.\\w*$`);
    this.#leads = [...new Set(prefixes.map((prefix) => /^[a-z]+/.exec(prefix)?.[0] ?? prefix))];
    this.#first = new Set([...prefixes, ...carriers].map((name) => name.charCodeAt(0)));
  }

  /** Whether a method name can begin with a character. */
  mayBeginWith(character: number): boolean {
    return this.#first.has(character);
  }

  /** Whether a name is one that this API calls a method by. */
  isMethodName(name: string): boolean {
    return this.#method.test(name);
  }

  /** Whether a name looks like an operation of a resource. Those of Magento 2 carry a version. */
  isOperation(name: string): boolean {
    return this.#operation.test(name) && !/V\d+(?:[A-Z]|$)/.test(name);
  }

  /** Whether a text is a path of a resource, finished or not. */
  isPath(text: string): boolean {
    return this.#path.test(text);
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
 */
export function gateWords({ resources }: ResourceRegistry): RegExp {
  const words = resources.flatMap(({ name, prefix }) => [prefix, `${name}\\.`]);
  return new RegExp(`${anyOf(words)}|SoapClient|'soap'|"soap"`);
}

/** Alternatives in a pattern, what they all begin with in front: engines look for that first. */
function anyOf(words: readonly string[]): string {
  const [first = ''] = words;
  const alike = (at: number): boolean => /\w/.test(first.charAt(at)) && words.every((word) => word.charAt(at) === first.charAt(at));
  let shared = 0;
  while (shared < first.length && alike(shared)) shared++;
  return `${first.slice(0, shared)}(?:${words.map((word) => word.slice(shared)).join('|')})`;
}
