import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { protocolOperations } from '../../../src/api/protocol';
import { knownResources } from '../../../src/api/resources';
import { restRights, unreachableOverRest } from '../../../src/api/rest-limits';
import {
  citationsOf,
  equivalents,
  fieldsOf,
  fieldSources,
  translate,
  type FieldEntity,
  type Note,
  type Sources,
} from '../../../src/rest-equivalent';
import { restRecordings, wireNames } from '../../support/wire';
import { samples } from './samples';

const facts = readFileSync(path.resolve(import.meta.dirname, '../../../docs/facts.md'), 'utf8');

/** What is cited and not there. */
function missing({ rest = [], soap = {}, facts: sections = [] }: Sources): readonly string[] {
  const numbered = (folder: string, number: number): boolean =>
    wireNames(folder, 'maho@26.7').some((name) => Number.parseInt(name, 10) === number);
  return [
    ...rest.filter((number) => !numbered('rest', number)).map((number) => `rest/${number}`),
    ...Object.entries(soap).flatMap(([folder, numbers]) =>
      numbers.filter((number) => !numbered(folder, number)).map((number) => `${folder}/${number}`),
    ),
    ...sections.filter((section) => !facts.includes(`* **${section}** `)).map((section) => `§${section}`),
  ];
}

const entities: readonly FieldEntity[] = ['customer', 'address', 'group'];

describe('the table of SOAP calls over REST', () => {
  test('has each operation of the catalogue and of the protocol, once', () => {
    assert.deepEqual(
      equivalents.map(({ method }) => method).sort(),
      [...knownResources.methods.map(({ id }) => id), ...protocolOperations.map(({ id }) => id)].sort(),
    );
  });

  test('each claim, also those about the arguments of a call, cites something, and it is there', () => {
    const claims: readonly Note[] = [
      ...equivalents.flatMap(({ notes }) => notes),
      ...samples.flatMap((sample) => translate(sample.call)?.reasons ?? []),
    ];
    assert.ok(claims.length > 60, `${claims.length} claims`);
    assert.deepEqual(
      claims.filter((claim) => citationsOf(claim).length === 0).map(({ text }) => text),
      [],
    );
    assert.deepEqual(
      claims.flatMap((claim) => missing(claim).map((cited) => `${claim.text} ${cited}`)),
      [],
    );
    assert.deepEqual(
      entities.flatMap((entity) => missing(fieldSources[entity])),
      [],
    );
  });

  test('says of each method what to do, and gives a request for what moves', () => {
    for (const { method, verdict, summary, request, notes } of equivalents) {
      assert.match(summary, /^[A-Z].*\.$/, method);
      assert.ok(notes.length > 0, method);
      if (verdict === 'moves') assert.notEqual(request, undefined, method);
      if (verdict === 'stays') assert.equal(request, undefined, method);
    }
  });

  test('names the same permissions, and the same methods without a way, as what speaks REST', () => {
    for (const { id } of knownResources.methods) {
      const { request, verdict } = equivalents.find(({ method }) => method === id) ?? {};
      assert.equal(request?.permission, restRights[id], id);
      assert.equal(verdict === 'stays', unreachableOverRest(id) !== undefined, id);
    }
  });

  test('the requests are those that were recorded with success', () => {
    const recorded = new Set(
      restRecordings()
        .filter(({ response }) => response.status < 300)
        .map(
          ({ request }) =>
            `${request.method} ${new URL(request.url).pathname.replace('/api/rest/v2', '').replace(/\/\d+$/, '/{customerId}')}`,
        ),
    );
    for (const { request } of equivalents)
      if (request !== undefined) assert.ok(recorded.has(`${request.http} ${request.path}`), `${request.http} ${request.path}`);
  });

  test('each name of an attribute over REST is one that the store has sent or taken', () => {
    const seen = restRecordings()
      .map(({ request, response }) => `${request.body ?? ''}${response.body}`)
      .join('\n');
    // No recorded address has a VAT number or a fax; their names stand in the store's OpenAPI document alone.
    const unseen = entities.flatMap(fieldsOf).filter(({ rest }) => rest !== undefined && !seen.includes(`"${rest}"`));
    assert.deepEqual(
      unseen.map(({ rest }) => rest),
      ['vatId', 'fax'],
    );
  });
});
