import { catalogue, type Method } from '../../src/api/catalogue';
import { soapDialects, type SoapDialect } from '../../src/api/dialect';
import { ToolkitError } from '../../src/api/errors';
import { isSecretName } from '../../src/api/secrets';
import type { SoapRecord, SoapValue } from '../../src/api/value';
import { codeTargets, envelopeProgram, generateCode, type CodeCall, type CodeTarget } from '../../src/codegen/index';
import { Random } from '../support/random';
import { awkwardNames, hostileText } from './hostile-text';

/** A program that was written for hostile input. */
export interface HostileProgram {
  readonly target: CodeTarget;
  readonly source: string;
  readonly env: Readonly<Record<string, string>>;
  /** The input, for the message of a failure. */
  readonly about: string;
  /** Texts that the store must receive unchanged. */
  readonly carried: readonly string[];
}

/** The result of a number of inputs. */
export interface HostilePrograms {
  readonly programs: readonly HostileProgram[];
  /** Inputs that were refused with a typed error. */
  readonly refused: number;
}

/** The API key and the password of every run. Programs read them from the environment, so no program contains them. */
export const hostileSecrets = { MAHO_SOAP_KEY: 'the-$(key)-`of`-\'the\'-"user" <&>', MAHO_SOAP_PASSWORD: 'pass$(word)\'"`<&>' } as const;

/**
 * Programs in every language for calls with hostile text in one or several positions: namespace, user, address, method, argument names,
 * keys inside arguments, values, attributes of filters, attributes that must be empty, raw envelopes.
 * @param canary absolute path of a file that must not appear when they run
 * @param targets languages to write, in turn
 * @throws {Error} when code generation ends in anything but a program or a typed error
 */
export function hostilePrograms(
  seed: number,
  count: number,
  canary: string,
  targets: readonly CodeTarget[] = codeTargets,
): HostilePrograms {
  const random = new Random(seed);
  const programs: HostileProgram[] = [];
  let refused = 0;
  for (let index = 0; index < count; index++) {
    const target = targets[index % targets.length] ?? 'curl';
    const input = inputOf(random, canary);
    const about = `${target}, seed ${seed}, number ${index}: ${JSON.stringify(input)}`;
    try {
      const source = 'envelope' in input ? envelopeProgram(input) : generateCode(input.call, target);
      programs.push({ target: 'envelope' in input ? 'curl' : target, source, env: hostileSecrets, about, carried: input.carried });
    } catch (error) {
      if (!(error instanceof ToolkitError) || error.kind !== 'input')
        throw new Error(`Code generation failed for ${about}`, { cause: error });
      refused++;
    }
  }
  return { programs, refused };
}

const methodArgs = (method: Method): Method['args'] => method.args;

type Input =
  | { readonly call: CodeCall; readonly carried: readonly string[] }
  | (Parameters<typeof envelopeProgram>[0] & { readonly carried: readonly string[] });

function inputOf(random: Random, canary: string): Input {
  const carried: string[] = [];
  const text = (): string => hostileText(random, canary);
  /** Hostile in the tested position, and sometimes in others, too. */
  const position = random.below(10);
  const odd = (at: number): boolean => position === at || random.next() < 0.04;
  const carry = (value: string): string => {
    carried.push(value);
    return value;
  };
  /** XML cannot contain control characters. Most texts are generated without them, since texts with them are refused. */
  const value = (): string => carry(random.next() < 0.05 ? text() : text().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, ''));
  const name = (): string => (random.next() < 0.3 ? text() : random.next() < 0.5 ? random.pick(awkwardNames) : `name${random.below(100)}`);
  const dialect: SoapDialect = random.pick(soapDialects);
  const place = {
    url: odd(0)
      ? carryUrl(`https://shop.example/${value().replaceAll(/[\s\p{C}]/gu, '')}/api/v2_soap/`)
      : 'https://shop.example/api/v2_soap/?wsdl',
    user: odd(1) ? value() : 'apiUser',
    namespace: odd(2) ? `urn:Maho${random.next() < 0.05 ? text() : text().replace(/[\u0000-\u001f]/g, '')}` : 'urn:Maho',
    dialect,
  };
  if (position === 9) {
    const [before, after] = [value(), value()];
    return { ...place, envelope: `<e>${before}</e><s>{{$session}}</s><p>{{password}}</p>${after}.`, carried: [] };
  }
  const anything = (depth: number): SoapValue => {
    if (depth > 2 || random.next() < 0.5) return value();
    if (random.next() < 0.4) return [anything(depth + 1), anything(depth + 1)];
    return record(depth);
  };
  const record = (depth: number): SoapRecord => {
    // A second argument of the same name would replace the value of the first.
    const names = new Set(Array.from({ length: 1 + random.below(3) }, (_none, index) => (odd(3) ? name() : `field_${index}`)));
    // A secret in the data is read from the environment, so the store does not receive the value from here.
    return Object.fromEntries([...names].filter((key) => !isSecretName(key)).map((key) => [key, anything(depth + 1)]));
  };
  if (odd(4)) {
    // A method outside the catalogue. Its name and the names of its arguments come from a file.
    const known = dialect === 'v1' ? 'sales_order.info' : 'salesOrderInfo';
    const method = random.next() < 0.4 ? (random.next() < 0.5 ? text() : random.pick(awkwardNames)) : known;
    return { call: { ...place, method, args: random.next() < 0.7 ? record(0) : [anything(0), anything(1)] }, carried };
  }
  const method = random.pick(catalogue);
  const empty = method.id === 'customer.list' && odd(5) ? [text(), random.pick(awkwardNames)] : undefined;
  const args = Object.fromEntries(
    methodArgs(method)
      .filter(({ optional }) => optional !== true || random.next() < 0.7)
      .map(({ name: arg, type }): [string, SoapValue] => {
        if (arg === 'filters')
          return [arg, odd(6) ? { [value()]: { [random.next() < 0.8 ? 'like' : text()]: value() } } : { email: value() }];
        if (type.kind === 'entity')
          return [arg, { ...record(0), ...(random.next() < 0.3 ? { password: hostileSecrets.MAHO_SOAP_PASSWORD } : {}) }];
        return [odd(7) && random.next() < 0.2 ? name() : arg, type.kind === 'list' ? [value()] : value()];
      }),
  );
  return { call: { ...place, method: method.id, args, empty }, carried };

  /** The store receives the address without its query. */
  function carryUrl(url: string): string {
    carried.splice(-1, 1);
    return url;
  }
}
