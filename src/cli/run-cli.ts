import { version } from '../../package.json';
import { annotationLine, printed } from '../api/printable';
import { commands } from './commands';
import { helpOf, overview } from './help';
import { errorText, usage, type Io, type Terminal } from './io';

/**
 * Runs the command line. Errors are written to standard error, not thrown.
 * @param args arguments without node and script
 * @returns the exit code: 0, 1 as the command defines it, or 2 for an error
 */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  // All output passes here, so that no text of a store or a file can control the terminal or the build server.
  const io: Io = {
    ...terminal,
    out: async (text) => await terminal.out(printed(text)),
    err: async (text) => await terminal.err(printed(text)),
    annotate: async (annotation) => await terminal.out(annotationLine(annotation)),
  };
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') {
    await io.out(overview(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version' || name === '-v') {
    await io.out(`${version}\n`);
    return 0;
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
    if (command === undefined) throw usage(`There is no command "${name}".`, `Use one of ${Object.keys(commands).join(', ')}.`);
    const options = rest.slice(0, rest.includes('--') ? rest.indexOf('--') : undefined);
    if (options.includes('--help') || options.includes('-h')) {
      await io.out(helpOf(name, command));
      return 0;
    }
    return await command.run(rest, io);
  } catch (error) {
    await io.err(errorText(error));
    return 2;
  }
}
