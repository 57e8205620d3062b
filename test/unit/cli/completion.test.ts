// Completion in the real shells, if they are installed.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { commands } from '../../../src/cli/commands';
import { completionScript, shells } from '../../../src/cli/completion/shells';

type Shell = (typeof shells)[number];

/** Time limit for the completions of a shell, in ms. */
const LIMIT_MS = 30_000;

const programs: Readonly<Record<Shell, string>> = { bash: 'bash', zsh: 'zsh', fish: 'fish', powershell: 'pwsh' };

const installed = (shell: Shell): boolean => spawnSync(programs[shell], ['--version'], { timeout: LIMIT_MS }).status === 0;

/** The completions of a shell at the end of some command lines. */
const askers: Readonly<Record<Shell, (script: string, folder: string, line: string) => readonly string[]>> = {
  bash: (script, folder, line) => {
    const words = line.split(' ');
    return ask('bash', [
      '--norc',
      '-c',
      `cd '${folder}'; source '${script}'; COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); ` +
        `COMP_CWORD=${words.length - 1}; _maho_soap 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`,
    ]);
  },
  // A separate terminal, in which the key for completion lists all choices.
  zsh: (script, folder, line) => {
    const program = `
      zmodload zsh/zpty; zpty z zsh -f -i
      zpty -w z "cd ${folder}; PS1=; autoload -Uz compinit; compinit -u -d ${folder}/dump; source ${script}; zstyle ':completion:*' list-prompt ''; LISTMAX=1000; offer() { zle list-choices; zle -R; zle -I; print -r -- do''ne }; zle -N offer; bindkey '^I' offer; stty -echo; echo re''ady"
      local all= part=
      while zpty -r z part; do [[ $part == *ready* ]] && break; done
      zpty -w -n z $'${line}\\t'
      while zpty -r z part; do all+=$part; [[ $part == *done* ]] && break; done
      print -r -- $all; zpty -d z`;
    return ask('zsh', ['-f', '-c', program]).flatMap((row) => stripVTControlCharacters(row).split(/\s+/));
  },
  fish: (script, folder, line) =>
    ask('fish', ['--no-config', '-c', `cd '${folder}'; source '${script}'; complete -C '${line}'`]).map((row) => row.split('\t')[0] ?? ''),
  powershell: (script, folder, line) =>
    ask('pwsh', [
      '-NoProfile',
      '-Command',
      `Set-Location '${folder}'; . '${script}'; (TabExpansion2 '${line}' ${line.length}).CompletionMatches.CompletionText`,
    ]),
};

function ask(program: string, args: readonly string[]): readonly string[] {
  const { stdout, stderr, error } = spawnSync(program, args, { encoding: 'utf8', timeout: LIMIT_MS });
  if (error !== undefined) throw error;
  return `${stdout}\n${stderr}`.split(/\r?\n/);
}

function prepared(t: TestContext, shell: Shell): { readonly script: string; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), 'maho-soap-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const script = join(folder, shell === 'powershell' ? 'completion.ps1' : 'completion');
  writeFileSync(script, completionScript(shell, commands));
  return { script, folder };
}

suite('Completion', () => {
  for (const shell of shells) {
    test(`for ${shell} names every command, option and choice`, () => {
      const script = completionScript(shell, commands);
      for (const [name, { options, positionals = [] }] of Object.entries(commands)) {
        assert.ok(script.includes(name));
        for (const [key, { choices = [] }] of Object.entries(options)) {
          assert.ok(script.includes(shell === 'fish' ? `-l ${key}` : `--${key}`), `${name} --${key}`);
          for (const choice of choices) assert.ok(script.includes(choice));
        }
        for (const { choices = [] } of positionals) for (const choice of choices) assert.ok(script.includes(choice));
      }
    });

    test(
      `in ${shell} offers commands, options and values`,
      { skip: installed(shell) ? false : `${programs[shell]} is not installed` },
      (t) => {
        const { script, folder } = prepared(t, shell);
        const offered = (line: string): readonly string[] => askers[shell](script, folder, line);
        const names = offered('maho-soap ');
        for (const name of Object.keys(commands)) assert.ok(names.includes(name), `${name} in ${names.join(' ')}`);
        const options = offered('maho-soap run --re');
        for (const option of ['--retry', '--reporter']) assert.ok(options.includes(option), options.join(' '));
        assert.ok(!options.includes('--verbose'), options.join(' '));
        const dialects = offered('maho-soap call --dialect ');
        for (const dialect of ['v1', 'v2', 'wsi']) assert.ok(dialects.includes(dialect), dialects.join(' '));
        assert.ok(!dialects.includes('--url'));
        assert.ok(offered('maho-soap completion ').includes('fish'));
      },
    );
  }
});
