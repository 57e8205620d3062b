import { call } from './call';
import { completionOf } from './completion/completion';
import { decode } from './decode';
import { demoStore } from './demo-store';
import { doctor } from './doctor';
import type { Commands } from './help';
import { init } from './init/init';
import { methods } from './methods';
import { migrate } from './migrate';
import { record } from './record';
import { replay } from './replay';
import { run } from './run/run';
import { types } from './types';

/** The subcommands by name, in the order in which help, completion and `docs/cli` list them. */
export const commands: Commands = {
  init,
  run,
  call,
  doctor,
  decode,
  methods,
  types,
  migrate,
  record,
  replay,
  'demo-store': demoStore,
  completion: completionOf(() => commands),
};
