import { catalogue, type Method } from '../../api/catalogue';
import { dialectLabels, type Dialect } from '../../api/dialect';
import type { Code } from '../code';

/** One snippet, before it is rendered. */
export interface Snippet {
  /** Unique name, shown nowhere but in the file. */
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly description: string;
  readonly code: Code;
}

/** The snippets of one language. */
export interface SnippetWriter {
  /** Connects and logs in; defines what the other snippets use. */
  login(dialect: Dialect): Code;
  /** A whole file around the login. */
  script(dialect: Dialect): Code;
  method(method: Method, dialect: Dialect): Code;
  filter(dialect: Dialect): Code;
  pages(dialect: Dialect): Code;
  faults(dialect: Dialect): Code;
  endSession(dialect: Dialect): Code;
  multiCall(): Code;
}

/** Every snippet of a language, V2's first: its short prefixes have no dialect in them. */
export function allSnippets(write: SnippetWriter): readonly Snippet[] {
  const order: readonly Dialect[] = ['v2', 'v1', 'wsi'];
  const common = order.flatMap((dialect): Snippet[] => {
    const make = (name: string, names: readonly string[], description: string, code: Code): Snippet => ({
      name: `Maho ${name} (${dialectLabels[dialect]})`,
      prefixes: names.flatMap((one) => (dialect === 'v2' ? [`maho-${one}`, `maho-${one}-v2`] : [`maho-${one}-${dialect}`])),
      description: `${description} SOAP ${dialectLabels[dialect]}.`,
      code,
    });
    const after = `Goes after maho-login${dialect === 'v2' ? '' : `-${dialect}`}.`;
    return [
      make('login', ['login', 'connect', 'session'], 'Connects to a store and logs in, again when the session has run out. The key comes from MAHO_SOAP_KEY.', write.login(dialect)),
      make('script', ['script'], 'A whole script: connects, logs in, calls, says what a fault means, ends the session.', write.script(dialect)),
      ...catalogue.map((method: Method) => make(method.id, methodNames(method), `${method.doc} ${after}`, write.method(method, dialect))),
      make('filter', ['customer-filter', 'complex-filter'], `Lists customers by several conditions, with from and to for a range. ${after}`, write.filter(dialect)),
      make('pages', ['customer-pages', 'paging'], `Goes through all customers in windows of customer_id, since the API has no paging. ${after}`, write.pages(dialect)),
      make('faults', ['faults', 'catch-fault'], `Calls and tells the faults apart by their codes. ${after}`, write.faults(dialect)),
      make('end session', ['end-session', 'logout'], `Ends the session. ${after}`, write.endSession(dialect)),
    ];
  });
  return [
    ...common,
    {
      name: 'Maho multiCall (V1)',
      prefixes: ['maho-multi-call', 'maho-multi-call-v1'],
      description: 'Makes many calls in one request, far faster than one by one. Each answer is a result or a fault. Goes after maho-login-v1. SOAP V1.',
      code: write.multiCall(),
    },
  ];
}

/** Names that people guess: `customer-address-list` and `address-list` for `customer_address.list`. */
function methodNames(method: Method): readonly string[] {
  const name = method.id.replace(/[._]/g, '-');
  return name.startsWith('customer-address') || name.startsWith('customer-group') ? [name, name.replace('customer-', '')] : [name];
}

/** Fault codes worth telling apart, with what they mean; for customers. */
export function faultMeanings(): readonly { readonly code: string; readonly doc: string }[] {
  const codes = new Map<string, string>([
    ['2', 'Access denied: wrong user or key, or the role of the user lacks the right.'],
    ['5', 'The session has run out: log in again.'],
  ]);
  const customer = catalogue.filter((method: Method) => method.id.startsWith('customer.'));
  for (const method of customer) for (const { code, doc } of method.faults) codes.set(code, doc);
  return [...codes].map(([code, doc]) => ({ code, doc })).sort((a, b) => Number(a.code) - Number(b.code));
}
