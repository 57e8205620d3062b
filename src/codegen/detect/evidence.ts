import type { CallNames } from './call-names';
import type { CodeNode } from './node';
import { readArguments } from './read';
import { callSites, type CallSite } from './sites';
import { Kind, type Code } from './tokens';

/** A text without any of these has no sign of SOAP. */
const possible = /soap/i;

const soapNames = /^[A-Za-z_$][\w$]*$/;
const soapWord = /soap_?(?:client|fault|var|header)/i;
const addresses = /urn:Magento|\/api\/(?:v2_)?soap|schemas\.xmlsoap\.org/i;
const packages: ReadonlySet<string> = new Set(['soap', 'strong-soap']);
const importing: ReadonlySet<string> = new Set(['from', 'import']);
const requiring: ReadonlySet<string> = new Set(['require', 'import']);

/**
 * Signs that a file uses this API, or SOAP at all. Other programs use names such as `call('customer.info')` too, so they count as calls of
 * this API only with such a sign.
 */
export class Evidence {
  #soap: boolean | undefined;
  #speaks: boolean | undefined;
  #sites: readonly CallSite[] | undefined;

  constructor(
    private readonly code: Code,
    private readonly names: CallNames,
  ) {}

  /** The call sites of the file. */
  get sites(): readonly CallSite[] {
    return (this.#sites ??= callSites(this.code, this.names));
  }

  /** Whether the file uses SOAP: PHP's classes, the package `soap`, an address or a namespace. */
  get soap(): boolean {
    return (this.#soap ??= usesSoap(this.code));
  }

  /** Whether the file uses SOAP, calls an operation that only this API has, or passes a session to a path of this API. */
  get speaks(): boolean {
    return (this.#speaks ??= this.soap || this.sites.some((site) => this.#certain(site)));
  }

  /** Whether an argument is a session, judging by its name in the code. */
  isSession(node: CodeNode | undefined): boolean {
    if (node === undefined) return false;
    if (node.kind === 'text') return /sess|^[\da-f]{32}$/i.test(node.value);
    return node.kind === 'expression' && namesSession(this.code.text.slice(node.start, Math.min(node.end, node.start + 200)));
  }

  #certain(site: CallSite): boolean {
    if (!site.member) return false;
    if (this.names.isCertainOperation(site.name)) return true;
    if (site.name !== 'call' && site.name !== '__soapCall') return false;
    const [first, second] = readArguments(this.code, site.open);
    if (site.name === '__soapCall') return first?.kind === 'text' && this.names.isCertainOperation(first.value);
    return this.isSession(first) && second?.kind === 'text' && this.names.registry.find(second.value) !== undefined;
  }
}

/** Whether code names a session: `$session`, `$this->getSession()`, `sess_id`, `$sid`. */
export function namesSession(code: string): boolean {
  return /(?:\b|_)sess|Sess|SESS|\bs_?id\b|\blogin\w*\(/.test(code);
}

function usesSoap(code: Code): boolean {
  if (!possible.test(code.text) && !addresses.test(code.text)) return false;
  for (let token = 0; token < code.count; token++) {
    const kind = code.kind(token);
    if (kind === Kind.word && isSoapWord(code, token)) return true;
    if ((kind === Kind.text || kind === Kind.other) && isSoapText(code, token)) return true;
  }
  return false;
}

function isSoapWord(code: Code, token: number): boolean {
  const word = code.of(token);
  if (soapWord.test(word)) return soapNames.test(word);
  return word === 'Soap' && code.is(token + 1, '\\') && code.is(token + 2, 'Client');
}

function isSoapText(code: Code, token: number): boolean {
  const inner = code.text.slice(code.start(token) + 1, code.end(token) - 1);
  if (code.language === 'typescript' && packages.has(inner)) {
    return code.isOne(token - 1, importing) || (code.is(token - 1, '(') && code.isOne(token - 2, requiring));
  }
  return addresses.test(inner);
}
