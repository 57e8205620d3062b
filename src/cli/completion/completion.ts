import type { Command, Options } from '../command';
import type { Commands } from '../help';
import { usage } from '../io';
import { parse } from '../options';
import { completionScript, shells } from './shells';

const options = {} as const satisfies Options;

/**
 * `maho-soap completion`: prints a completion script for a shell.
 * @param commands all commands, this one included, so they are read only when it runs
 */
export function completionOf(commands: () => Commands): Command {
  return {
    summary: 'Print a completion script for a shell',
    usage: 'SHELL',
    about: ['Prints a script with which a shell completes the commands of maho-soap, their options and the values of the options.'],
    positionals: [{ name: 'SHELL', doc: `${shells.slice(0, -1).join(', ')} or ${shells.at(-1) ?? ''}.`, choices: shells }],
    options,
    exit: 'The exit code is 0, or 2 for an unknown shell.',
    examples: [
      { doc: 'For bash, in every new terminal', line: `echo 'source <(maho-soap completion bash)' >> ~/.bashrc` },
      { doc: 'For zsh, after compinit', line: `echo 'source <(maho-soap completion zsh)' >> ~/.zshrc` },
      {
        doc: 'For fish',
        line: 'mkdir -p ~/.config/fish/completions && maho-soap completion fish > ~/.config/fish/completions/maho-soap.fish',
      },
      { doc: 'For PowerShell (load the file in your $PROFILE)', line: 'maho-soap completion powershell > maho-soap.ps1' },
    ],

    async run(args, io) {
      const { positionals } = parse(args, options);
      const [named, more] = positionals;
      const shell = shells.find((each) => each === named?.toLowerCase());
      if (named === undefined) throw usage('No shell was given.', `Add one of ${shells.join(', ')}.`);
      if (shell === undefined) throw usage(`There is no completion script for "${named}".`, `Use one of ${shells.join(', ')}.`);
      if (more !== undefined) throw usage(`Unexpected argument "${more}".`);
      await io.out(completionScript(shell, commands()));
      return 0;
    },
  };
}
