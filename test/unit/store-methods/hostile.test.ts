// Descriptions that no shop means: whatever a WSDL, an answer to `resources` or a file on this machine says, everything that reads methods
// ends, in a moment and within bounds, and changes nothing of the language.
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { differenceOf } from '../../../src/api/store-methods/difference';
import type { KeptDescription } from '../../../src/api/store-methods/kept';
import { describedRegistry } from '../../../src/api/store-methods/registry';
import { StoreMethods, type StoreMethod } from '../../../src/api/store-methods/store-methods';
import { templateText, templateValues } from '../../../src/api/store-methods/template';
import type { SoapValue } from '../../../src/api/value';
import {
  codeTargets,
  completionsAt,
  diagnose,
  findCalls,
  generateCode,
  generateTypes,
  hoverAt,
  storeModel,
  typedMethods,
} from '../../../src/codegen';
import { formArguments, methodCall, methodRequest, startingValues, templateFile, unlistedMethod } from '../../../src/forms/method-form';
import { draftOf, readDraft } from '../../../src/forms/value-draft';
import { describedHover, describedWords, lint, parseRequestFile } from '../../../src/requests';
import { codecs } from '../../../src/soap/dialects';
import type { ServiceDescription } from '../../../src/soap/wsdl/description';
import { readService } from '../../../src/soap/wsdl/read-service';
import { describeMethods } from '../../../src/soap/wsdl/store-methods';
import { ToolkitError } from '../../../src/api/errors';
import { awkwardNames, plainWsdl, spoils } from '../../fuzz/wsdls';
import { Random } from '../../support/random';

/** For what hangs, in ms: far more than a busy machine takes. */
const HANG_MS = 300_000;

/** Characters that anything made for one method may have; real templates have some thousands. */
const MAX_CHARACTERS = 2_000_000;

/** Characters that a file of types may have. */
const MAX_TYPES_CHARACTERS = 50_000_000;

/** Methods of a description that everything is tried with; the others are only listed. */
const TRIED = 3;

const noNames = { version: 1, namespace: 'urn:Maho', from: ['v2', 'wsi'] } satisfies Partial<KeptDescription>;

/** A description with one method for each way to give it an argument of a type. */
function holding(types: Readonly<Record<string, string>>, type: string): KeptDescription {
  const method = (name: string, args: string): KeptDescription['resources'][number]['methods'][number] => ({
    name,
    operation: `shopThing${name}`,
    args,
    result: `result:${type}`,
  });
  return {
    ...noNames,
    resources: [
      {
        name: 'shop_thing',
        methods: [
          method('List', `filters:${type}`),
          method('Create', `data:${type}`),
          method('Update', `id:int data:${type}?`),
          method('Info', `one:${type}* two:${type}/any`),
        ],
      },
    ],
    types: { ...types },
  };
}

function fieldsOf(count: number, type: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => `field${index}:${type(index)}`).join(' ');
}

function numbered(count: number, type: (index: number) => string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`T${index}`, type(index)]));
}

const long = 'x'.repeat(9_000);
const awkward = awkwardNames.filter((name) => /^[\w.-]+$/.test(name));

const descriptions: Readonly<Record<string, KeptDescription>> = {
  'a type that holds itself': holding({ Knot: 'name:string child:Knot' }, 'Knot'),
  'types that hold each other': holding({ A: 'b:B name:string', B: 'a:A list:As', As: '[A]' }, 'A'),
  'a list of itself': holding({ Endless: '[Endless]' }, 'Endless'),
  'lists of lists': holding(
    Object.assign(
      {},
      numbered(300, (index) => `[T${index + 1}]`),
    ),
    'T0',
  ),
  'twenty types that all hold each other': holding(
    numbered(20, () => fieldsOf(20, (index) => `T${index}`)),
    'T0',
  ),
  'types that double at each step': holding(
    numbered(100, (index) => `a:T${index + 1} b:T${index + 1}`),
    'T0',
  ),
  'a type with thousands of fields': holding({ Wide: fieldsOf(900, () => 'string') }, 'Wide'),
  'filters that hold themselves': holding({ filters: 'filter:filters complex_filter:filters' }, 'filters'),
  'names that mean something to a language': {
    ...noNames,
    resources: awkward.map((name) => ({
      name,
      title: name,
      aliases: ['__proto__', 'constructor'],
      faults: [{ code: '__proto__', message: 'toString' }],
      methods: awkward.map((method) => ({
        name: method,
        operation: `${name}${method}`,
        aliases: ['valueOf', `${name}.toString`],
        args: awkward.map((own) => `${own}:${own}`).join(' '),
        result: `${method}:${name}`,
      })),
    })),
    types: Object.fromEntries(awkward.map((name) => [name, awkward.map((own) => `${own}:${own}?`).join(' ')])),
  },
  'names without end': {
    ...noNames,
    resources: [
      {
        name: long,
        title: long,
        description: long,
        aliases: [long],
        methods: [{ name: long, operation: long, title: long, args: `${long}:${long}`, result: `result:${long}`, aliases: [long] }],
      },
    ],
    types: { [long]: `${long.slice(100)}:string` },
  },
  'texts that are markup, commands and other languages': {
    ...noNames,
    resources: [
      {
        name: 'größe',
        title: '[Run](command:workbench.action.quit) $(trash) `x` <b>',
        description: '日本語 العربية \u202e\u0000\u001b[31m',
        methods: [{ name: 'список', operation: 'größeСписок', title: '*/ ?> ${x}', args: 'größe:string 名:Größe', result: 'r:Größe' }],
      },
    ],
    types: { Größe: 'größe:string 名前:int' },
  },
  'nothing but names': { ...noNames, from: ['v1'], resources: [{ name: 'a', methods: [{ name: 'b' }, { name: 'b' }] }], types: {} },
};

suite('A description that is hostile', () => {
  for (const [what, description] of Object.entries(descriptions))
    test(what, { timeout: HANG_MS }, () => {
      useAll(description);
    });

  for (const [way, spoil] of Object.entries(spoils))
    test(`made of a WSDL with ${way}`, { timeout: HANG_MS }, async () => {
      for (const dialect of ['v2', 'wsi'] as const) {
        const text = spoil(plainWsdl(dialect), new Random(7));
        try {
          useAll(describeMethods({ [dialect]: await readService(new TextEncoder().encode(text), 'hash') }));
        } catch (error) {
          // Refused as a whole.
          assert.ok(error instanceof ToolkitError && error.kind === 'decode', error instanceof Error ? error.stack : String(error));
        }
      }
    });

  const answers: Readonly<Record<string, SoapValue>> = {
    'a text': 'resources',
    nothing: null,
    'a list of texts': ['catalog_product', 'sales_order'],
    'a map in place of a list': { first: { name: 'catalog_product', methods: { list: { name: 'list', title: 'List' } } } },
    'entries without names': [{ title: 'x', methods: [{ title: 'y' }] }, { name: '' }, { name: 5 }, { name: 'a b' }, null, []],
    'methods that are no list': [{ name: 'a', methods: 'list' }, { name: 'b', methods: null }, { name: 'c' }],
    'names that mean something to a language': awkward.map((name) => ({
      name,
      title: name,
      aliases: awkward,
      methods: awkward.map((method) => ({ name: method, title: method, aliases: [`${name}.${method}`] })),
    })),
    'the same again and again': Array.from({ length: 3_000 }, () => ({ name: 'catalog_product', methods: [{ name: 'list' }] })),
    'more than any store has': Array.from({ length: 3_000 }, (_, resource) => ({
      name: `resource_${resource}`,
      methods: Array.from({ length: 10 }, (_, method) => ({ name: `method${method}`, title: 'Title' })),
    })),
  };

  let plain: Promise<ServiceDescription> | undefined;
  for (const [what, resources] of Object.entries(answers))
    test(`made of an answer to resources that is ${what}`, { timeout: HANG_MS }, async () => {
      plain ??= readService(new TextEncoder().encode(plainWsdl('v2')), 'hash');
      useAll(describeMethods({ v2: await plain, resources }));
      useAll(describeMethods({ resources }));
    });
});

/** Does with a description all that the toolkit does with one. */
function useAll(description: KeptDescription): void {
  const own = Reflect.ownKeys(Object.prototype).length;
  const text = JSON.stringify(description);
  const methods = StoreMethods.read(JSON.parse(text));
  assert.ok(methods !== undefined, 'It can be kept.');
  for (const words of ['', 'list', 'a b c', '*', '*a*b*', '__proto__', long, '['.repeat(1_000)]) methods.search(words);
  for (const name of [...awkwardNames, '', '.', 'a.b.c', long]) methods.find(name);
  differenceOf(methods, new StoreMethods(description));
  const tried = methods.methods.slice(0, TRIED);
  for (const dialect of soapDialects) {
    const registry = describedRegistry(methods, { dialect, complete: true, anyName: true });
    assert.equal(registry.methods.length >= methods.methods.length, true);
    for (const method of tried) {
      use(methods, method, dialect);
      useInFiles(methods, method, dialect);
    }
    for (const target of ['typescript', 'php'] as const)
      bounded(generateTypes(target, storeModel('Shop', typedMethods([], methods, ['*'], dialect).slice(0, TRIED))), MAX_TYPES_CHARACTERS);
  }
  assert.equal(Reflect.ownKeys(Object.prototype).length, own, 'Object.prototype was changed');
}

type Dialect = (typeof soapDialects)[number];

/** The form of a method, its requests and its programs. */
function use(methods: StoreMethods, method: StoreMethod, dialect: Dialect): void {
  const made = methods.asMethod(method, dialect);
  bounded(templateText(made));
  const all = templateValues(made, 'all');
  bounded(JSON.stringify(all));
  const before = startingValues(method);
  const file = templateFile('Shop', methods, method, dialect);
  bounded(file);
  parseRequestFile(file);
  // The page of a form gets its arguments as JSON, and what is typed comes back.
  const args = formArguments(method);
  bounded(JSON.stringify(args));
  for (const [index, { type, name }] of args.entries())
    for (const value of [undefined, before[index], all[name]]) {
      const draft = draftOf(type, value);
      bounded(JSON.stringify(draft));
      readDraft(type, draft, name);
    }
  bounded(JSON.stringify(methodRequest(method, before, dialect)));
  refused(() => codecs[dialect].encodeCall(made, all, 'S', { namespace: 'urn:Maho' }));
  const call = methodCall(
    method,
    made.args.map(({ name }) => all[name]),
    dialect,
  );
  if (method === methods.methods[0])
    for (const target of codeTargets)
      refused(() =>
        generateCode(
          {
            url: 'https://shop.example.com/api/v2_soap/',
            user: 'api',
            namespace: 'urn:Maho',
            dialect,
            method: call.method,
            args: call.args,
            registry: describedRegistry(methods, { dialect, complete: true, anyName: false }),
          },
          target,
        ),
      );
  unlistedMethod(method.id, dialect);
}

/** Request files and code that call a method. */
function useInFiles(methods: StoreMethods, method: StoreMethod, dialect: Dialect): void {
  const registry = describedRegistry(methods, { dialect, complete: true, anyName: true });
  const made = methods.asMethod(method, dialect);
  const args = templateValues(made, 'all');
  const file = JSON.stringify({ requests: [{ name: 'A', method: method.id, args, expect: { result: { a: 1 } } }] }, undefined, 1);
  if (file.length > 100_000) return;
  const parsed = parseRequestFile(file);
  lint(parsed, { dialect, registry: () => registry, describing: true });
  const places = [...file.matchAll(/"/g)].map(({ index }) => index + 1).slice(0, 10);
  for (const offset of places) {
    for (const { doc } of describedWords(parsed, offset, () => registry)?.words.slice(0, TRIED) ?? []) bounded(doc);
    describedHover(parsed, offset, () => registry);
  }
  const call = `$client->call($session, '${method.id}', [['a' => 1]]);`;
  const code = `<?php\n$client = new SoapClient('https://shop.example.com/api/?wsdl');\n${call}\n`;
  for (const language of ['php', 'typescript'] as const) {
    findCalls(code, language, registry);
    diagnose(code, language, undefined, registry);
    for (const offset of [code.indexOf("', [[") - 1, code.indexOf("a' =>") + 1]) {
      completionsAt(code, offset, language, registry);
      hoverAt(code, offset, language, registry);
    }
  }
}

/** Does what may be refused with words of ours. */
function refused(action: () => unknown): void {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof ToolkitError && error.kind === 'input', error instanceof Error ? error.stack : String(error));
  }
}

function bounded(text: string, limit = MAX_CHARACTERS): void {
  assert.ok(text.length < limit, `${text.length} characters`);
}
