import { dialectLabels, type SoapDialect } from '../../api/dialect';
import { usualDialect } from '../../api/dialect-facets';
import type { Method } from '../../api/method';
import type { FilterableResource, Resource, ResourceRegistry } from '../../api/resources';
import type { Code } from '../code';

/** One snippet, before it is rendered. */
export interface Snippet {
  /** Unique name. Users do not see it. */
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly description: string;
  readonly code: Code;
}

/** Writes the snippets of one language. Those about lists, faults and several calls at once need a filterable resource. */
export interface SnippetWriter {
  /** Connects, logs in, and defines the functions that other snippets use. */
  login(dialect: SoapDialect): Code;
  /** A whole file, login included. */
  script(dialect: SoapDialect, resource: FilterableResource): Code;
  method(method: Method, dialect: SoapDialect, resource: Resource): Code;
  filter(dialect: SoapDialect, resource: FilterableResource): Code;
  pages(dialect: SoapDialect, resource: FilterableResource): Code;
  faults(dialect: SoapDialect, resource: FilterableResource): Code;
  endSession(dialect: SoapDialect): Code;
  multiCall(resource: FilterableResource): Code;
}

/** All snippets of a language. Those of V2 are first, because its short prefixes do not name a dialect. */
export function allSnippets(write: SnippetWriter, registry: ResourceRegistry): readonly Snippet[] {
  const order: readonly SoapDialect[] = ['v2', 'v1', 'wsi'];
  const [main] = registry.filterable;
  if (main === undefined) throw new Error('Snippets need a resource that can be filtered.');
  const common = order.flatMap((dialect): Snippet[] => {
    const make = (name: string, names: readonly string[], description: string, code: Code): Snippet => ({
      name: `Maho ${name} (${dialectLabels[dialect]})`,
      prefixes: names.flatMap((one) => (dialect === usualDialect ? [`maho-${one}`, `maho-${one}-v2`] : [`maho-${one}-${dialect}`])),
      description: `${description} SOAP ${dialectLabels[dialect]}.`,
      code,
    });
    const after = `Use it after maho-login${dialect === usualDialect ? '' : `-${dialect}`}.`;
    const lists = registry.filterable.flatMap((resource): Snippet[] => {
      const { idField, name, words } = resource;
      const [title, names] = resource === main ? ['', (of: string): string[] => [of]] : [`${name} `, (): string[] => []];
      const filters = [`${dashed(name)}-filter`, ...names('complex-filter')];
      const pages = [`${dashed(name)}-pages`, ...names('paging')];
      return [
        make(
          `${title}filter`,
          filters,
          `Lists the ${words.many} that meet several conditions, with from and to for a range. ${after}`,
          write.filter(dialect, resource),
        ),
        make(
          `${title}pages`,
          pages,
          `Reads all ${words.many} in ranges of ${idField}, because the API has no paging. ${after}`,
          write.pages(dialect, resource),
        ),
      ];
    });
    return [
      make(
        'login',
        ['login', 'connect', 'session'],
        'Connects to a store and logs in, and logs in again when the session has expired. The API key is read from MAHO_SOAP_KEY.',
        write.login(dialect),
      ),
      make(
        'script',
        ['script'],
        'A complete script that connects, logs in, calls a method, explains faults and ends the session.',
        write.script(dialect, main),
      ),
      ...registry.methods.flatMap((method) => {
        const resource = registry.resourceOf(method);
        if (resource === undefined) return [];
        return [make(method.id, methodNames(method, resource), `${method.doc} ${after}`, write.method(method, dialect, resource))];
      }),
      ...lists,
      make('faults', ['faults', 'catch-fault'], `Calls a method and handles each fault by its code. ${after}`, write.faults(dialect, main)),
      make('end session', ['end-session', 'logout'], `Ends the session. ${after}`, write.endSession(dialect)),
    ];
  });
  return [
    ...common,
    {
      name: 'Maho multiCall (V1)',
      prefixes: ['maho-multi-call', 'maho-multi-call-v1'],
      description:
        'Makes many calls in one request, which is much faster than single calls. Each response is a result or a fault. ' +
        'Use it after maho-login-v1. SOAP V1.',
      code: write.multiCall(main),
    },
  ];
}

/** Prefixes that people might type: `customer-address-list` and `address-list` for `customer_address.list`. */
function methodNames(method: Method, { name, words }: Resource): readonly string[] {
  const whole = dashed(method.id);
  return name === words.one ? [whole] : [whole, `${words.one}${whole.slice(name.length)}`];
}

function dashed(name: string): string {
  return name.replace(/[._]/g, '-');
}

/** Fault codes that programs should tell apart, with their meaning for a resource. */
export function faultMeanings({ faults }: Resource): readonly { readonly code: string; readonly doc: string }[] {
  const codes = new Map<string, string>([
    ['2', 'Access denied: wrong user or API key, or the role of the user lacks the permission.'],
    ['5', 'The session has expired. Log in again.'],
    ...faults.map(({ code, doc }) => [code, doc] as const),
  ]);
  return [...codes].map(([code, doc]) => ({ code, doc })).sort((a, b) => Number(a.code) - Number(b.code));
}
