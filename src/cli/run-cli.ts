import { version } from '../../package.json';
import { annotationLine, printed } from '../api/printable';
import { call } from './call';
import { decode } from './decode';
import { demoStore } from './demo-store';
import { doctor } from './doctor';
import { errorText, usage, type Command, type Io, type Terminal } from './io';
import { run as runRequests } from './run/run';
import { types } from './types';

/** The subcommands by name, in the order `--help` lists them. */
const commands: Readonly<Record<string, Command>> = { run: runRequests, call, doctor, decode, types, 'demo-store': demoStore };

function overview(): string {
  const width = Math.max(...Object.keys(commands).map((name) => name.length));
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`);
  return `Usage: maho-soap COMMAND [options]

The SOAP customer API of Maho, OpenMage and Magento 1 stores from the command line.

Commands:
${lines.join('\n')}

  maho-soap COMMAND --help tells more about one. --version prints the version.
`;
}

/**
 * Runs the command line. Errors are written to standard error, not thrown.
 * @param args without node and script
 * @returns the exit code: 0, 1 where a command says so, 2 for every error
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  // The one way out: whatever a command forgets, nothing that a store or a file says commands a terminal or a build server.
  const io: Io = {
    ...terminal,
    out: async (text) => await terminal.out(printed(text)),
    err: async (text) => await terminal.err(printed(text)),
    annotate: async (annotation) => await terminal.out(annotationLine(annotation)),
  };
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await io.out(overview());
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    await io.out(`${version}\n`);
    return 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw usage(`There is no command "${name}".`, `Commands are ${Object.keys(commands).join(', ')}.`);
    const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined);
    if (options.includes('--help') || options.includes('-h')) {
      await io.out(command.help);
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    await io.err(errorText(error));
    return 2;
  }
}
