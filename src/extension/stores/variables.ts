import { ToolkitError } from '../../api/errors';

/**
 * Replaces `${env:NAME}` by the environment variable.
 * @throws {ToolkitError} of kind `input` when a variable is not set
 */
export function expandVariables(text: string, env: Readonly<Record<string, string | undefined>>): string {
  return text.replace(/\$\{env:([^}]+)\}/g, (_, name: string) => {
    const value = env[name];
    if (value !== undefined && value !== '') return value;
    throw new ToolkitError('input', {
      code: 'variable-missing',
      what: `The environment variable ${name} is not set.`,
      why: 'The settings of this store refer to it.',
      next: 'Set it where VS Code is started from, then reload the window.',
    });
  });
}
