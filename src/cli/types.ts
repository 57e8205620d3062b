import { join } from 'node:path';
import { facets } from '../api/dialect-facets';
import { knownResources } from '../api/resources';
import { productLabels, productMethods, products } from '../api/store-methods/products';
import { StoreMethods } from '../api/store-methods/store-methods';
import {
  catalogueModel,
  generateTypes,
  storeModel,
  typedMethods,
  typesFileNames,
  type TypedMethod,
  type TypeModel,
  type TypesTarget,
} from '../codegen';
import { familyOf } from '../soap/family';
import { describeMethods } from '../soap/wsdl/store-methods';
import { StoreClient } from '../store/calls/client';
import { readDescription } from '../store/calls/describing';
import type { Command, Options } from './command';
import { usage, type Io } from './io';
import { parse, portsOf, storeOptions } from './options';
import { oneStore, type ChoiceValues } from './store-choice';
import { writeNew } from './write-files';

const targets = ['typescript', 'php'] as const satisfies readonly TypesTarget[];

const options = {
  language: { type: 'string', value: 'L', choices: targets, doc: 'typescript or php. Default: both.' },
  only: {
    type: 'string',
    value: 'NAMES',
    doc:
      'Write the types of these methods: names, resources or patterns, separated by commas, such as ' +
      "'catalog_*,sales_*'. '*' selects all methods. Default: the customer family.",
  },
  product: {
    type: 'string',
    value: 'P',
    choices: products,
    doc: 'Use the methods of a current version of this product instead of a store.',
  },
  out: {
    type: 'string',
    value: 'FOLDER',
    doc: 'Folder for the files. It is created if it does not exist. Default: the current folder. - prints to standard output.',
  },
  force: { type: 'boolean', doc: 'Replace existing files with other content.' },
  ...storeOptions,
} as const satisfies Options;

/** `maho-soap types`: writes types of the API for the code that calls it. */
export const types: Command = {
  summary: 'Write TypeScript declarations and PHP classes for the API',
  usage: '[--language typescript|php] [--out FOLDER] [--only NAMES] [--store NAME | --url URL | --product P] [options]',
  about: [
    `Writes the types of the customer family: ${typesFileNames.typescript} with entities, methods and clients for the ` +
      `soap package, and ${typesFileNames.php} with a class for each entity. They are made from the built-in catalogue. ` +
      'With --store or --url, they are made from the WSDL of the store and include what the store adds. Reading the WSDL ' +
      'needs no login and no API key.',
  ],
  options,
  exit: 'The exit code is 0 if all files are up to date, and 2 if nothing was written.',
  examples: [
    { doc: 'From the built-in catalogue', line: 'maho-soap types --language typescript --out src/types' },
    {
      doc: 'Products and orders of a store',
      line: "maho-soap types --url https://shop.example.com --only 'catalog_*,sales_*' --out generated",
    },
    { doc: 'From the WSDL of a store', line: 'maho-soap types --url https://shop.example.com --out generated --force' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined)
      throw usage(`Unexpected argument "${positionals[0]}".`, 'Set the folder with --out, and the store with --store or --url.');
    const wanted = languagesOf(values.language);
    const out = values.out ?? '.';
    if (out === '-' && wanted.length > 1)
      throw usage('Only one language can be printed on standard output.', 'Select it: --language typescript');
    const patterns = patternsOf(values.only);
    const model = await modelFor(values, patterns, io);
    const files = wanted.map((target) => ({ path: join(out, typesFileNames[target]), text: generateTypes(target, model) }));
    if (out === '-') {
      for (const { text } of files) await io.out(text);
      return 0;
    }
    const next = 'Replace them with --force, or use another folder with --out.';
    for (const { path, unchanged } of await writeNew(files, { force: values.force === true, next }))
      await io.out(`${path}${unchanged ? ' (unchanged)' : ''}\n`);
    return 0;
  },
};

function languagesOf(language: string | undefined): readonly TypesTarget[] {
  if (language === undefined) return targets;
  const found = targets.find((target) => target === language.toLowerCase());
  if (found === undefined) throw usage(`There are no types for the language "${language}".`, `Use one of ${targets.join(', ')}.`);
  return [found];
}

/** Names and patterns of methods; `undefined` for the customer family. */
function patternsOf(only: string | undefined): readonly string[] | undefined {
  if (only === undefined) return undefined;
  const patterns = only
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
  if (patterns.length === 0) throw usage('--only is empty.', "Separate patterns with commas: --only 'catalog_*,sales_*'");
  return patterns;
}

interface ModelValues extends ChoiceValues {
  readonly product?: string | undefined;
}

async function modelFor(values: ModelValues, patterns: readonly string[] | undefined, io: Io): Promise<TypeModel> {
  const ofStore = values.url !== undefined || values.store !== undefined;
  if (values.product !== undefined) {
    if (ofStore) throw usage('--product cannot be used together with --store or --url.', 'Remove one of them.');
    const product = products.find((name) => name === values.product?.toLowerCase());
    if (product === undefined) throw usage(`"${values.product}" is not a product.`, `Use one of ${products.join(', ')}.`);
    const methods = typedMethods(knownResources.methods, await productMethods(product), patterns ?? ['*'], 'v2');
    return storeModel(`a current ${productLabels[product]}`, found(methods, patterns));
  }
  if (ofStore) return await modelOf(values, patterns, io);
  if (patterns !== undefined) throw usage('--only needs a store or a product.', 'Add --store, --url or --product.');
  return catalogueModel();
}

/** @throws {ToolkitError} of kind `input` when no method fits */
function found(methods: readonly TypedMethod[], patterns: readonly string[] | undefined): readonly TypedMethod[] {
  if (methods.length > 0) return methods;
  throw usage(`No method matches ${(patterns ?? []).join(', ')}.`, 'List all methods with maho-soap methods.');
}

async function modelOf(values: ChoiceValues, patterns: readonly string[] | undefined, io: Io): Promise<TypeModel> {
  const { config, keyVariable } = await oneStore(io.env, values, { writes: false });
  const client = new StoreClient(config, portsOf(io, keyVariable));
  try {
    if (patterns === undefined) {
      const methods = familyOf(await client.service(io.stop));
      return storeModel(client.url ?? config.url, methods);
    }
    const service = await readDescription(client, await client.wsdl(io.stop), io.stop);
    const { dialect } = service;
    const described = new StoreMethods(describeMethods(facets[dialect].style === 'document' ? { wsi: service } : { v2: service }));
    const methods = typedMethods(familyOf(service), described, patterns, dialect);
    return storeModel(client.url ?? config.url, found(methods, patterns));
  } finally {
    await client.close();
  }
}
