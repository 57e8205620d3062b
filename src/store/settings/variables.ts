import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';
import type { StoreConfig } from './config';

/** The environment of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Whether an environment variable contains a key or a password, according to its name. It is never inserted into text that is sent. */
export function holdsKey(name: string): boolean {
  return /^MAHO_SOAP_/i.test(name);
}

/**
 * Replaces `${env:NAME}` by the environment variable.
 * @throws {ToolkitError} of kind `input` when a variable is not set (`variable-missing`) or may contain a key (`variable-key`)
 */
export function expandVariables(text: string, env: Environment): string {
  return text.replace(/\$\{env:([^${}]+)\}/g, (_, name: string) => {
    if (holdsKey(name)) {
      throw new ToolkitError('input', {
        code: 'variable-key',
        what: t('The environment variable {name} cannot be used in the settings of a store.', { name }),
        why: t('Variables that begin with MAHO_SOAP_ contain API keys, and settings must not be able to send them.'),
        next: t('Use another variable.'),
      });
    }
    const value = Object.hasOwn(env, name) ? env[name] : undefined;
    if (value !== undefined && value !== '') return value;
    throw new ToolkitError('input', {
      code: 'variable-missing',
      what: t('The environment variable {name} is not set.', { name }),
      why: t('The settings of this store refer to it.'),
      next: t('Set it in the environment that starts VS Code or maho-soap, then reload the VS Code window.'),
    });
  });
}

/**
 * A store of the settings with the variables of its address, users and CA file replaced.
 * @throws {ToolkitError} see {@link expandVariables}
 */
export function expandStore(config: StoreConfig, env: Environment): StoreConfig {
  const { url, user, webUser, caFile } = config;
  return {
    ...config,
    url: expandVariables(url, env),
    user: expandVariables(user, env),
    ...(webUser === undefined ? {} : { webUser: expandVariables(webUser, env) }),
    ...(caFile === undefined ? {} : { caFile: expandVariables(caFile, env) }),
  };
}

/**
 * A store of the settings with only the variables of its address replaced, which is enough to tell for which shop its restrictions hold.
 * A missing variable elsewhere in the entry must not remove a restriction.
 * @returns `undefined` when a variable of the address is missing
 */
export function expandAddress<T extends Pick<StoreConfig, 'url'>>(config: T, env: Environment): T | undefined {
  try {
    return { ...config, url: expandVariables(config.url, env) };
  } catch (error) {
    if (error instanceof ToolkitError) return undefined;
    throw error;
  }
}
