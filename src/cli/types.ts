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
  language: { type: 'string', value: 'L', choices: targets, doc: 'typescript or php; both otherwise' },
  only: {
    type: 'string',
    value: 'NAMES',
    doc:
      'methods of the store beyond customers too: names, resources or patterns with commas between, such as ' +
      "'catalog_*,sales_*'; '*' for all",
  },
  product: {
    type: 'string',
    value: 'P',
    choices: products,
    doc: 'take the methods of a current version of this product, in place of a store',
  },
  out: { type: 'string', value: 'FOLDER', doc: 'folder to write into (.), made when it is missing; - prints to standard output' },
  force: { type: 'boolean', doc: 'replace files that are there and differ' },
  ...storeOptions,
} as const satisfies Options;

/** `maho-soap types`: writes types of the API for the code that calls it. */
export const types: Command = {
  summary: 'Write TypeScript declarations and PHP classes of the API',
  usage: '[--language typescript|php] [--out FOLDER] [--only NAMES] [--store NAME | --url URL | --product P] [options]',
  about: [
    `Writes the types of the customer family: ${typesFileNames.typescript} with entities, methods and clients of the ` +
      `soap package, and ${typesFileNames.php} with a class for each entity. They come from the catalogue; with ` +
      '--store or --url from the WSDL of a store, together with what the store adds. The WSDL is read without a login, ' +
      'so no API key is needed.',
  ],
  options,
  exit: 'The exit code is 0 when all files are there as they should be, 2 when nothing was written.',
  examples: [
    { doc: 'From the catalogue', line: 'maho-soap types --language typescript --out src/types' },
    {
      doc: 'Products and orders of a store',
      line: "maho-soap types --url https://shop.example.com --only 'catalog_*,sales_*' --out generated",
    },
    { doc: 'As a store describes itself', line: 'maho-soap types --url https://shop.example.com --out generated --force' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals[0] !== undefined)
      throw usage(`"${positionals[0]}" means nothing here.`, 'Name the folder with --out, the store with --store or --url.');
    const wanted = languagesOf(values.language);
    const out = values.out ?? '.';
    if (out === '-' && wanted.length > 1) throw usage('Standard output takes one language.', 'Say which: --language typescript');
    const patterns = patternsOf(values.only);
    const model = await modelFor(values, patterns, io);
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

/** Names and patterns of methods; `undefined` for the customer family. */
function patternsOf(only: string | undefined): readonly string[] | undefined {
  if (only === undefined) return undefined;
  const patterns = only
    .split(',')
    .map((pattern) => pattern.trim())
    .filter((pattern) => pattern !== '');
  if (patterns.length === 0) throw usage('--only names no method.', "Write patterns with commas between: --only 'catalog_*,sales_*'");
  return patterns;
}

interface ModelValues extends ChoiceValues {
  readonly product?: string | undefined;
}

async function modelFor(values: ModelValues, patterns: readonly string[] | undefined, io: Io): Promise<TypeModel> {
  const ofStore = values.url !== undefined || values.store !== undefined;
  if (values.product !== undefined) {
    if (ofStore) throw usage('--product takes the place of a store.', 'Leave --store and --url out.');
    const product = products.find((name) => name === values.product?.toLowerCase());
    if (product === undefined) throw usage(`"${values.product}" is not a product.`, `Products are ${products.join(' and ')}.`);
    const methods = typedMethods(knownResources.methods, await productMethods(product), patterns ?? ['*'], 'v2');
    return storeModel(`a current ${productLabels[product]}`, found(methods, patterns));
  }
  if (ofStore) return await modelOf(values, patterns, io);
  if (patterns !== undefined)
    throw usage('--only chooses among the methods of a store.', 'Name one with --store or --url, or a product with --product.');
  return catalogueModel();
}

/** @throws {ToolkitError} of kind `input` when no method fits */
function found(methods: readonly TypedMethod[], patterns: readonly string[] | undefined): readonly TypedMethod[] {
  if (methods.length > 0) return methods;
  throw usage(`No method fits ${(patterns ?? []).join(', ')}.`, 'maho-soap methods lists what there is.');
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
