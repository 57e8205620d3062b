import type { Command, Option } from '../command';
import type { Commands } from '../help';

/** Shells that have a completion script. */
export const shells = ['bash', 'zsh', 'fish', 'powershell'] as const;

type Shell = (typeof shells)[number];

/** The script that makes a shell complete `maho-soap`, made from the table of commands. */
export function completionScript(shell: Shell, commands: Commands): string {
  return writers[shell](commands);
}

const writers: Readonly<Record<Shell, (commands: Commands) => string>> = { bash, zsh, fish, powershell };

/** Names of options with their dashes. */
function optionsOf({ options }: Command): readonly string[] {
  return [...Object.keys(options).map((key) => `--${key}`), '--help'];
}

/** Allowed words after the options of a command. A command without any is completed with file names. */
function wordsOf({ positionals = [] }: Command): readonly string[] {
  return positionals.flatMap(({ choices = [] }) => choices);
}

/** The options of all commands that take a value. */
function valued(commands: Commands): readonly { readonly name: string; readonly key: string; readonly option: Option }[] {
  return Object.entries(commands).flatMap(([name, { options }]) =>
    Object.entries(options).flatMap(([key, option]) => (option.type === 'string' ? [{ name, key, option }] : [])),
  );
}

/** Whether a value is the name of a file or folder. */
function isPath({ value }: Option): boolean {
  return value === 'FILE' || value === 'FOLDER';
}

function bash(commands: Commands): string {
  const choices = valued(commands).filter(({ option }) => option.choices !== undefined);
  const open = valued(commands).filter(({ option }) => option.choices === undefined && !isPath(option));
  const files = valued(commands).filter(({ option }) => isPath(option));
  const pattern = (each: readonly { readonly name: string; readonly key: string }[]): string =>
    each.map(({ name, key }) => `'${name} --${key}'`).join('|');
  return `# Completion of maho-soap for bash. Load it with: source <(maho-soap completion bash)
_maho_soap() {
  local word="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" command="\${COMP_WORDS[1]}"
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "${Object.keys(commands).join(' ')} help --help --version" -- "$word"))
    return
  fi
  case "$command $before" in
${choices.map(({ name, key, option }) => `    '${name} --${key}') COMPREPLY=($(compgen -W "${option.choices?.join(' ') ?? ''}" -- "$word")); return ;;`).join('\n')}
    ${pattern(files)}) compopt -o default 2>/dev/null; return ;;
    ${pattern(open)}) return ;;
  esac
  case "$command:$word" in
${Object.entries(commands)
  .map(([name, command]) => `    ${name}:-*) COMPREPLY=($(compgen -W "${optionsOf(command).join(' ')}" -- "$word")) ;;`)
  .join('\n')}
${Object.entries(commands)
  .filter(([, command]) => wordsOf(command).length > 0)
  .map(([name, command]) => `    ${name}:*) COMPREPLY=($(compgen -W "${wordsOf(command).join(' ')}" -- "$word")) ;;`)
  .join('\n')}
    *) compopt -o default 2>/dev/null ;;
  esac
}
complete -F _maho_soap maho-soap
`;
}

/** The text in single quotes for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

function zsh(commands: Commands): string {
  const described = (text: string): string => text.replace(/[\\[\]:]/g, String.raw`\$&`);
  const spec = (key: string, option: Option): string => {
    const many = option.multiple === true ? '*' : '';
    const action = option.choices !== undefined ? `(${option.choices.join(' ')})` : isPath(option) ? '_files' : '';
    const value = option.type === 'string' ? `:${described(option.value ?? 'value')}:${action}` : '';
    return quoted(`${many}--${key}[${described(option.doc)}]${value}`);
  };
  const cases = Object.entries(commands).map(([name, command]) => {
    const words = wordsOf(command);
    const rest = words.length > 0 ? `'*:word:(${words.join(' ')})'` : `'*:file:_files'`;
    const lines = [...Object.entries(command.options).map(([key, option]) => spec(key, option)), `'--help[Print this help.]'`, rest];
    return `    ${name})\n      _arguments ${lines.join(' \\\n        ')} ;;`;
  });
  return `#compdef maho-soap
# Completion of maho-soap for zsh. Load it with: source <(maho-soap completion zsh)
_maho_soap() {
  local -a commands=(
${Object.entries(commands)
  .map(([name, { summary }]) => `    ${quoted(`${name}:${summary.replaceAll(':', String.raw`\:`)}`)}`)
  .join('\n')}
  )
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local command="$words[2]"
  shift words
  (( CURRENT-- ))
  case "$command" in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = "_maho_soap" ] || [ "$funcstack[1]" = "_maho-soap" ]; then
  _maho_soap "$@"
else
  compdef _maho_soap maho-soap
fi
`;
}

function fish(commands: Commands): string {
  const string = (text: string): string => `'${text.replace(/[\\']/g, String.raw`\$&`)}'`;
  const lines = Object.entries(commands).flatMap(([name, command]) => {
    const seen = `complete -c maho-soap -n '__fish_seen_subcommand_from ${name}'`;
    const words = wordsOf(command);
    return [
      `complete -c maho-soap -n __fish_use_subcommand -f -a ${name} -d ${string(command.summary)}`,
      ...(words.length > 0 ? [`${seen} -f -a ${string(words.join(' '))}`] : []),
      `${seen} -l help -d 'Print this help.'`,
      ...Object.entries(command.options).map(([key, option]) => {
        const { choices } = option;
        const takes =
          option.type === 'boolean'
            ? ''
            : choices !== undefined
              ? ` -x -a ${string(choices.join(' '))}`
              : isPath(option)
                ? ' -r -F'
                : ' -x';
        return `${seen} -l ${key}${takes} -d ${string(option.doc)}`;
      }),
    ];
  });
  return `# Completion of maho-soap for fish. Load it with: maho-soap completion fish | source
${lines.join('\n')}
`;
}

function powershell(commands: Commands): string {
  const string = (text: string): string => `'${text.replaceAll("'", "''")}'`;
  const list = (texts: readonly string[]): string => `@(${texts.map(string).join(', ')})`;
  const table = Object.entries(commands).map(
    ([name, command]) => `    ${string(name)} = ${list([...wordsOf(command), ...optionsOf(command)])}`,
  );
  const choices = valued(commands).flatMap(({ name, key, option }) =>
    option.choices === undefined ? [] : [`    ${string(`${name} --${key}`)} = ${list(option.choices)}`],
  );
  return `# Completion of maho-soap for PowerShell. Load it with: maho-soap completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName maho-soap -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @{
${table.join('\n')}
  }
  $choices = @{
${choices.join('\n')}
  }
  $given = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
  if ($given.Count -le 1) { $offered = ${list([...Object.keys(commands), 'help', '--help', '--version'])} }
  elseif ($choices.ContainsKey("$($given[1]) $($given[-1])")) { $offered = $choices["$($given[1]) $($given[-1])"] }
  elseif ($words.ContainsKey($given[1])) { $offered = $words[$given[1]] }
  else { $offered = @() }
  $offered | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
  }
}
`;
}
