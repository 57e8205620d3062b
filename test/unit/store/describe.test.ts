import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { soapDialects } from '../../../src/api/dialect';
import { beyondCatalogue, describedMethod, serviceDescription, type ServiceDescription } from '../../../src/soap/wsdl/description';
import { familyOf } from '../../../src/soap/family';
import { speak } from '../../../src/l10n/texts';
import { summarizeWsdl, maxWsdlBytes, maxWsdlElements } from '../../../src/soap/wsdl/wsdl';
import { StoreClient } from '../../../src/store/calls/client';
import { describeService } from '../../../src/store/soap/describe';
import { checkWsdl, extending, field, hostileWsdl, plainWsdl, spoils, type, withTypes } from '../../fuzz/wsdls';
import { Random } from '../../support/random';
import { tinyStore } from '../../support/tiny-store';

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const spoiled = (way: string, dialect: 'v1' | 'v2' | 'wsi'): string => spoils[way]?.(plainWsdl(dialect), new Random(1)) ?? assert.fail(way);
const operationsOf = ({ operations }: ServiceDescription): readonly string[] => Object.keys(operations).sort();

suite('a WSDL is read in a thread of its own', () => {
  test('which says what it finds in the language of the reader', async () => {
    const named = 'The operation {name} is bound, but not defined.';
    speak({ language: 'de', bundle: { [named]: '{name} ist nirgends beschrieben.' } });
    try {
      const bound = plainWsdl('v2').replace(/(<soap:binding[^>]*>)/, '$1<operation name="loyaltyList"/>');
      assert.deepEqual((await describeService(bytes(bound))).warnings, ['loyaltyList ist nirgends beschrieben.']);
    } finally {
      speak(undefined);
    }
  });

  test('what a hostile one does stays there, and the next store’s WSDL is read as before', async () => {
    const before = await describeService(bytes(plainWsdl('v2')));
    const own = Reflect.ownKeys(Object.prototype);
    for (const way of [
      'a part called __proto__',
      'messages called __proto__ and constructor',
      'types and elements called as JavaScript’s own',
      'a prefix called __proto__',
    ]) {
      const read = await describeService(bytes(spoiled(way, 'v2')));
      assert.ok(operationsOf(read).includes('customerCustomerList'), way);
    }
    assert.deepEqual(Reflect.ownKeys(Object.prototype), own);
    assert.deepEqual(await describeService(bytes(plainWsdl('v2'))), before);
  });

  test('one that takes too long is stopped', async () => {
    await assert.rejects(
      describeService(bytes(spoiled('types that double at each step', 'wsi')), { limits: { milliseconds: 1, megabytes: 256 } }),
      {
        kind: 'decode',
        code: 'wsdl-unreadable',
        message: /took more than 0.001 seconds/,
      },
    );
  });

  test('one that takes too much memory is stopped', async () => {
    await assert.rejects(describeService(bytes(plainWsdl('v2')), { limits: { milliseconds: 60_000, megabytes: 6 } }), {
      kind: 'decode',
      code: 'wsdl-unreadable',
      message: /took more than 6 MB of memory/,
    });
  });

  test('cancelling stops it', async () => {
    const stop = new AbortController();
    const reading = describeService(bytes(plainWsdl('v2')), { signal: stop.signal });
    stop.abort();
    await assert.rejects(reading, { kind: 'transport', code: 'cancelled' });
    await assert.rejects(describeService(bytes(plainWsdl('v2')), { signal: AbortSignal.abort() }), { code: 'cancelled' });
  });

  test('a client goes on with its next store after one whose WSDL cannot be described', async (t) => {
    const hostile = await tinyStore(
      t,
      'wsi',
      () => ({ value: true }),
      () => withTypes(chain(600))(plainWsdl('wsi')),
    );
    const fine = await tinyStore(
      t,
      'v2',
      () => ({ value: [] }),
      () => plainWsdl('v2'),
    );
    const [first, second] = [hostile, fine].map(
      ({ url }) => new StoreClient({ name: 'Tiny', url: `${url}/api/v2_soap/`, user: 'api' }, { key: () => Promise.resolve('key') }),
    );
    t.after(async () => {
      await first?.close();
      await second?.close();
    });
    await assert.rejects(first?.service() ?? assert.fail(), { kind: 'decode', code: 'wsdl-unreadable' });
    assert.deepEqual(beyondCatalogue((await second?.service()) ?? assert.fail()).missing, []);
  });
});

/** Types that hold each other, deeper than any store's. */
function chain(length: number): string {
  return Array.from({ length }, (_, index) => type(`L${index}`, field('next', `typens:L${index + 1}`))).join('');
}

suite('a WSDL larger than any real one is refused before it is read', () => {
  test('by its bytes', async () => {
    const large = bytes(plainWsdl('v2') + ' '.repeat(maxWsdlBytes));
    assert.throws(() => summarizeWsdl(large), { kind: 'decode', code: 'too-large' });
    await assert.rejects(describeService(large), { kind: 'decode', code: 'wsdl-unreadable' });
  });

  test('by its elements', () => {
    const many = plainWsdl('v2').replace('<portType', `${'<x/>'.repeat(maxWsdlElements)}<portType`);
    assert.throws(() => summarizeWsdl(many), { kind: 'decode', code: 'too-large' });
  });
});

suite('what is whole of a broken WSDL is read, and the rest is said', () => {
  const cases: Readonly<Record<string, { readonly change: (text: string) => string; readonly warning: RegExp; readonly lost?: string }>> = {
    'a message that is missing': {
      change: (text) => text.replace(/<message name="customerCustomerInfo(?:Request)?">.*?<\/message>/s, ''),
      warning: /customerCustomerInfo.*not defined/,
      lost: 'customerCustomerInfo',
    },
    'an operation twice': {
      change: (text) => text.replace(/(<portType[^>]*>\s*)(<operation .*?<\/operation>)/s, '$1$2$2'),
      warning: /twice/,
    },
    'a message twice': {
      change: (text) => text.replace(/(<message name="login">.*?<\/message>)/s, '$1$1'),
      warning: /<message name="login"> twice/,
    },
    'an operation that is bound only': {
      change: (text) => text.replace(/(<soap:binding[^>]*>)/, '$1<operation name="loyaltyList"/>'),
      warning: /loyaltyList is bound/,
    },
    'a type that nobody describes': {
      change: (text) => text.replace('type="xsd:', 'type="typens:nowhereEntity" was="'),
      warning: /nowhereEntity, which is not defined/,
    },
    'a list of itself': { change: (text) => spoils['a list of itself']?.(text, new Random(1)) ?? '', warning: /^$/ },
    'a repeated field': { change: (text) => text.replace(/<element name="key" [^>]*>/, '$&$&'), warning: /field key twice/ },
    'PHP’s warnings behind it': {
      change: (text) => `${text}<br />\n<b>Warning</b>:  Cannot modify header information in <b>/app/x.php</b>`,
      warning: /after the WSDL: Warning : Cannot modify header/,
    },
    'PHP’s notices before it': { change: (text) => `<br />\n<b>Notice</b>:  Undefined\n${text}`, warning: /before the WSDL: Notice/ },
  };
  for (const [name, { change, warning, lost }] of Object.entries(cases)) {
    test(name, async () => {
      const changed = change(plainWsdl('v2'));
      assert.notEqual(changed, plainWsdl('v2'));
      const [whole, read] = [await describeService(bytes(plainWsdl('v2'))), await describeService(bytes(changed))];
      assert.deepEqual(
        operationsOf(read),
        operationsOf(whole).filter((operation) => operation !== lost),
      );
      if (warning.source !== '^$') assert.match(read.warnings.join('\n'), warning);
      assert.ok(familyOf(read).length > 0);
      assert.deepEqual(whole.warnings, []);
    });
  }

  test('names that mean something elsewhere are names like any other', async () => {
    const text = plainWsdl('v2').replace(
      /(<message name="customerCustomerInfo(?:Request)?">)/,
      '$1<part name="var" type="xsd:string"/><part name="constructor" type="typens:toString"/>',
    );
    const read = await describeService(
      bytes(withTypes(type('toString', field('__proto__', 'xsd:string') + field('class', 'xsd:int')))(text)),
    );
    const types = new Map(Object.entries(read.types));
    assert.deepEqual(types.get('toString'), {
      kind: 'entity',
      fields: [
        { name: '__proto__', type: 'string' },
        { name: 'class', type: 'int' },
      ],
    });
    const args = describedMethod(read, 'customerCustomerInfo', 'read')?.args.map(({ name, type }) => [name, type.kind]);
    assert.deepEqual(args?.slice(0, 2), [
      ['var', 'string'],
      ['constructor', 'entity'],
    ]);
    assert.equal(Object.getPrototypeOf(read.types), null, 'nothing is inherited');
    assert.deepEqual(serviceDescription.parse(JSON.parse(JSON.stringify(read))), read);
  });

  test('fields of a type that is extended come first', async () => {
    const types = type('Egg', field('a', 'xsd:int')) + extending('More', 'typens:Egg');
    const read = await describeService(bytes(withTypes(types)(plainWsdl('v2'))));
    assert.deepEqual(read.types['More'], {
      kind: 'entity',
      fields: [
        { name: 'a', type: 'int' },
        { name: 'ofMore', type: 'int' },
      ],
    });
  });
});

for (const way of ['a list of itself', 'lists of each other']) {
  test(`${way}: it becomes a list of anything`, async () => {
    const read = await describeService(bytes(spoiled(way, 'v2')));
    const [method] =
      Object.entries(read.operations).find(([, { args }]) => args.some(({ type: name }) => name.startsWith('Endless'))) ?? assert.fail();
    const endless = describedMethod(read, method, 'read')?.args.find(({ type: { kind } }) => kind === 'list')?.type;
    const kinds: string[] = [];
    for (let inner = endless; inner !== undefined && kinds.length < 10; inner = inner.kind === 'list' ? inner.of : undefined)
      kinds.push(inner.kind);
    assert.deepEqual([kinds.length < 10, kinds.at(-1)], [true, 'any'], kinds.join());
  });
}

test('100 hostile WSDLs are read or refused, and change nothing of the language', { timeout: 240_000 }, async () => {
  const ends = new Map<string, number>();
  for (let seed = 1; seed <= 100; seed++) {
    const { text, ways, dialect } = hostileWsdl(seed);
    // Types that double would go on for hours without the limits of the thread, and chains of extensions for seconds.
    if (ways.some((way) => /double|chain/.test(way))) continue;
    try {
      const end = await checkWsdl(text);
      ends.set(end, (ends.get(end) ?? 0) + 1);
    } catch (error) {
      throw new Error(`seed ${seed}, ${dialect}: ${ways.join(', ')}`, { cause: error });
    }
  }
  assert.ok((ends.get('read') ?? 0) > 20 && (ends.get('refused') ?? 0) > 15, JSON.stringify([...ends]));
});

test('each way to spoil a WSDL changes it, in some dialect', () => {
  for (const [way, spoil] of Object.entries(spoils)) {
    assert.ok(
      soapDialects.some((dialect) =>
        Array.from({ length: 9 }, (_, seed) => spoil(plainWsdl(dialect), new Random(seed))).some((text) => text !== plainWsdl(dialect)),
      ),
      way,
    );
  }
});
