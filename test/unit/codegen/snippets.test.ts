import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogue } from '../../../src/api/catalogue';
import { snippetFiles } from '../../../src/codegen/index';
import { generate } from '../../../scripts/lib/generate';

test('the snippets in the repository are those that the catalogue generates', async () => {
  assert.deepEqual(await generate({ check: true }), []);
});

test('every method has a snippet in every dialect and language, under an obvious prefix', () => {
  for (const file of Object.values(snippetFiles())) {
    const prefixes = Object.values(file).flatMap(({ prefix }) => prefix);
    for (const { id } of catalogue)
      for (const dialect of ['', '-v1', '-v2', '-wsi'])
        assert.ok(prefixes.includes(`maho-${id.replace(/[._]/g, '-')}${dialect}`), `${id}${dialect}`);
    for (const name of ['login', 'connect', 'script', 'customer-filter', 'paging', 'faults', 'end-session'])
      assert.ok(prefixes.includes(`maho-${name}`), name);
    assert.equal(new Set(prefixes).size, prefixes.length, 'no prefix stands for two snippets');
    for (const { description } of Object.values(file)) assert.match(description, /^[A-Z].*SOAP (V1|V2|WS-I)\.$/);
  }
});

test('no snippet contains a key, and JavaScript contains no types', () => {
  const { javascript, ...typed } = snippetFiles();
  for (const file of Object.values(typed))
    for (const { body } of Object.values(file)) assert.doesNotMatch(body.join('\n'), /apiKey:? *=> *'\w/);
  for (const { body } of Object.values(javascript)) assert.doesNotMatch(body.join('\n'), /: unknown|: string\b|<T>| as \{/);
});
