import { t } from '../../l10n/texts';
import type { Handlers } from '../commands/commands';
import type { ActiveStore } from '../stores/active-store';
import type { CopyAs } from '../calls/copy-as';
import type { CodeMethods } from '../calls/code-methods';
import { chooseCall } from './choose-call';
import type { RunCode } from './run-code';
import { writeTypes } from './write-types';

/** The commands that make code from calls, and run calls in code. */
export function codeCommands({
  active,
  methods,
  copyAs,
  runCode,
}: {
  readonly active: ActiveStore;
  readonly methods: CodeMethods;
  readonly copyAs: CopyAs;
  readonly runCode: RunCode;
}): Handlers<'code'> {
  return {
    'code.copyAs': async (argument) => {
      const meant = await chooseCall(argument, active, t('Select a request to copy as code'), methods);
      if (meant !== undefined) await copyAs.copy(meant.call, meant.store);
    },
    'code.insertAs': async (argument) => {
      const meant = await chooseCall(argument, active, t('Select a request to insert as code'), undefined);
      if (meant !== undefined) await copyAs.insert(meant.call, meant.store);
    },
    'types.write': async () => {
      await writeTypes(active);
    },
    'code.run': async (argument) => {
      await runCode.run(argument);
    },
  };
}
