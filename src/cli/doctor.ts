import { printable, printableJson } from '../api/printable';
import { ToolkitError } from '../api/errors';
import { normalizeStoreUrl } from '../store/settings/config';
import { environmentProxy } from '../store/wire/proxy';
import { diagnose } from '../store/doctor/doctor';
import type { Check } from '../store/doctor/check';
import { usage, type Command } from './io';
import { parse, portsOf, storeHelp, storeOf, storeOptions } from './options';

/** `maho-soap doctor`: what is well with a store, what is not, and what to do. */
export const doctor: Command = {
  summary: 'Check the way to a store, step by step, and say what to do',
  help: `Usage: maho-soap doctor --url URL [--user USER] [options]

Walks name lookup, connection, encryption, web server, WSDL, login and rights, and says what is well, what is not and
what to do. With --user it logs in with the key from MAHO_SOAP_KEY. Nothing is changed in the shop.

${storeHelp}
  --json             print the findings as JSON

The exit code is 0 when nothing failed, 1 when something did.
`,

  async run(args, io) {
    const { values, positionals } = parse(args, { ...storeOptions, json: { type: 'boolean' } });
    if (positionals[0] !== undefined) throw usage(`"${positionals[0]}" means nothing here.`, 'Name the store with --url.');
    const config = storeOf(values);
    const checks: Check[] = [];
    for await (const check of diagnose(config, portsOf(io), {
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

/** Whether a proxy carries the calls. The first check reports an address that is not one. */
function isProxied(address: string): boolean {
  try {
    const [url] = normalizeStoreUrl(address);
    return url !== undefined && environmentProxy(new URL(url)).proxy !== undefined;
  } catch (error) {
    if (error instanceof ToolkitError) return false;
    throw error;
  }
}

const marks: Readonly<Record<Check['state'], string>> = { ok: 'ok', warning: 'look', failed: 'FAIL', skipped: '-' };

function lines({ title, state, text, said, why, next, milliseconds }: Check): string {
  const time = milliseconds === undefined || state === 'skipped' ? '' : `  (${Math.round(milliseconds)} ms)`;
  const more = [
    ['The store said', said],
    ['Why', why],
    ['What to do', next],
  ].flatMap(([label, words]) => (words === undefined ? [] : [`${' '.repeat(26)}${label}: ${words}`]));
  return `${[`${marks[state].padEnd(5)} ${title.padEnd(18)}  ${text}${time}`, ...more].map(printable).join('\n')}\n`;
}
