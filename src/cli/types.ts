import { join } from 'node:path';
import { catalogueModel, generateTypes, storeModel, typesFileNames, type TypeModel, type TypesTarget } from '../codegen';
import { familyOf } from '../soap/family';
import { StoreClient } from '../store/calls/client';
import type { Command, Options } from './command';
import { usage, type Io } from './io';
import { parse, portsOf, storeOptions } from './options';
import { oneStore, type ChoiceValues } from './store-choice';
import { writeNew } from './write-files';

const targets = ['typescript', 'php'] as const satisfies readonly TypesTarget[];

const options = {
  language: { type: 'string', value: 'L', choices: targets, doc: 'typescript or php; both otherwise' },
  out: { type: 'string', value: 'FOLDER', doc: 'folder to write into (.), made when it is missing; - prints to standard output' },
  force: { type: 'boolean', doc: 'replace files that are there and differ' },
  ...storeOptions,
} as const satisfies Options;

/** `maho-soap types`: types of the API for the code that calls it. */
export const types: Command = {
  summary: 'Write TypeScript declarations and PHP classes of the API',
  usage: '[--language typescript|php] [--out FOLDER] [--store NAME | --url URL] [options]',
  about: [
    `Writes the types of the customer family: ${typesFileNames.typescript} with entities, methods and clients of the soap package, and ${typesFileNames.php} with a class for each entity. They come from the catalogue; with --store or --url from the WSDL of a store, together with what the store adds. The WSDL is read without a login, so no API key is needed.`,
  ],
  options,
  exit: 'The exit code is 0 when all files are there as they should be, 2 when nothing was written.',
  examples: [
    { doc: 'From the catalogue', line: 'maho-soap types --language typescript --out src/types' },
    { doc: 'As a store describes itself', line: 'maho-soap types --url https://shop.example.com --out generated --force' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined)
      throw usage(`"${positionals[0]}" means nothing here.`, 'Name the folder with --out, the store with --store or --url.');
    const wanted = languagesOf(values.language);
    const out = values.out ?? '.';
    if (out === '-' && wanted.length > 1) throw usage('Standard output takes one language.', 'Say which: --language typescript');
    const model = values.url === undefined && values.store === undefined ? catalogueModel() : await modelOf(values, io);
    const files = wanted.map((target) => ({ path: join(out, typesFileNames[target]), text: generateTypes(target, model) }));
    if (out === '-') {
      for (const { text } of files) await io.out(text);
      return 0;
    }
    const next = 'Replace with --force, or choose another folder with --out.';
    for (const { path, unchanged } of await writeNew(files, { force: values.force === true, next }))
      await io.out(`${path}${unchanged ? ' (unchanged)' : ''}\n`);
    return 0;
  },
};

function languagesOf(language: string | undefined): readonly TypesTarget[] {
  if (language === undefined) return targets;
  const found = targets.find((target) => target === language.toLowerCase());
  if (found === undefined) throw usage(`"${language}" is not a language.`, `Languages are ${targets.join(' and ')}.`);
  return [found];
}

async function modelOf(values: ChoiceValues, io: Io): Promise<TypeModel> {
  const { config, keyVariable } = await oneStore(io.env, values, { writes: false });
  const client = new StoreClient(config, portsOf(io, keyVariable));
  try {
    const methods = familyOf(await client.service(io.stop));
    return storeModel(client.url ?? config.url, methods);
  } finally {
    await client.close();
  }
}
