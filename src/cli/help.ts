import type { Command, Option } from './command';

/** Widest line of help, in characters. */
const WIDTH_CHARS = 118;

/** The column at which descriptions of options begin at the latest, in characters. */
const MAX_COLUMN_CHARS = 25;

/** The commands by name, in the order in which help lists them. */
export type Commands = Readonly<Record<string, Command>>;

/** The text of `maho-soap --help`. */
export function overview(commands: Commands): string {
  const lines = rows(Object.entries(commands).map(([name, { summary }]) => [name, summary]));
  return `Usage: maho-soap COMMAND [options]

The SOAP customer API of Maho, OpenMage and Magento 1 stores from the command line.

Commands:
${lines}

Use maho-soap COMMAND --help for the options of a command, and maho-soap --version for the version.
`;
}

/** The text of `maho-soap COMMAND --help`. */
export function helpOf(name: string, command: Command): string {
  const { usage, about, positionals = [], options, exit, examples } = command;
  const described = Object.entries(options).map(([key, option]) => [signature(key, option), docOf(option)] as const);
  const blocks = [
    wrapped(`Usage: maho-soap ${name} ${usage}`.trimEnd(), 0, '       '),
    ...about.map((paragraph) => wrapped(paragraph)),
    ...(positionals.length === 0 ? [] : [rows(positionals.map((each) => [each.name, each.doc]))]),
    `Options:\n${rows([...described, ['--help', 'Print this help.']])}`,
    wrapped(exit),
    `Examples:\n${examples.map(({ doc, line }) => `  ${doc}:\n    ${line.replaceAll('\n', '\n    ')}`).join('\n')}`,
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** An option with its value, such as `--out FILE`. */
export function signature(key: string, { value, type }: Option): string {
  return type === 'boolean' ? `--${key}` : `--${key} ${value ?? 'VALUE'}`;
}

/** The description of an option. It says so when the option may be given several times. */
export function docOf({ doc, multiple }: Option): string {
  return multiple === true ? `${doc} Can be repeated.` : doc;
}

/** Two columns, the second one wrapped. */
function rows(entries: readonly (readonly [string, string])[]): string {
  const column = Math.min(MAX_COLUMN_CHARS, Math.max(...entries.map(([head]) => head.length)) + 4);
  return entries
    .map(([head, text]) => {
      const body = wrapped(text, column, ' '.repeat(column));
      const start = `  ${head}`;
      return start.length + 2 <= column ? start.padEnd(column) + body : `${start}\n${' '.repeat(column)}${body}`;
    })
    .join('\n');
}

/**
 * A paragraph wrapped to {@link WIDTH_CHARS}. A paragraph with a line that begins with a blank stays as it is.
 * @param used number of characters before the first line
 */
function wrapped(text: string, used = 0, indent = ''): string {
  if (/^ /m.test(text)) return text;
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const start = lines.length === 0 ? used : indent.length;
    if (line !== '' && start + line.length + 1 + word.length > WIDTH_CHARS) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line].join(`\n${indent}`);
}
