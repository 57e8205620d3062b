import { type CodeLanguage, type CodeNode } from './node';
import { parseValue } from './parse';

/** How far back a variable's assignment is looked for, in characters. */
const WINDOW = 6_000;

/**
 * The literal that a variable was given before its use, as in `$filters = [...]; $client->customerCustomerList($session, $filters)`.
 * Gives the node itself back when it is no variable, or when what it holds cannot be told: it is changed in between, or
 * was assigned in another function.
 */
export function resolveVariable(text: string, node: CodeNode, use: number, language: CodeLanguage): CodeNode {
  if (node.kind !== 'expression') return node;
  const name = text.slice(node.start, node.end).trim();
  if (!(language === 'php' ? /^\$[A-Za-z_]\w*$/ : /^[A-Za-z_$][\w$]*$/).test(name)) return node;
  const least = Math.max(0, use - WINDOW);
  for (let at = text.lastIndexOf(name, use - 1); at >= least; at = text.lastIndexOf(name, at - 1)) {
    if (/[\w$]/.test(text[at + name.length] ?? '') || (language === 'typescript' && /[\w$.]/.test(text[at - 1] ?? ''))) continue;
    const after = text.slice(at + name.length, at + name.length + 120);
    // TypeScript may say the type of a constant before its value.
    const assigned = /^(?:\s*:[^=;{]*)?\s*=(?![=>])\s*/.exec(after);
    if (assigned !== null) {
      if (!visible(text.slice(at, use))) return node;
      const value = parseValue(text, at + name.length + assigned[0].length, language);
      return value.kind === 'expression' ? node : value;
    }
    if (/^\s*(?:\[[^\]]*\]\s*)+[.?]{0,2}=(?![=>])|^\s*(?:\.|->)\s*[\w]+\s*=(?![=>])|^\s*[.+?]{1,2}=/.test(after)) return node;
    if (at === 0) return node;
  }
  return node;
}

/** Whether no block that was open at the assignment is closed before the use. */
function visible(between: string): boolean {
  let depth = 0;
  for (const character of between) {
    if (character === '{') depth++;
    else if (character === '}' && --depth < 0) return false;
  }
  return true;
}
