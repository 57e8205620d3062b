// Overlapping requests for rows of the tree: only the latest one provides rows, in whatever order they end.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { losesRows, OverlappingQuestions } from '../../../src/extension/tree/overlapping';

const store = { kind: 'store', id: 'shop', parent: undefined };
const list = { kind: 'customers', id: 'shop/customers', parent: store };
const other = { kind: 'store', id: 'other', parent: undefined };

/** A request that ends on demand. */
function pending(): { rows: () => Promise<string[]>; answer: (...rows: string[]) => void } {
  let resolve = (_rows: string[]): void => undefined;
  const promise = new Promise<string[]>((answer) => (resolve = answer));
  return { rows: () => promise, answer: (...rows) => resolve(rows) };
}

test('older versions of VS Code are recognized by their number', () => {
  for (const version of ['1.100.3', '1.117.0', '1.132.9', '0.200.0']) assert.ok(losesRows(version), version);
  for (const version of ['1.133.0', '1.139.1', '1.140.0-insider', '2.0.0']) assert.ok(!losesRows(version), version);
});

test('of two requests for the children of a row, the later one provides them, in any order of the responses', async () => {
  for (const order of [
    [0, 1],
    [1, 0],
  ]) {
    const questions = new OverlappingQuestions();
    const both = [pending(), pending()];
    const answers = both.map(({ rows }) => questions.ask(list, rows));
    for (const index of order) both[index]?.answer(`row ${index}`);
    assert.deepEqual(await Promise.all(answers), [undefined, ['row 1']]);
  }
});

test('requests that follow each other, or that are for different rows, all provide rows', async () => {
  const questions = new OverlappingQuestions();
  assert.deepEqual(await questions.ask(list, () => Promise.resolve(['a'])), ['a']);
  const [one, two, three] = [pending(), pending(), pending()];
  const answers = [questions.ask(list, one.rows), questions.ask(store, two.rows), questions.ask(undefined, three.rows)];
  for (const question of [one, two, three]) question.answer('b');
  assert.deepEqual(await Promise.all(answers), [['b'], ['b'], ['b']]);
});

test('a refresh outdates the requests for the row and for rows below it, and no others', async () => {
  const questions = new OverlappingQuestions();
  const [one, two, three] = [pending(), pending(), pending()];
  const answers = [questions.ask(list, one.rows), questions.ask(store, two.rows), questions.ask(other, three.rows)];
  questions.outdate(store);
  for (const question of [one, two, three]) question.answer('c');
  assert.deepEqual(await Promise.all(answers), [undefined, undefined, ['c']]);
  assert.deepEqual(await questions.ask(list, () => Promise.resolve(['d'])), ['d'], 'what is asked after it has its rows');
});

test('a request that fails reports it and does not block others', async () => {
  const questions = new OverlappingQuestions();
  await assert.rejects(
    questions.ask(list, () => Promise.reject(new Error('gone'))),
    /gone/,
  );
  await questions.settled(list);
});

test('a row is settled once no row above it is being read, regardless of other rows', async () => {
  const questions = new OverlappingQuestions();
  const [above, elsewhere] = [pending(), pending()];
  const answers = [questions.ask(store, above.rows), questions.ask(other, elsewhere.rows)];
  let settled = false;
  const waiting = questions.settled(list).then(() => (settled = true));
  await new Promise((resolve) => setImmediate(resolve));
  assert.equal(settled, false);
  above.answer('e');
  await waiting;
  elsewhere.answer('f');
  await Promise.all(answers);
});
