// The folder that is packaged as the extension.
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** The list of what is shipped. */
const LIST = '.vscodeignore';

/**
 * Copies what the list of the project names at its top: a folder with all that is in it, which is more than is shipped. vsce then goes by
 * the same list. It would look at every file of the project otherwise: tens of thousands in `node_modules`, for 400 that are shipped.
 * @param project the folder with the list
 * @param staged becomes the copy; what was there is gone
 * @throws {Error} for a line that names no file or folder at the top
 */
export async function stage(project: string, staged: string): Promise<void> {
  await rm(staged, { recursive: true, force: true });
  await mkdir(staged, { recursive: true });
  const wanted = topNames(await readFile(path.join(project, LIST), 'utf8'));
  const there = await readdir(project);
  for (const name of [LIST, ...there.filter((each) => wanted.some((pattern) => pattern.test(each)))]) {
    await cp(path.join(project, name), path.join(staged, name), { recursive: true });
  }
}

/** What the lines with `!` begin with, up to the first slash. A star stands for anything. */
function topNames(list: string): readonly RegExp[] {
  return list
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line.startsWith('!'))
    .map((line) => {
      const [name = ''] = line.slice(1).split('/');
      if (!/^[\w.*-]*\w[\w.*-]*$/.test(name)) throw new Error(`${LIST}: write "${line}" with the name of its folder at the beginning.`);
      return new RegExp(`^${name.replace(/\./g, '\\.').replace(/\*+/g, '.*')}$`);
    });
}
