// Checks the menus, commands and files in the product's texts against those in the stores' own sources.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { menusOf } from '../../../src/api/faults/advice';
import { failures, soapFaults } from '../../../src/api/faults/faults';
import { generationIds, generationOf, type GenerationId } from '../../../src/api/generations';

/** A menu, command or path of a shop, with the source file that names it. `docs` are the pages of mahocommerce.com. */
interface Fact {
  readonly is: string;
  readonly source: string;
  readonly of: readonly GenerationId[];
}

const mahos = ['maho@25', 'maho@26.7'] as const;
const before267 = generationIds.filter((id) => id !== 'maho@26.7');
const others = before267.filter((id) => id !== 'maho@25');

const facts: readonly Fact[] = [
  { is: 'System > Web Services > SOAP/XML-RPC - Users', source: 'Mage/Api/etc/adminhtml.xml', of: before267 },
  { is: 'System > Web Services > SOAP/XML-RPC - Roles', source: 'Mage/Api/etc/adminhtml.xml', of: before267 },
  // Seen in the admin of a running 26.7.4. In its source, Maho/ApiPlatform/etc/adminhtml.xml puts REST's Users and Roles beside them.
  { is: 'System > API > SOAP / XML-RPC (legacy) > Users', source: 'admin of 26.7.4', of: ['maho@26.7'] },
  { is: 'System > API > SOAP / XML-RPC (legacy) > Roles', source: 'admin of 26.7.4', of: ['maho@26.7'] },
  { is: 'System > Configuration > Services > API > API Protocols', source: 'docs/api/legacy-protocols.md', of: ['maho@26.7'] },
  { is: 'System > Configuration > Services > Maho Core API', source: 'Mage/Api/etc/system.xml', of: ['maho@25'] },
  { is: 'System > Configuration > Services > Magento Core API', source: 'Mage/Api/etc/system.xml', of: others },
  { is: 'System > Configuration > Services', source: 'Mage/Api/etc/system.xml: tab "service"', of: generationIds },
  { is: 'WS-I Compliance', source: 'Mage/Api/etc/system.xml', of: generationIds },
  { is: 'Default Response Charset', source: 'Mage/Api/etc/system.xml', of: generationIds },
  { is: 'Web Services Configuration', source: 'Mage/Api/etc/config.xml: cache type config_api', of: generationIds },
  {
    is: './maho config:set --scope=default --scope-id=0 apiplatform/protocols/soap 1',
    source: 'MahoCLI/Commands/ConfigSet.php; Mage/Api/controllers/SoapController.php',
    of: ['maho@26.7'],
  },
  {
    is: './maho config:set --scope=default --scope-id=0 apiplatform/protocols/v2_soap 1',
    source: 'MahoCLI/Commands/ConfigSet.php; Mage/Api/controllers/V2/SoapController.php',
    of: ['maho@26.7'],
  },
  {
    is: './maho config:set --scope=default --scope-id=0 apiplatform/protocols/rest_v2 1',
    source: 'MahoCLI/Commands/ConfigSet.php; the setting apiplatform/protocols/rest_v2 of 26.7.4',
    of: ['maho@26.7'],
  },
  { is: './maho cache:flush', source: 'MahoCLI/Commands/CacheFlush.php', of: mahos },
  { is: 'composer require laminas/laminas-soap', source: 'docs/api/legacy-protocols.md', of: ['maho@26.7'] },
  { is: 'maintenance.flag', source: 'public/index.php, index.php', of: generationIds },
  { is: 'var/log/exception.log', source: 'recorded: "for more details see exception.log"', of: generationIds },
  { is: 'var/report', source: 'recorded: "Error log record number"', of: generationIds },
  { is: 'app/etc/local.xml', source: 'MahoCLI/Commands/Install.php, app/etc/local.xml.template', of: generationIds },
];

/** Pattern of text that looks like a menu, a command, or a file or path of a shop. */
const named = [
  /System >(?: [\w/().-]+(?: [\w/().-]+)*(?: >)?)+/g,
  /\.\/maho [\w:]+(?: [\w=/-]+)*/g,
  /composer [\w/ -]*[\w-]/g,
  /\b(?:var|app)\/[\w/.]*\w/g,
  /\bmaintenance\.\w+/g,
  /"(?:WS-I|Default) [\w -]+"/g,
  /\bthe ([A-Z]\w+(?: [A-Z]\w+)*) cache\b/g,
  /\bapiplatform\/[\w/]+/g,
];

/** Whether a text begins with a fact, or with whole parts of a menu. The sentence may continue after them. */
function isFact(text: string, of?: GenerationId): boolean {
  const bare = text.replace(/^"|^the (?=[A-Z])/, '');
  return facts.some(({ is, of: generations }) => {
    if (of !== undefined && !generations.includes(of)) return false;
    if (bare.startsWith('apiplatform/')) return is.includes(` ${bare} `);
    const parts = is.split(' > ');
    // The next word must not belong to the path or continue the same word.
    return parts.some((_, index) => {
      const begin = parts.slice(0, index + 1).join(' > ');
      return bare.startsWith(begin) && (index > 0 || parts.length === 1) && !/^(?: >|[\w-])/.test(bare.slice(begin.length));
    });
  });
}

function namesIn(text: string): readonly string[] {
  return named.flatMap((pattern) => [...text.matchAll(pattern)].map(([whole]) => whole));
}

test('every menu and command of a generation is in the source of that generation', () => {
  for (const id of generationIds) {
    const { menus, commands } = generationOf(id);
    const { v1, v2, wsi } = commands.enableSoap ?? {};
    const places: readonly (string | undefined)[] = Object.values({ ...menus });
    const said = [...places, v1, v2, wsi, commands.installSoap, commands.flushCache];
    for (const text of said) if (text !== undefined) assert.ok(isFact(text, id), `${id}: ${text}`);
  }
});

test('texts of faults name only menus, commands and files of a shop that are facts', () => {
  let seen = 0;
  const entries: readonly { what: string; why?: string | undefined; next?: string | undefined }[] = [
    ...soapFaults,
    ...Object.values(failures),
  ];
  for (const { what, why = '', next = '' } of entries) {
    for (const text of [what, why, next].flatMap(namesIn)) {
      assert.ok(isFact(text), text);
      seen++;
    }
  }
  assert.ok(seen > 15, `only ${seen} found`);
});

test('all other texts of the product name only menus, commands and files of a shop that are facts', () => {
  const root = join(import.meta.dirname, '../../..');
  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  // The data of generations and commands are checked above.
  const sources = files.filter((file) => /\.tsx?$/.test(file) && !file.startsWith('demo') && file !== join('api', 'generations.ts'));
  const texts = [...sources.map((file) => `src/${file}`), 'package.nls.json', 'README.md', 'docs/maho-26.7.md'];
  let seen = 0;
  for (const file of texts) {
    for (const text of namesIn(readFileSync(join(root, file), 'utf8'))) {
      assert.ok(isFact(text), `${file}: ${text}`);
      seen++;
    }
  }
  assert.ok(seen > 20, `only ${seen} found`);
});

test('both menus are named while the generation is unknown, and each is a fact', () => {
  const { users, roles, settings } = menusOf(undefined);
  assert.equal(users, 'System > Web Services > SOAP/XML-RPC - Users (Maho 26.7: System > API > SOAP / XML-RPC (legacy) > Users)');
  assert.match(roles, /^System > Web Services > SOAP\/XML-RPC - Roles \(Maho 26\.7: /);
  assert.equal(settings, 'System > Configuration > Services');
});

test('a text that names an unknown menu, command, path or setting is found', () => {
  for (const wrong of [
    'look under System > Web Services > REST - Roles',
    'look under System > Configuration > Services > API > Protocols',
    'look under System > Configuration > Service',
    'look under System > Web Services > SOAP/XML-RPC - Userlist',
    'run ./maho cache:clean',
    'run ./maho config:set apiplatform/protocols/v2_soap 1',
    'composer require zendframework/zend-soap',
    'see var/reports/1',
    'see app/etc/env.php',
    'remove maintenance.txt',
    'flush the Collections Data cache',
    'the setting "WS-I Mode"',
  ]) {
    assert.ok(
      namesIn(wrong).some((name) => !isFact(name)),
      wrong,
    );
  }
});
