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
    doc: `port on this machine that the program is to use (${USUAL_PORT}, or a free one when it is taken); 0 takes a free one`,
  },
  json: { type: 'boolean', doc: 'print how often each exchange was used as JSON; the address is printed to standard error then' },
} as const satisfies Options;

/** `maho-soap replay`: answers a program from a recording. */
export const replay: Command = {
  summary: 'Answer a program from a recording, without a store',
  usage: 'FOLDER [options]',
  about: [
    'Answers from the files that maho-soap record has kept, until Ctrl+C. A call is found by its method and ' +
      'arguments, over REST by verb, path, query and body, not by its bytes. The same call is answered as often as it ' +
      'was recorded, in that order, and then always with the last answer. Sessions are new ones; any key is taken.',
    'A call that was not recorded gets a fault that says so. At the end, the uses of each exchange are printed.',
  ],
  positionals: [{ name: 'FOLDER', doc: 'what maho-soap record --to was given' }],
  options,
  exit: 'The exit code is 0 when it was stopped, 1 when there was a call that was not recorded, 2 when it could not start.',
  examples: [{ doc: 'For a program that uses http://127.0.0.1:8191', line: 'maho-soap replay cassette' }],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [folder, ...more] = positionals;
    if (folder === undefined) throw usage('No recording is named.', 'Name the folder that maho-soap record --to was given.');
    if (more[0] !== undefined) throw usage(`"${more[0]}" is one argument too many.`);
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
    await say(`Replaying ${printable(folder)}. The address for the program is ${running.url}\nStop it with Ctrl+C.\n`);
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
          `${unknown === 0 ? '' : `${unknown} calls were not recorded.\n`}`,
      );
    return unknown === 0 ? 0 : 1;
  },
};
