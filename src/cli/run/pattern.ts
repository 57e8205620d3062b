import { usage } from '../io';

/** What makes a name a pattern. */
const SIGNS = /[*?[\]{}]/;

/** Whether a name holds signs of a pattern. */
export function isPattern(name: string): boolean {
  return SIGNS.test(name);
}

/**
 * The folder below which all files that match stand; `.` for the working folder.
 * @param pattern with slashes; on Windows it may begin with a drive, whose own folder is `C:/`, since `C:` is the working folder there
 */
export function folderOf(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(0, Math.max(0, Math.min(parts.findIndex(isPattern), parts.length - 1)));
  const folder = fixed.join('/');
  if (fixed.length === 0) return '.';
  return folder === '' || /^[a-z]:$/i.test(folder) ? `${folder}/` : folder;
}

/**
 * A test for paths with slashes: `*` and `?` stand for characters of one name, `**` for any folders, `[ab]` for one of these characters,
 * `{a,b}` for one of these texts. It is what shells understand; the command line gets patterns from those that do not replace them.
 */
export function pathPattern(pattern: string): (path: string) => boolean {
  let written = '';
  let open = 0;
  for (const [token, set] of pattern.matchAll(/\*\*\/|\*+|\?|\[(!?[^\]/]+)\]|[^]/g)) {
    if (token === '**/') written += '(?:[^/]+/)*';
    else if (token.startsWith('*')) written += token.length > 1 ? '.*' : '[^/]*';
    else if (token === '?') written += '[^/]';
    else if (set !== undefined) written += `[${set.startsWith('!') ? '^/' : ''}${escaped(set.replace(/^!/, ''))}]`;
    else if (token === '{') {
      open++;
      written += '(?:';
    } else if (token === '}' && open > 0) {
      open--;
      written += ')';
    } else if (token === ',' && open > 0) written += '|';
    else written += escaped(token);
  }
  let expression: RegExp;
  try {
    expression = new RegExp(`^${written}${')'.repeat(open)}$`, 'su');
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw usage(`"${pattern}" is not a pattern of names.`);
  }
  return (path) => expression.test(path);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
