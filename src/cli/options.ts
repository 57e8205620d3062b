import { parseArgs, type ParseArgsConfig } from 'node:util';
import { dialects, isDialect } from '../api/dialect';
import { ToolkitError } from '../api/errors';
import { keyDoubt } from '../store/settings/key-doubt';
import { environmentProxy } from '../store/wire/proxy';
import type { ClientPorts } from '../store/calls/client';
import type { StoreConfig } from '../store/settings/config';
import { callUrl } from '../store/settings/shop-address';
import type { Options } from './command';
import { usage, type Io } from './io';

type OptionSpecs = NonNullable<ParseArgsConfig['options']>;

/** Parses the arguments of a command. @throws {ToolkitError} of kind `input` for unknown options */
export function parse<T extends OptionSpecs>(args: readonly string[], options: T) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    // parseArgs reports mistakes of the user as a TypeError with a code.
    if (error instanceof TypeError && 'code' in error && typeof error.code === 'string' && error.code.startsWith('ERR_PARSE_ARGS'))
      throw usage(`${error.message.replace(/\.\s.*$/s, '')}.`);
    throw error;
  }
}

/** Options that choose the store, shared by all commands that call one. */
export const storeOptions = {
  store: {
    type: 'string',
    value: 'NAME',
    doc: 'Store from mahoSoap.stores in .vscode/settings.json, in this folder or above it in the repository.',
  },
  settings: { type: 'string', value: 'FILE', doc: 'Settings file to use instead.' },
  'allow-host': {
    type: 'string',
    multiple: true,
    value: 'HOST',
    doc:
      'Host that may get the API key although its URL is from a file, such as shop.example.com or 127.0.0.1:8190. ' +
      'MAHO_SOAP_HOSTS accepts several, separated by commas.',
  },
  url: { type: 'string', value: 'URL', doc: 'URL of the shop or of its API, such as https://shop.example.com. Use it instead of --store.' },
  user: { type: 'string', value: 'USER', doc: 'API user. The API key is read from MAHO_SOAP_KEY.' },
  dialect: { type: 'string', value: 'D', choices: dialects, doc: 'v1, v2, wsi or rest. Without it, the WSDL of the store decides.' },
  'web-user': {
    type: 'string',
    value: 'USER',
    doc: "User of the web server's own login (HTTP Basic). The password is read from MAHO_SOAP_WEB_PASSWORD.",
  },
  ca: { type: 'string', value: 'FILE', doc: 'File with additional certificate authorities (PEM).' },
  timeout: { type: 'string', value: 'SECONDS', doc: 'Time limit for the whole response. Default: 300.' },
  'max-bytes': { type: 'string', value: 'N', doc: 'Largest response to read, in bytes. Default: 268435456.' },
} as const satisfies OptionSpecs & Options;

/** Values of {@link storeOptions} that describe a store. */
export interface StoreValues {
  readonly url?: string | undefined;
  readonly user?: string | undefined;
  readonly dialect?: string | undefined;
  readonly 'web-user'?: string | undefined;
  readonly ca?: string | undefined;
  readonly timeout?: string | undefined;
  readonly 'max-bytes'?: string | undefined;
}

/** The store that the options describe. @throws {ToolkitError} of kind `input` for missing or invalid options */
export function storeOf(values: StoreValues): StoreConfig {
  if (values.url === undefined) throw usage('--url is missing.', 'Add the URL of the store: --url https://shop.example.com');
  if (values.dialect !== undefined && !isDialect(values.dialect))
    throw usage(`"${values.dialect}" is not a dialect.`, `Use one of ${dialects.join(', ')}.`);
  const timeout = values.timeout === undefined ? undefined : Math.ceil(numberOf('--timeout', values.timeout) * 1000);
  return {
    name: callUrl(values.url)?.host ?? values.url,
    url: values.url,
    user: values.user ?? '',
    dialect: values.dialect,
    webUser: values['web-user'],
    caFile: values.ca,
    timeouts: timeout === undefined ? undefined : { total: timeout, firstByte: timeout, connect: Math.min(timeout, 10_000) },
    maxBytes: values['max-bytes'] === undefined ? undefined : numberOf('--max-bytes', values['max-bytes']),
  };
}

/**
 * The proxy and the secrets from the environment. Secrets are never options, because everyone on the machine can read a command line.
 * @param keyVariable environment variable with the key of this store alone; `MAHO_SOAP_KEY` is read when it has no value
 */
export function portsOf(io: Io, keyVariable?: string): ClientPorts {
  const own = keyVariable === undefined ? undefined : io.env[keyVariable];
  let said = false;
  return {
    proxy: (url) => {
      const { proxy, unused } = environmentProxy(url);
      if (unused !== undefined && !said) {
        said = true;
        const why = 'because it is an address of this computer. To use it there, too, set NO_PROXY=<-loopback>';
        void io.err(`Note: The proxy in ${unused} is not used for ${url.hostname}, ${why}.\n`);
      }
      return proxy;
    },
    onWait: ({ store, method, ms }) => {
      void io.err(`Note: ${store} asks for fewer requests. ${method} waits ${Math.round(ms / 1000)} s.\n`);
    },
    key: () =>
      keyVariable === undefined || own === undefined || own === ''
        ? secret(io, 'MAHO_SOAP_KEY', 'The API key of the user')
        : secret(io, keyVariable, 'The API key of the user'),
    webPassword: () => secret(io, 'MAHO_SOAP_WEB_PASSWORD', 'The password of the web server user'),
  };
}

/** The number in an option, at least 0. @throws {ToolkitError} of kind `input` for anything else */
export function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (text.trim() === '' || !Number.isFinite(number) || number < 0) throw usage(`${name} needs a number, not "${text}".`);
  return number;
}

async function secret(io: Io, name: string, what: string): Promise<string> {
  const value = io.env[name];
  if (value !== undefined && value !== '') {
    await warnOfKey(io, name, value);
    return value;
  }
  throw new ToolkitError('input', {
    code: 'key-missing',
    what: `${what} is missing.`,
    why: `It is read from the environment variable ${name}, which is not set.`,
    next: `Set ${name} and run the command again.`,
  });
}

/** Notes when a secret has white space at its ends. It is sent unchanged, because a key may really end with a blank. */
export async function warnOfKey(io: Io, name: string, value: string): Promise<void> {
  const doubt = keyDoubt(value);
  if (doubt !== undefined)
    await io.err(`Note: Check ${name}. ${doubt.what} It is sent unchanged. If the store refuses it, remove this character.\n`);
}
