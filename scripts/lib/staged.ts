// Creates the folder that is packaged as the extension.
import { cp, mkdir, readdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';

/** The file that lists what is shipped. */
const LIST = '.vscodeignore';

/**
 * Copies the files and folders at the project's top level that the list names. Folders are copied completely, so the copy has more than is
 * shipped, and vsce then applies the same list to it. Without the copy, vsce would check every file of the project: tens of thousands in
 * `node_modules`, of which 400 are shipped.
 * @param project the folder with the list
 * @param staged the folder for the copy; its earlier content is deleted
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

/** Patterns for the names at the beginning of lines with `!`, up to the first slash. A star matches any text. */
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
