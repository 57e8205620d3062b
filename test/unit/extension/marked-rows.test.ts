import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { markedRows } from '../../../src/extension/commands/marked-rows';

/** A list of rows as VS Code reports it: parts of the selection are missing while it reads its rows again. */
class List {
  readonly #selected: Set<string>;
  #looks = 0;

  /** @param missing rows that are not reported, by the number of the reading */
  constructor(
    readonly marked: string | undefined,
    selected: readonly string[],
    readonly missing: (look: number) => readonly string[] = () => [],
  ) {
    this.#selected = new Set(selected);
  }

  get selection(): readonly string[] {
    const missing = this.missing(this.#looks++);
    return [...this.#selected].filter((row) => !missing.includes(row));
  }

  get selected(): readonly string[] {
    return [...this.#selected];
  }

  readonly toggle = (): Promise<void> => {
    if (this.marked !== undefined && !this.#selected.delete(this.marked)) this.#selected.add(this.marked);
    return Promise.resolve();
  };
}

suite('The row for a key press', () => {
  const cases: readonly (readonly [name: string, marked: string | undefined, selected: readonly string[], wanted: readonly string[]])[] = [
    ['is the one with the keyboard, not the selected one', 'b', ['a'], ['b']],
    ['comes with the rest of the selection that it is part of', 'b', ['a', 'b'], ['b', 'a']],
    ['is there where nothing is selected', 'b', [], ['b']],
    ['is none where no row has the keyboard', undefined, ['a'], []],
  ];
  for (const [name, marked, selected, wanted] of cases)
    test(name, async () => {
      const list = new List(marked, selected);
      assert.deepEqual(await markedRows(list, list.toggle), wanted);
      assert.deepEqual(new Set(list.selected), new Set(selected));
    });

  for (let look = 0; look < 3; look++)
    test(`is never another one when reading ${look + 1} of the selection is incomplete`, async () => {
      const list = new List('b', ['a'], (now) => (now === look ? ['a'] : []));
      assert.deepEqual(await markedRows(list, list.toggle), ['b']);
      assert.deepEqual(list.selected, ['a']);
    });

  test('is undefined rather than wrong while the selection keeps changing', async () => {
    const list = new List('b', ['a'], (look) => (look % 3 === 0 ? ['a'] : []));
    assert.deepEqual(await markedRows(list, list.toggle), []);
    assert.deepEqual(list.selected, ['a']);
  });
});
