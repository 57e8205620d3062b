import type { Expression } from '../template';

/** A word for a POSIX shell, in single quotes: the shell reads nothing in it. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A line that a shell script prints: text, and words of the shell that are known only when the script runs. */
export type ShellLine = readonly (string | Expression)[];

/**
 * Commands that print lines exactly as they are. Text stands in quoted here-documents, in which the shell reads nothing;
 * a line with an expression is printed by `printf`, its text in single quotes. So no text can become a command, and no
 * value of an expression is read a second time.
 * @param lines text may hold line feeds; the expressions are quoted words such as `"$session"`
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

/** A line whose text holds line feeds, as the several lines it is; texts that follow each other as one. */
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
 * `cat` with a here-document. None of its lines may begin with an X: it could be the end mark, and dash loses bytes of a
 * line that begins like the mark and goes on with other scripts.
 */
function hereDocument(lines: readonly string[]): string {
  return `cat <<'XML'\n${lines.join('\n')}\nXML`;
}
