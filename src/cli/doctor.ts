import { printable, printableJson } from '../api/printable';
import { ToolkitError } from '../api/errors';
import { normalizeStoreUrl } from '../store/settings/config';
import { environmentProxy } from '../store/wire/proxy';
import { diagnose } from '../store/doctor/doctor';
import type { Check } from '../store/doctor/check';
import type { Command, Options } from './command';
import { usage } from './io';
import { parse, portsOf, storeOptions } from './options';
import { oneStore } from './store-choice';

const options = { ...storeOptions, json: { type: 'boolean', doc: 'Print the findings as JSON.' } } as const satisfies Options;

/** `maho-soap doctor`: checks the way to a store step by step and says what to do. */
export const doctor: Command = {
  summary: 'Check the connection to a store step by step',
  usage: '--store NAME | --url URL [--user USER] [options]',
  about: [
    'Checks name lookup, connection, encryption, web server, WSDL, login and permissions, and says what works, what ' +
      'does not and what to do. With --user, it logs in with the API key from MAHO_SOAP_KEY. A named store can have ' +
      'its own variable, such as MAHO_SOAP_KEY_STAGING_DE for "Staging DE". Nothing is changed in the shop.',
  ],
  options,
  exit: 'The exit code is 0 if no check failed, and 1 if a check failed.',
  examples: [
    { doc: 'The checks before the login, without an API key', line: 'maho-soap doctor --url https://shop.example.com' },
    {
      doc: 'All checks of a store from the settings, as JSON',
      line: 'maho-soap doctor --store "Staging DE" --allow-host staging.example.com --json',
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined) throw usage(`Unexpected argument "${positionals[0]}".`, 'Set the store with --store or --url.');
    const { config, keyVariable } = await oneStore(io.env, values, { writes: false });
    const checks: Check[] = [];
    for await (const check of diagnose(config, portsOf(io, keyVariable), {
      signal: io.stop,
      login: config.user !== '',
      proxy: isProxied(config.url) ? 'used' : undefined,
    })) {
      checks.push(check);
      if (values.json !== true) await io.out(lines(check));
    }
    const healthy = checks.every(({ state }) => state !== 'failed');
    if (values.json === true) await io.out(`${printableJson({ url: config.url, healthy, checks }, 2)}\n`);
    return healthy ? 0 : 1;
  },
};

/** Whether calls go through a proxy. False for an invalid address, which the first check reports. */
function isProxied(address: string): boolean {
  try {
    const [url] = normalizeStoreUrl(address);
    return url !== undefined && environmentProxy(new URL(url)).proxy !== undefined;
  } catch (error) {
    if (error instanceof ToolkitError) return false;
    throw error;
  }
}

const marks: Readonly<Record<Check['state'], string>> = { ok: 'ok', warning: 'warn', failed: 'FAIL', skipped: '-' };

function lines({ title, state, text, said, why, next, milliseconds }: Check): string {
  const time = milliseconds === undefined || state === 'skipped' ? '' : `  (${Math.round(milliseconds)} ms)`;
  const more = [
    ['The store said', said],
    ['Why', why],
    ['What to do', next],
  ].flatMap(([label, words]) => (words === undefined ? [] : [`${' '.repeat(26)}${label}: ${words}`]));
  return `${[`${marks[state].padEnd(5)} ${title.padEnd(18)}  ${text}${time}`, ...more].map(printable).join('\n')}\n`;
}
