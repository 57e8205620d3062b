import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import nodePath, { dirname, join, resolve, type PlatformPath } from 'node:path';
import { ToolkitError } from '../../api/errors';
import { t } from '../../l10n/texts';

/** Largest file that a request file may name, in bytes. */
const MAX_FILE_BYTES = 16 * 1024 * 1024;

/**
 * The files that one request file names. Anyone who can change a branch can change these names, so only files of the same repository are
 * allowed: other files of a build machine must not be sent to a store. Outside of a repository, the folder of the request file is the
 * limit.
 */
export class NamedFiles {
  readonly #folder: string;
  #root: string | undefined;

  /**
   * @param requestFile path of the request file on disk
   * @param including the file that includes this one; then its repository is the limit
   */
  constructor(requestFile: string, including?: NamedFiles) {
    this.#folder = dirname(resolve(requestFile));
    this.#root = including?.root;
  }

  /** The root of the repository, with links resolved; the folder of the request file when there is no repository. */
  get root(): string {
    return (this.#root ??= rootOf(this.#folder));
  }

  /**
   * The real path of a named file, with links resolved.
   * @param name path relative to the folder of the request file, as written there
   * @throws {ToolkitError} of kind `input`, `file` or `file-too-large`; of kind `policy`, `file-outside`
   */
  pathOf(name: string): string {
    let real: string;
    try {
      real = realpathSync.native(resolve(this.#folder, name));
      const about = statSync(real);
      if (!about.isFile()) throw unreadable(name, t('It is not a file.'));
      if (about.size > MAX_FILE_BYTES)
        throw new ToolkitError('input', {
          code: 'file-too-large',
          what: t('The file {name} is too large.', { name }),
          why: t('It has {size} bytes; a request file may name files of up to {most}.', { size: about.size, most: MAX_FILE_BYTES }),
        });
    } catch (error) {
      if (error instanceof ToolkitError) throw error;
      // The error must not tell whether a file outside of the repository exists.
      if (this.#isOutside(resolve(this.#folder, name))) throw outside(name);
      throw unreadable(
        name,
        error instanceof Error && 'code' in error && error.code === 'ENOENT' ? t('There is no such file.') : undefined,
        error,
      );
    }
    if (this.#isOutside(real)) throw outside(name);
    return real;
  }

  /**
   * The bytes of a named file, see {@link pathOf}. Reads synchronously, because placeholders are filled synchronously and the size is
   * limited.
   */
  read(name: string): Buffer {
    const path = this.pathOf(name);
    try {
      return readFileSync(path);
    } catch (error) {
      throw unreadable(name, error instanceof Error ? error.message : undefined, error);
    }
  }

  /** Whether a path is in the repository. Links are not resolved. */
  isWithin(path: string): boolean {
    return !this.#isOutside(path);
  }

  #isOutside(path: string): boolean {
    return isOutside(this.root, path);
  }
}

/**
 * Whether a path is outside of a repository, or in the `.git` folder, which may hold the credentials of a build.
 * @param system the path functions to use; those of this machine by default
 */
export function isOutside(root: string, path: string, system: Pick<PlatformPath, 'relative' | 'isAbsolute' | 'sep'> = nodePath): boolean {
  const within = system.relative(root, path);
  return (
    within === '' || system.isAbsolute(within) || within.split(system.sep).some((part) => part === '..' || part.toLowerCase() === '.git')
  );
}

/** The root of the repository of a folder, with links resolved. */
function rootOf(folder: string): string {
  let real: string;
  try {
    real = realpathSync.native(folder);
  } catch (error) {
    throw unreadable(folder, error instanceof Error ? error.message : undefined, error);
  }
  for (let at = real, above = ''; at !== above; above = at, at = dirname(at)) if (existsSync(join(at, '.git'))) return at;
  return real;
}

function outside(name: string): ToolkitError {
  return new ToolkitError('policy', {
    code: 'file-outside',
    what: t('The file {name} is not read, because it is not in the repository of the request file.', { name }),
    why: t(
      'Otherwise, anyone who can change a request file could send files of this computer to a store. Without a repository, only files below the folder of the request file are allowed.',
    ),
    next: t('Copy the file to the folder of the request file.'),
  });
}

function unreadable(name: string, why: string | undefined, cause?: unknown): ToolkitError {
  return new ToolkitError(
    'input',
    {
      code: 'file',
      what: t('The file {name} cannot be read.', { name }),
      why,
      next: t('Check its name. It is relative to the folder of the request file.'),
    },
    { cause },
  );
}
