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
    summary: 'Print what makes a shell complete commands and options',
    usage: 'SHELL',
    about: ['Prints a script that makes a shell complete the commands of maho-soap, their options and the values of these.'],
    positionals: [{ name: 'SHELL', doc: shells.join(', '), choices: shells }],
    options,
    exit: 'The exit code is 0, or 2 for a shell that is not known.',
    examples: [
      { doc: 'For bash, in every new terminal', line: `echo 'source <(maho-soap completion bash)' >> ~/.bashrc` },
      { doc: 'For zsh, after compinit', line: `echo 'source <(maho-soap completion zsh)' >> ~/.zshrc` },
      {
        doc: 'For fish',
        line: 'mkdir -p ~/.config/fish/completions && maho-soap completion fish > ~/.config/fish/completions/maho-soap.fish',
      },
      { doc: 'For PowerShell, to be put in the file that $PROFILE names', line: 'maho-soap completion powershell > maho-soap.ps1' },
    ],

    async run(args, io) {
      const { positionals } = parse(args, options);
      const [named, more] = positionals;
      const shell = shells.find((each) => each === named?.toLowerCase());
      if (named === undefined) throw usage('No shell is named.', `Name one of ${shells.join(', ')}.`);
      if (shell === undefined) throw usage(`"${named}" is not a shell for which there is completion.`, `Name one of ${shells.join(', ')}.`);
      if (more !== undefined) throw usage(`"${more}" is one argument too many.`);
      await io.out(completionScript(shell, commands()));
      return 0;
    },
  };
}
