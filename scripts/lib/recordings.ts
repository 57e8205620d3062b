import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { packFiles, unpackFiles } from './archive';
import { out, root } from './project';

const fixtures = path.join(root, 'test/fixtures/wire');

/** Extension of an archive of recordings. */
const ENDING = '.tar.br';

/** Name of the archive with a store's files outside of its folders, such as WSDLs. */
const LOOSE = 'files';

/** Unpacks all recorded files, for people to read. @param target a folder, created if it does not exist */
export async function unpackRecordings(target = path.join(out, 'wire')): Promise<void> {
  for (const name of await readdir(fixtures, { recursive: true })) {
    if (!name.endsWith(ENDING)) continue;
    const folder = name.slice(0, -ENDING.length);
    const to = path.join(target, path.basename(folder) === LOOSE ? path.dirname(folder) : folder);
    await mkdir(to, { recursive: true });
    for (const [file, bytes] of unpackFiles(await readFile(path.join(fixtures, name)))) await writeFile(path.join(to, file), bytes);
  }
  console.log(`The recordings are in ${target}.`);
}

/**
 * Packs recorded files as the recordings of a store: one archive for each folder, and one for the files beside the folders.
 * @param store such as `maho-26.7`; its earlier recordings are replaced
 */
export async function packRecordings(store: string, source: string): Promise<void> {
  const target = path.join(fixtures, store);
  await rm(target, { recursive: true, force: true });
  let total = 0;
  for (const folder of ['.', ...(await foldersOf(source))]) {
    const entries = (await readdir(path.join(source, folder), { withFileTypes: true })).filter((entry) => entry.isFile());
    if (entries.length === 0) continue;
    const files = new Map<string, Buffer>();
    for (const { name } of entries) files.set(name, await readFile(path.join(source, folder, name)));
    const archive = packFiles(files);
    const file = `${path.join(target, folder === '.' ? LOOSE : folder)}${ENDING}`;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, archive);
    total += archive.length;
    console.log(`${folder}: ${files.size} files, ${archive.length} bytes`);
  }
  console.log(`${total} bytes in ${target}`);
}

async function foldersOf(source: string): Promise<string[]> {
  const entries = await readdir(source, { withFileTypes: true, recursive: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)));
}
