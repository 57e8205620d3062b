import { isSecretName } from '../../api/secrets';
import { MASK } from '../../store';
import { SESSION_PLACEHOLDER } from '../file/envelope';

/** Names under which a session stands: its place is filled by each run. */
const sessionNames: ReadonlySet<string> = new Set(['sessionId', 'loginReturn', 'startSessionReturn']);

/** The tag before a value, and for V1's maps and V2's filters the key before that. */
const NAMED = /(?:<(?:[\w.-]+:)?key(?:\s[^<>]*)?>\s*([\w.-]+)\s*<\/(?:[\w.-]+:)?key>\s*)?<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>\s*$/;

/** How far before a value its name is looked for. */
const NAMED_WITHIN_CHARS = 2000;

/**
 * A masked envelope as a request file has it. What was masked becomes a placeholder: `{{$session}}` where the session stood, and a
 * variable named after its attribute for every other secret, which the user fills in.
 * @param onVariable told the name of each such variable
 */
export function savedEnvelope(masked: string, onVariable: (name: string) => void = () => undefined): string {
  const parts = masked.replaceAll('{{', '\\{{').split(MASK);
  const written = [parts[0] ?? ''];
  // The end of what is written, apart: a text that grows is copied whole whenever its end is read.
  let end = written.join('').slice(-NAMED_WITHIN_CHARS);
  for (const part of parts.slice(1)) {
    const [, key, element] = NAMED.exec(end) ?? [];
    const name = element === 'value' && key !== undefined ? key : element;
    // What no name gives away is hidden because it is a secret of this conversation: its session.
    const secret = name !== undefined && isSecretName(name) && !sessionNames.has(name) ? name.replace(/\W+/g, '_') : undefined;
    if (secret !== undefined) onVariable(secret);
    const filled = `{{${secret ?? SESSION_PLACEHOLDER}}}${part}`;
    written.push(filled);
    end = (end + filled).slice(-NAMED_WITHIN_CHARS);
  }
  return written.join('');
}
