import type { Handlers } from '../commands/commands';
import type { Log } from './log';

/** The command that shows the log. */
export function logCommands(log: Log): Handlers<'log'> {
  return {
    'log.show': () => {
      log.show();
    },
  };
}
