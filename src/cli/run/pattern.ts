import { usage } from '../io';

/** The characters that make a name a pattern. */
const SIGNS = /[*?[\]{}]/;

/** Whether a name has characters of a pattern. */
export function isPattern(name: string): boolean {
  return SIGNS.test(name);
}

/**
 * The deepest folder that holds all files that can match; `.` for the working folder.
 * @param pattern with slashes; on Windows it may begin with a drive. The root of a drive is `C:/`, since `C:` is the working folder there.
 */
export function folderOf(pattern: string): string {
  const parts = pattern.split('/');
  const fixed = parts.slice(0, Math.max(0, Math.min(parts.findIndex(isPattern), parts.length - 1)));
  const folder = fixed.join('/');
  if (fixed.length === 0) return '.';
  return folder === '' || /^[a-z]:$/i.test(folder) ? `${folder}/` : folder;
}

/**
 * A test for paths with slashes: `*` and `?` match characters of one name, `**` any folders, `[ab]` one of these characters, `{a,b}` one of
 * these texts. Shells understand the same patterns, but some of them, such as PowerShell, pass them on unchanged.
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
    throw usage(`"${pattern}" is not a valid pattern.`);
  }
  return (path) => expression.test(path);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, String.raw`\$&`);
}
