import { printable } from '../api/printable';
import { openTransport } from '../store/calls/open-transport';
import type { Command, Options } from './command';
import { usage } from './io';
import { parse, portsOf, storeOptions } from './options';
import { stopped } from './stopped';
import { onPort, USUAL_PORT } from './usual-port';
import { oneStore } from './store-choice';

const { user: _user, dialect: _dialect, ...reachOptions } = storeOptions;

const options = {
  ...reachOptions,
  to: { type: 'string', value: 'FOLDER', doc: 'Folder for the exchanges. An existing recording is continued.' },
  port: {
    type: 'string',
    value: 'N',
    doc: `Port on this computer for the program. Default: ${USUAL_PORT}, or a free port if it is in use. 0 selects a free port.`,
  },
  confirm: {
    type: 'string',
    value: 'NAME',
    doc: 'Pass on writes to the production or read-only store of this name. Otherwise they are refused with a fault.',
  },
} as const satisfies Options;

/** `maho-soap record`: keeps the exchanges between a program and its store. */
export const record: Command = {
  summary: 'Record the exchanges between a program and its store',
  usage: '--store NAME | --url URL --to FOLDER [options]',
  about: [
    'Prints a URL to use in the program instead of the URL of the store. The program gets the WSDL with this URL in it, ' +
      'its calls over SOAP or REST v2 are passed on, and each exchange is saved in two readable files. The program logs ' +
      'in with its own API key. API keys, sessions, tokens, passwords and hashes are masked in the files.',
    'Stop it with Ctrl+C. Later, maho-soap replay answers from the folder without the store.',
  ],
  options,
  exit: 'The exit code is 0 if you stopped it, and 2 if it could not start or could not save an exchange.',
  examples: [
    {
      doc: 'Calls of a program that uses http://127.0.0.1:8191',
      line: 'maho-soap record --url https://shop.example.com --to cassette',
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined) throw usage(`Unexpected argument "${positionals[0]}".`);
    if (values.to === undefined) throw usage('--to is missing.', 'Add the folder for the exchanges: --to cassette');
    const { config } = await oneStore(io.env, values, { writes: true });
    const ports = portsOf(io);
    const { Cassette, startRecorder } = await import('../record');
    const cassette = await Cassette.open(values.to);
    const password = config.webUser === undefined ? undefined : await ports.webPassword?.();
    const transport = await openTransport(config, ports, password);
    const recorder = await onPort(values.port, (port) =>
      startRecorder({
        config,
        transport,
        port,
        allowWrites: values.confirm !== undefined && values.confirm === config.name,
        keepsValues: false,
        onPassed: (passed) => {
          const { method, outcome, timings } = passed.exchange;
          const said = outcome.kind === 'result' ? 'ok' : outcome.kind === 'fault' ? `fault ${outcome.fault.code}` : outcome.what;
          void io.err(`${printable(`${method}: ${said}, ${timings.total.toFixed(0)} ms`)}\n`);
          return cassette.add(passed);
        },
        onRefused: ({ method }, error) => void io.err(`${printable(`${method}: refused. ${error.message}`)}\n`),
      }),
    );
    await io.out(
      `Recording ${printable(config.name)} to ${printable(values.to)}. Use this URL in the program: ${recorder.url}` +
        `\nStop it with Ctrl+C.\n`,
    );
    try {
      await stopped(io.stop);
    } finally {
      await recorder.close();
      await cassette.close();
    }
    return 0;
  },
};
