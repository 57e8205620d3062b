import type { SoapRecord } from '../../api/value';
import { printable } from '../../api/printable';
import { misspelledVariables, readEnvironments, type RequestFile } from '../../requests';
import { holdsKey } from '../../store/settings/variables';
import { usage, type Io } from '../io';

/** Variables from the options. They win over those of the request files. */
export interface GivenVariables {
  readonly variables: SoapRecord;
  /** The options and files that gave them, for notes. */
  readonly sources: string;
}

/**
 * Reads the environment files of `--env` and the variables of `--var name=value`. The latter win.
 * @throws {ToolkitError} of kind `input` for a file that cannot be read or a text that is not a variable
 */
export async function givenVariables(env: readonly string[], single: readonly string[], io: Io): Promise<GivenVariables> {
  const { variables, notes } = await readEnvironments(env);
  for (const note of notes) await io.err(`Note: ${printable(note)}\n`);
  const own = Object.fromEntries(single.map(variableOf));
  const sources = [...env, ...(single.length > 0 ? ['--var'] : [])].join(', ');
  return { variables: { ...variables, ...own }, sources };
}

/** Notes each given variable that is probably misspelled. */
export async function tellMisspelled({ variables, sources }: GivenVariables, files: readonly RequestFile[], io: Io): Promise<void> {
  for (const { name, meant } of misspelledVariables(variables, files))
    await io.err(`Note: "${printable(name)}" from ${printable(sources)} is not used. Did you mean "${printable(meant)}"?\n`);
}

function variableOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  const name = text.slice(0, Math.max(0, at)).trim();
  if (at < 0 || !/^[\p{L}_][\p{L}\p{N}_.-]*$/u.test(name)) throw usage(`"${text}" is not a variable.`, 'Write --var name=value.');
  if (holdsKey(name)) throw usage(`${name} is reserved for an API key or password.`, 'Set it as an environment variable.');
  return [name, text.slice(at + 1)];
}
