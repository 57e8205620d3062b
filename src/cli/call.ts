import { ToolkitError } from '../api/errors';
import { decodeText } from '../api/text-input';
import { printable, printableJson, printableLines } from '../api/printable';
import { isList, isRecord, type SoapValue } from '../api/value';
import { parseJson } from '../requests';
import type { CallArguments } from '../store/soap/tasks';
import { StoreClient } from '../store/calls/client';
import type { Exchange } from '../store/wire/exchange';
import { maskResult } from '../store/masking/mask';
import { withSession } from '../store/soap/raw-envelope';
import { bytesOf } from './files';
import type { Command, Options } from './command';
import { errorData, errorText, usage, type Io } from './io';
import { parse, portsOf, storeOptions } from './options';
import { oneStore } from './store-choice';
import { noteOf } from '../store/wire/note';

const options = {
  ...storeOptions,
  raw: {
    type: 'string',
    value: 'FILE',
    doc: 'Send the bytes of this envelope instead of METHOD and JSON. {{session}} in it is replaced by the session.',
  },
  confirm: {
    type: 'string',
    value: 'NAME',
    doc:
      'Allow a write to the production store of this name. mahoSoap.stores in .vscode/settings.json, in this folder or ' +
      'above it in the repository, defines which shops are production or read-only, also for --url.',
  },
  json: { type: 'boolean', doc: 'Print value, dialect, URL, time and size together. Errors are JSON, too.' },
  reveal: { type: 'boolean', doc: 'Print secrets such as password hashes. Without it, they are replaced by ••••••.' },
  verbose: { type: 'boolean', doc: 'Print the exchanges on standard error, with masked secrets.' },
} as const satisfies Options;

/** `maho-soap call`: sends one call and prints its result as JSON. */
export const call: Command = {
  summary: 'Call a method and print its result as JSON',
  usage: 'METHOD [JSON] --store NAME | --url URL --user USER [options]',
  about: [
    'Calls a method such as customer.list and prints the result as JSON. The API key is read from MAHO_SOAP_KEY. A ' +
      'named store can have its own variable, such as MAHO_SOAP_KEY_STAGING_DE for "Staging DE".',
  ],
  positionals: [
    {
      name: 'METHOD',
      doc:
        'Path such as customer.info, or operation such as customerCustomerInfo. Over V1, any path of the store. For REST ' +
        'v2 of Maho 26.7, a verb and a path below /api/rest/v2.',
    },
    {
      name: 'JSON',
      doc:
        'Arguments by name, {"customerId":1}, or as a list, [1]. For REST v2, ' +
        '{"path":{},"query":{},"headers":{},"body":{}}. @FILE reads them from a file, - from standard input.',
    },
  ],
  options,
  exit: 'The exit code is 0 if the call returned a result, and 2 for a fault or another error, which is printed on standard error.',
  examples: [
    {
      doc: 'Customers 1 to 50',
      line: `maho-soap call customer.list '{"filters":{"customer_id":{"from":1,"to":50}}}' --url https://shop.example.com --user api`,
    },
    {
      doc: 'One customer, over V1',
      line: `maho-soap call customer.info '{"customerId":1}' --url https://shop.example.com --user api --dialect v1`,
    },
    {
      doc: 'One customer, over REST v2',
      line: `maho-soap call 'GET /customers/{id}' '{"path":{"id":1}}' --url https://shop.example.com --user api`,
    },
    {
      doc: 'One customer of a store from the settings',
      line: `maho-soap call customer.info '[1]' --store "Staging DE" --allow-host staging.example.com`,
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [method, json, ...more] = positionals;
    if (values.raw !== undefined && method !== undefined)
      throw usage('--raw and METHOD cannot be used together.', 'Remove METHOD and JSON.');
    if (method === undefined && values.raw === undefined) throw usage('No method was given.', 'Add one, such as customer.list.');
    if (more.length > 0) throw usage(`Unexpected argument "${more[0] ?? ''}".`, 'Put the JSON in quotes.');
    const { config, keyVariable } = await oneStore(io.env, values, { writes: true });
    const confirmed = values.confirm === config.name;
    if (config.user === '') throw usage('--user is missing.', 'Add the API user: --user USER');
    const exchanges: Exchange[] = [];
    const client = new StoreClient(config, {
      ...portsOf(io, keyVariable),
      ...(values.verbose === true ? { onExchange: (exchange: Exchange) => void exchanges.push(exchange) } : {}),
    });
    try {
      const raw = values.raw === undefined ? undefined : await bytesOf(values.raw);
      const result =
        raw === undefined
          ? await client.call(method ?? '', await argumentsOf(json, io), { signal: io.stop, confirmed })
          : await client.send((session) => withSession(raw, session), [], { signal: io.stop, dialect: config.dialect, confirmed });
      for (const { where, offset, text } of result.junk)
        await io.err(
          'Note: The response contains ' +
            `${where === 'mark' ? 'a byte order mark' : `other text (${where}: ${printableJson(text.slice(0, 200))})`} at ` +
            `byte ${offset}.\n`,
        );
      const { exchange } = result;
      for (const { text } of exchange.oddities) await io.err(`Note: ${printable(text)}\n`);
      const value = values.reveal === true ? result.value : maskResult(exchange.method, result.value);
      const printed =
        values.json === true
          ? {
              value,
              dialect: result.dialect,
              url: exchange.url,
              ms: Math.round(exchange.timings.total),
              bytes: exchange.response?.bytes,
              junk: result.junk,
            }
          : value;
      await io.out(`${printableJson(printed, 2)}\n`);
      return 0;
    } catch (error) {
      if (!(error instanceof ToolkitError)) throw error;
      if (io.stop.aborted) await printRows(error, values, io);
      await io.err(values.json === true ? `${printableJson(errorData(error))}\n` : errorText(error));
      return 2;
    } finally {
      await client.close();
      for (const exchange of exchanges) await io.err(transcript(exchange));
    }
  },
};

/** Prints the rows that had arrived when a list was stopped. */
async function printRows(error: ToolkitError, how: { readonly reveal?: boolean; readonly json?: boolean }, io: Io): Promise<void> {
  const { rows: read, exchange } = noteOf(error);
  const rows = (await read?.()) ?? [];
  if (exchange === undefined || rows.length === 0) return;
  const value = how.reveal === true ? rows : maskResult(exchange.method, rows);
  await io.out(`${printableJson(how.json === true ? { value, stopped: true, dialect: exchange.dialect, url: exchange.url } : value, 2)}\n`);
  const came = rows.length === 1 ? 'The row that was received is printed.' : `The ${rows.length} rows that were received are printed.`;
  await io.err(`Note: The list was stopped. ${came} The store may have more.\n`);
}

async function argumentsOf(json: string | undefined, io: Io): Promise<CallArguments> {
  if (json === undefined) return {};
  const text = json === '-' ? await io.input() : json.startsWith('@') ? decodeText(await bytesOf(json.slice(1)), json.slice(1)) : json;
  const value = parsed(text);
  if (isList(value) || isRecord(value)) return value;
  throw usage('The arguments must be a JSON object or a JSON list.', 'Write {"customerId":1} or [1].');
}

function parsed(text: string): SoapValue {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ToolkitError('input', {
      code: 'json',
      what: 'The arguments are not valid JSON.',
      why: error instanceof Error ? withoutExcerpt(error.message) : undefined,
      next: 'Write them as {"customerId":1}. In a shell, put them in single quotes.',
    });
  }
}

/** The message for an invalid JSON text, without the excerpt that V8 quotes: it could put half of a password into a build log. */
function withoutExcerpt(message: string): string {
  return message.replace(/, (?:\.\.\.)?"[^]*"(?:\.\.\.)? is not valid JSON$/, '');
}

function transcript(exchange: Exchange): string {
  const { request, response } = exchange;
  const headers = (list: readonly (readonly [string, string])[]): string =>
    list.map(([name, value]) => `${printable(`${name}: ${value}`)}\n`).join('');
  const answer =
    response === undefined
      ? '(no response)\n'
      : `${response.status} ${printable(response.statusText)}\n${headers(response.headers)}\n${printableLines(response.body)}\n`;
  return (
    `\n=== ${printable(exchange.method)}, ${Math.round(exchange.timings.total)} ms\n${request.method} ` +
    `${printable(exchange.url)}\n${headers(request.headers)}\n${printableLines(request.body)}\n---\n${answer}`
  );
}
