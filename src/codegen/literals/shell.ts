import type { Expression } from '../template';

/** A word of a POSIX shell in single quotes, in which the shell interprets nothing. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line for a shell script to print: text, and shell words whose value is known only when the script runs. */
export type ShellLine = readonly (string | Expression)[];

/**
 * Commands that print lines unchanged. Text is in quoted here-documents, in which the shell interprets nothing. A line with an expression
 * is printed by `printf`, with its text in single quotes. So no text can become a command, and the value of an expression is not
 * interpreted.
 * @param lines text may have line feeds; expressions are quoted words such as `"$session"`
 */
export function shellPrint(lines: readonly ShellLine[]): string {
  const commands: string[] = [];
  let text: string[] = [];
  const flush = (): void => {
    if (text.length > 0) commands.push(hereDocument(text));
    text = [];
  };
  for (const line of lines.flatMap(physicalLines)) {
    const [only = ''] = line;
    if (line.length <= 1 && typeof only === 'string' && !only.startsWith('X')) {
      text.push(only);
      continue;
    }
    flush();
    commands.push(
      `printf '${'%s'.repeat(line.length)}\\n' ${line.map((part) => (typeof part === 'string' ? shellWord(part) : part.text)).join(' ')}`,
    );
  }
  flush();
  return commands.join('\n');
}

/** Splits a line at the line feeds in its text. Adjacent texts are joined. */
function physicalLines(line: ShellLine): ShellLine[] {
  const all: (string | Expression)[][] = [[]];
  for (const part of line) {
    const [first, ...more] = typeof part === 'string' ? part.split('\n') : [part];
    const current = all.at(-1) ?? [];
    const before = current.at(-1);
    if (typeof first === 'string' && typeof before === 'string') current.splice(-1, 1, before + first);
    else if (first !== undefined && first !== '') current.push(first);
    for (const text of more) all.push(text === '' ? [] : [text]);
  }
  return all;
}

/**
 * `cat` with a here-document. None of its lines may begin with an X: it could be the end mark, and dash loses bytes of a line that begins
 * like the mark and continues with non-Latin characters.
 */
function hereDocument(lines: readonly string[]): string {
  return `cat <<'XML'\n${lines.join('\n')}\nXML`;
}
