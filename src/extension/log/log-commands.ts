import type { Handler } from '../commands/commands';
import type { Log } from './log';

/** Shows what was logged. */
export function logCommands(log: Log): Readonly<Record<string, Handler>> {
  return { 'log.show': () => { log.show(); } };
}
