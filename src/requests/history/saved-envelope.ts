import { isSecretName } from '../../api/secrets';
import { MASK } from '../../store';
import { SESSION_PLACEHOLDER } from '../file/envelope';

/** Names of elements with the session. Each run fills in its own session. */
const sessionNames: ReadonlySet<string> = new Set(['sessionId', 'loginReturn', 'startSessionReturn']);

/** The tag before a value, and the key before the tag in V1's maps and V2's filters. */
const NAMED = /(?:<(?:[\w.-]+:)?key(?:\s[^<>]*)?>\s*([\w.-]+)\s*<\/(?:[\w.-]+:)?key>\s*)?<(?:[\w.-]+:)?([\w.-]+)(?:\s[^<>]*)?>\s*$/;

/** How far before a value its name is searched. */
const NAMED_WITHIN_CHARS = 2000;

/**
 * A masked envelope for a request file. Masked values become placeholders: `{{$session}}` for the session, and a variable named after the
 * attribute for every other secret, for the user to fill in.
 * @param onVariable called with the name of each such variable
 */
export function savedEnvelope(masked: string, onVariable: (name: string) => void = () => undefined): string {
  const parts = masked.replaceAll('{{', '\\{{').split(MASK);
  const written = [parts[0] ?? ''];
  // The end of the written text is kept apart: reading it from a growing text would copy the whole text each time.
  let end = written.join('').slice(-NAMED_WITHIN_CHARS);
  for (const part of parts.slice(1)) {
    const [, key, element] = NAMED.exec(end) ?? [];
    const name = element === 'value' && key !== undefined ? key : element;
    // A masked value without the name of a secret is the session, the only other secret of an exchange.
    const secret = name !== undefined && isSecretName(name) && !sessionNames.has(name) ? name.replace(/\W+/g, '_') : undefined;
    if (secret !== undefined) onVariable(secret);
    const filled = `{{${secret ?? SESSION_PLACEHOLDER}}}${part}`;
    written.push(filled);
    end = (end + filled).slice(-NAMED_WITHIN_CHARS);
  }
  return written.join('');
}
