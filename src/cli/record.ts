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
  to: { type: 'string', value: 'FOLDER', doc: 'where the exchanges are kept; a recording that is there is gone on with' },
  port: {
    type: 'string',
    value: 'N',
    doc: `port on this machine that the program is to use (${USUAL_PORT}, or a free one when it is taken); 0 takes a free one`,
  },
  confirm: {
    type: 'string',
    value: 'NAME',
    doc: 'pass writes on to the production or read-only store of this name during this recording; otherwise they are refused with a fault',
  },
} as const satisfies Options;

/** `maho-soap record`: keeps the exchanges between a program and its store. */
export const record: Command = {
  summary: 'Stand between a program and its store, and keep what passes',
  usage: '--store NAME | --url URL --to FOLDER [options]',
  about: [
    'Give the program the address that is printed in place of its store’s: it gets the WSDL with this address in it, ' +
      'its calls over SOAP or REST v2 are passed on, and each exchange is kept in two files that a person can read. ' +
      'The program logs in with its own key. Keys, sessions, tokens, passwords and hashes are masked in the files.',
    'Stop it with Ctrl+C. maho-soap replay answers from the folder later, without the store.',
  ],
  options,
  exit: 'The exit code is 0 when it was stopped, 2 when it could not start or not keep an exchange.',
  examples: [
    {
      doc: 'The calls of a program that uses http://127.0.0.1:8191',
      line: 'maho-soap record --url https://shop.example.com --to cassette',
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined) throw usage(`"${positionals[0]}" means nothing here.`);
    if (values.to === undefined) throw usage('--to is missing.', 'Say in which folder the exchanges are kept: --to cassette');
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
      `Recording ${printable(config.name)} into ${printable(values.to)}. The address for the program is ${recorder.url}` +
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
