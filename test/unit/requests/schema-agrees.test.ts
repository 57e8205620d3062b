import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { suite, test } from 'node:test';
import { Ajv, type ValidateFunction } from 'ajv';
import { catalogue } from '../../../src/api/catalogue';
import { lint, parseRequestFile } from '../../../src/requests';
import { hostileRequestFile, plausibleRequestFile } from '../../fuzz/request-files';
import { Random } from '../../support/random';
import { rounds } from '../../support/rounds';

/** Keywords of VS Code, which are not part of draft 07. */
const vscodeKeywords = [
  'allowTrailingCommas',
  'markdownDescription',
  'enumDescriptions',
  'markdownEnumDescriptions',
  'defaultSnippets',
  'patternErrorMessage',
];

const schema = JSON.parse(readFileSync(resolve(import.meta.dirname, '../../../schemas/maho-requests.schema.json'), 'utf8')) as object;

/** Refuses unknown keywords and everything that the meta schema of draft 07 does not allow. */
function validator(): ValidateFunction {
  const ajv = new Ajv({
    strict: true,
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    validateFormats: true,
    formats: { regex: (text: string) => isExpression(text) },
  });
  ajv.addVocabulary(vscodeKeywords);
  return ajv.compile(schema);
}

function isExpression(text: string): boolean {
  try {
    return new RegExp(text, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

/** Errors of the parser that draft 07 cannot express, each with its reason. */
const beyondDraft07: Readonly<Record<string, string>> = {
  'name-twice': 'Draft 07 compares items of a list as a whole, not by one of their keys.',
  'key-twice': 'A validator gets a value in which each key is there once.',
  'file-rule': 'Whether an expression is matched in linear time is no matter of its syntax alone.',
  'character-lost': 'U+FFFD is a character like any other in a value; in the text of a file it stands for one that was lost.',
};

const ROUNDS = rounds(6000);

suite('The schema of request files and the parser', () => {
  const validate = validator();

  test('the schema is valid by the meta schema of draft 07', () => {
    const ajv = new Ajv({ strict: false });
    assert.ok(ajv.validateSchema(schema), JSON.stringify(ajv.errors));
    assert.match(JSON.stringify(schema), /draft-07/);
  });

  const agree = (text: string): 'accepted' | 'refused' | undefined => {
    // JSON.parse returns Infinity for this number, which is not JSON. No validator of its values can be correct for it.
    if (text.includes('1e400')) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      // Other tests check comments, commas and broken files.
      if (error instanceof SyntaxError) return undefined;
      throw error;
    }
    const file = parseRequestFile(text);
    const problems = file.problems.filter(({ severity }) => severity === 'error');
    const accepted = validate(value);
    if (problems.length === 0) {
      assert.ok(accepted, `${JSON.stringify(validate.errors?.slice(0, 3))}\n${text}`);
      return 'accepted';
    }
    if (problems.some(({ code }) => !Object.hasOwn(beyondDraft07, code) && code !== 'request-too-deep' && code !== 'file-too-deep'))
      assert.ok(!accepted, `${problems.map(({ message }) => message).join(' ')}\n${text}`);
    return 'refused';
  };

  test('the schema accepts the same files as the parser, and refuses the same files', () => {
    const seen = { accepted: 0, refused: 0 };
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = new Random(seed);
      const outcome = agree(seed % 3 === 0 ? Buffer.from(hostileRequestFile(random)).toString() : plausibleRequestFile(random));
      if (outcome !== undefined) seen[outcome]++;
    }
    assert.ok(seen.accepted > ROUNDS / 12 && seen.refused > ROUNDS / 12, JSON.stringify(seen));
  });

  test('the schema accepts any arguments: lint reports their effect in a store, as errors and warnings', () => {
    const methods = [...catalogue.flatMap(({ id, operation }) => [id, operation]), 'multiCall', 'resources'];
    const keys = [
      ...catalogue.flatMap(({ args }) => args.map(({ name }) => name)),
      ...['email', 'website_id', 'street', 'is_default_billing', 'filter', 'complex_filter', 'key', 'value', 'calls', 'options', 'break'],
      ...['method', 'args', 'eq', 'in', 'null', 'lik', 'shoe_size', '$type', ''],
    ];
    let told = 0;
    for (let seed = 1; seed <= ROUNDS; seed++) {
      const random = new Random(seed);
      const value = (depth: number): unknown => {
        const kind = random.below(depth > 3 ? 5 : 8);
        if (kind < 5) return random.pick([0, 1, -1, 1.5, 'a', '', '1', '{{a}}', true, false, null, 'customer.info', '2026-02-30']);
        if (kind === 5) return Array.from({ length: random.below(4) }, () => value(depth + 1));
        return Object.fromEntries(Array.from({ length: random.below(4) }, () => [random.pick(keys), value(depth + 1)]));
      };
      const request = { name: 'a', method: random.pick(methods), ...(random.below(10) === 0 ? {} : { args: value(0) }) };
      const file = { requests: [request] };
      assert.ok(validate(file), `${JSON.stringify(validate.errors?.slice(0, 3))}\n${JSON.stringify(file)}`);
      if (lint(parseRequestFile(JSON.stringify(file))).length > 0) told++;
    }
    assert.ok(told > ROUNDS / 4, `lint told something of ${told} of ${ROUNDS}`);
  });

  test('the parser refuses mistakes that draft 07 cannot describe', () => {
    const request = { name: 'A', method: 'customer.info', args: [1] };
    const text = JSON.stringify({ requests: [request, request] });
    assert.ok(validate(JSON.parse(text)));
    assert.deepEqual(
      parseRequestFile(text).problems.map(({ code }) => code),
      ['name-twice'],
    );
    const around = JSON.stringify({ requests: [{ ...request, expect: { result: { $regex: 'a(?=b)' } } }] });
    assert.ok(validate(JSON.parse(around)));
    assert.deepEqual(
      parseRequestFile(around).problems.map(({ code }) => code),
      ['file-rule'],
    );
  });
});
