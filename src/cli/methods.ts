import { printable, printableJson } from '../api/printable';
import { differenceOf } from '../api/store-methods/difference';
import { isDialect, isSoap } from '../api/dialect';
import { isProduct, productMethods, productRequests, products } from '../api/store-methods/products';
import { StoreMethods, type StoreArgument, type StoreMethod } from '../api/store-methods/store-methods';
import type { WireType } from '../api/types';
import { isRestRequest } from '../api/rest-request';
import { StoreClient } from '../store/calls/client';
import { readMethods } from '../store/calls/store-methods';
import type { Command, Options } from './command';
import { usage, type Io } from './io';
import { parse, portsOf, storeOptions } from './options';
import { oneStore, type ChoiceValues } from './store-choice';

const options = {
  product: {
    type: 'string',
    value: 'P',
    choices: products,
    doc: 'List the methods of a current version of this product instead of a store.',
  },
  versus: { type: 'string', value: 'P', choices: products, doc: 'List only the differences between the store and this product.' },
  json: { type: 'boolean', doc: 'Print the methods and their arguments as JSON.' },
  ...storeOptions,
} as const satisfies Options;

/** `maho-soap methods`: lists the methods of a store. */
export const methods: Command = {
  summary: 'List the methods of a store with arguments and permissions',
  usage: '[PATTERN] --store NAME | --url URL [--user USER] | --product P [options]',
  about: [
    'Lists the methods of a store from its WSDL: paths of V1, operations of V2 and WS-I, and arguments. With --dialect ' +
      'rest, lists the requests of REST v2 from its OpenAPI document. With --user, marks the methods that the API user ' +
      'may call (+) and may not call (-). The API key is read from MAHO_SOAP_KEY. A named store can have its own ' +
      'variable. Optional arguments end with a question mark.',
  ],
  positionals: [
    { name: 'PATTERN', doc: 'Words in names and titles, such as "product list", or a pattern for names, such as catalog_* or *List.' },
  ],
  options,
  exit: 'The exit code is 0 if a method was found, and 1 if no method was found.',
  examples: [
    { doc: 'Methods for orders', line: `maho-soap methods 'sales_*' --url https://shop.example.com --user api` },
    { doc: 'Requests of REST v2 for orders', line: 'maho-soap methods orders --product maho --dialect rest' },
    { doc: 'Methods for stock of a current OpenMage, without a store', line: 'maho-soap methods stock --product openmage' },
    {
      doc: 'Differences between a store and a current OpenMage',
      line: 'maho-soap methods --url https://shop.example.com --versus openmage',
    },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [pattern = '', ...more] = positionals;
    if (more[0] !== undefined) throw usage(`Unexpected argument "${more[0]}".`, 'Put several words in quotes.');
    const known = await methodsOf(values, io);
    const wanted = known.search(pattern);
    const versus = values.versus === undefined ? undefined : productOf(values.versus);
    if (versus === undefined) {
      await io.out(values.json === true ? `${printableJson(wanted.map(dataOf), 2)}\n` : table(wanted));
      return wanted.length > 0 ? 0 : 1;
    }
    const other = await productMethods(versus);
    const { onlyFirst, onlySecond } = differenceOf(known, other);
    const fitting = new Set<StoreMethod>([...wanted, ...other.search(pattern)]);
    const [here, there] = [onlyFirst, onlySecond].map((list) => list.filter((method) => fitting.has(method)));
    if (values.json === true)
      await io.out(`${printableJson({ onlyStore: here?.map(dataOf), [`only${versus}`]: there?.map(dataOf) }, 2)}\n`);
    else
      await io.out(
        `Only in this store: ${here?.length ?? 0}\n${table(here ?? [])}Only in ${versus}: ${there?.length ?? 0}\n${table(there ?? [])}`,
      );
    return (here?.length ?? 0) + (there?.length ?? 0) > 0 ? 0 : 1;
  },
};

function productOf(text: string): (typeof products)[number] {
  const name = text.toLowerCase();
  if (!isProduct(name)) throw usage(`There is no list of methods for "${text}".`, `Use one of ${products.join(', ')}.`);
  return name;
}

async function methodsOf(values: ChoiceValues & { readonly product?: string | undefined }, io: Io): Promise<StoreMethods> {
  if (values.product !== undefined) {
    if (values.url !== undefined || values.store !== undefined)
      throw usage('--product cannot be used together with --store or --url.', 'Remove one of them, or compare with --versus.');
    if (values.dialect !== undefined && isDialect(values.dialect) && !isSoap(values.dialect)) {
      if (productOf(values.product) === 'maho') return await productRequests();
      throw usage('Only Maho has REST v2.', 'Remove --dialect, or use --product maho.');
    }
    return await productMethods(productOf(values.product));
  }
  const { config, keyVariable } = await oneStore(io.env, values, { writes: false });
  const client = new StoreClient(config, portsOf(io, keyVariable));
  try {
    const { description, missing } = await readMethods(client, io.stop);
    for (const error of missing) await io.err(`Note: ${printable(error.message)}\n`);
    return new StoreMethods(description);
  } finally {
    await client.close();
  }
}

/** One line for each method, in columns. */
function table(list: readonly StoreMethod[]): string {
  const rows = list.map((method) => [
    method.callable === false ? '-' : method.callable === true ? '+' : ' ',
    method.path ?? (method.operation === undefined ? method.id : ''),
    method.operation ?? '',
    argumentsText(method),
  ]);
  const widths = [1, 2].map((column) => Math.max(0, ...rows.map((row) => (row[column] ?? '').length)));
  return rows
    .map(([may = '', path = '', operation = '', given = '']) =>
      printable(`${may} ${path.padEnd(widths[0] ?? 0)}  ${operation.padEnd(widths[1] ?? 0)}  ${given}`.trimEnd()).concat('\n'),
    )
    .join('');
}

function argumentsText({ args }: StoreMethod): string {
  if (args === undefined) return '(…)';
  return `(${args.map((arg) => `${namesText(arg)}: ${typeText(arg.type)}${arg.optional === true ? '?' : ''}`).join(', ')})`;
}

/** Name of an argument. Both names when V2 and WS-I differ. */
function namesText({ names: { v2, wsi }, name }: StoreArgument): string {
  return v2 !== undefined && wsi !== undefined && v2 !== wsi ? `${v2}/${wsi}` : name;
}

function typeText(type: WireType): string {
  if (type.kind === 'list') return `${typeText(type.of)}[]`;
  return type.kind === 'entity' ? type.name : type.kind;
}

/** A method as JSON. */
function dataOf(method: StoreMethod): Readonly<Record<string, unknown>> {
  const { path, operation, resource, title, description, callable, dialects, access, aliases, args, result } = method;
  return {
    path,
    operation,
    ...(isRestRequest(method.id) ? { request: method.id } : {}),
    resource,
    title,
    description,
    callable,
    dialects,
    access,
    aliases,
    args: args?.map(({ name, names, type, optional }) => ({ name, v2: names.v2, wsi: names.wsi, type: typeText(type), optional })),
    result: typeText(result),
  };
}
