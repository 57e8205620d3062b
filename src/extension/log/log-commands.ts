import type { Handlers } from '../commands/commands';
import type { Log } from './log';

/** Shows what was logged. */
export function logCommands(log: Log): Handlers<'log'> {
  return {
    'log.show': () => {
      log.show();
    },
  };
}
