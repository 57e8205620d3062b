/** A word for a POSIX shell, in single quotes. */
export function shellWord(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** Text inside an unquoted here-document, where `$`, backquotes and backslashes would otherwise be read by the shell. */
export function hereText(text: string): string {
  return text.replace(/[\\$`]/g, '\\$&');
}
