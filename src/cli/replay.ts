import { printable, printableJson } from '../api/printable';
import type { Command, Options } from './command';
import { usage } from './io';
import { parse } from './options';
import { stopped } from './stopped';
import { onPort, USUAL_PORT } from './usual-port';

const options = {
  port: {
    type: 'string',
    value: 'N',
    doc: `Port on this computer for the program. Default: ${USUAL_PORT}, or a free port if it is in use. 0 selects a free port.`,
  },
  json: { type: 'boolean', doc: 'Print how often each exchange was used as JSON. The URL is then printed on standard error.' },
} as const satisfies Options;

/** `maho-soap replay`: answers a program from a recording. */
export const replay: Command = {
  summary: 'Answer a program from a recording, without a store',
  usage: 'FOLDER [options]',
  about: [
    'Answers calls from a recording of maho-soap record until you press Ctrl+C. SOAP calls are found by method and ' +
      'arguments, REST calls by verb, path, query and body. The same call gets its recorded responses in their order, ' +
      'and then always the last one. Sessions are new, and every API key is accepted.',
    'A call that was not recorded gets a fault that says so. At the end, the number of uses of each exchange is printed.',
  ],
  positionals: [{ name: 'FOLDER', doc: 'Folder of the recording.' }],
  options,
  exit: 'The exit code is 0 if you stopped it, 1 if a call was not recorded, and 2 if it could not start.',
  examples: [{ doc: 'For a program that uses http://127.0.0.1:8191', line: 'maho-soap replay cassette' }],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [folder, ...more] = positionals;
    if (folder === undefined) throw usage('No recording was given.', 'Add the folder of the recording: maho-soap replay cassette');
    if (more[0] !== undefined) throw usage(`Unexpected argument "${more[0]}".`);
    const { startReplay } = await import('../record');
    let unknown = 0;
    const running = await onPort(values.port, (port) =>
      startReplay({
        folder,
        port,
        onUnknown: ({ method, args: sent }) => {
          unknown++;
          void io.err(`${printable(`${method} with ${JSON.stringify(sent).slice(0, 300)} was not recorded.`)}\n`);
        },
      }),
    );
    // With --json, standard output holds JSON alone.
    const say = values.json === true ? io.err : io.out;
    await say(`Replaying ${printable(folder)}. Use this URL in the program: ${running.url}\nStop it with Ctrl+C.\n`);
    try {
      await stopped(io.stop);
    } finally {
      await running.close();
    }
    const uses = running.uses();
    if (values.json === true) await io.out(`${printableJson({ uses, unknown })}\n`);
    else
      await io.out(
        `${uses.map(({ file, used }) => `${String(used).padStart(6)} × ${printable(file)}\n`).join('')}` +
          `${unknown === 0 ? '' : `${unknown} ${unknown === 1 ? 'call was' : 'calls were'} not recorded.\n`}`,
      );
    return unknown === 0 ? 0 : 1;
  },
};
