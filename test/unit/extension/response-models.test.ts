import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { cellOf } from '../../../src/extension/grid/cells';
import { prettyXml } from '../../../src/extension/response/pretty-xml';
import { isTabular, RowTable } from '../../../src/extension/grid/row-table';

const people = [
  { customer_id: '10', email: 'zoe@example.com', middlename: null, group_id: 2 },
  { customer_id: '9', email: 'Adam@example.com', middlename: '', group_id: 10 },
  { customer_id: '11', email: 'bea@example.com', group_id: 1, password_hash: 'abcdef' },
];

const emails = (table: RowTable): unknown[] => table.page(0).map((row) => row[1]?.[1]);

describe('A list as a table', () => {
  test('has a column for every key of any row, and distinguishes nil, empty, missing, number, text and secret', () => {
    const table = new RowTable(people);
    assert.deepEqual(
      table.columns.map(({ code, numeric }) => [code, numeric]),
      [
        ['customer_id', false],
        ['email', false],
        ['middlename', false],
        ['group_id', true],
        ['password_hash', false],
      ],
    );
    assert.deepEqual(
      table.page(0).map(([, , middlename]) => middlename),
      [
        ['nil', ''],
        ['empty', ''],
        ['absent', ''],
      ],
    );
    assert.deepEqual(
      table.page(0, 1)[0]?.map(([kind]) => kind),
      ['text', 'text', 'nil', 'number', 'absent'],
    );
    assert.deepEqual(table.page(2, 1)[0]?.[4], ['masked', '••••••']);
  });

  test('sorts numbers and numeric texts as numbers, with missing values last, and restores the original order', () => {
    const table = new RowTable(people);
    const ids = (): unknown[] => table.page(0).map(([id]) => id?.[1]);
    table.sortBy('customer_id');
    assert.deepEqual(ids(), ['9', '10', '11']);
    table.sortBy('customer_id');
    assert.deepEqual(ids(), ['11', '10', '9']);
    table.sortBy('customer_id');
    assert.deepEqual(ids(), ['10', '9', '11']);
    table.sortBy('email');
    assert.deepEqual(emails(table), ['Adam@example.com', 'bea@example.com', 'zoe@example.com']);
    table.sortBy('password_hash');
    table.sortBy('password_hash');
    assert.deepEqual(ids()[0], '11');
  });

  test('filters by words in any column, keeps the sort order, and does not search secrets', () => {
    const table = new RowTable(people);
    table.sortBy('email');
    table.filterBy('EXAMPLE  1');
    assert.deepEqual(emails(table), ['Adam@example.com', 'bea@example.com', 'zoe@example.com']);
    table.filterBy('zoe 10');
    assert.deepEqual([table.state.shown, table.state.total, ...emails(table)], [1, 3, 'zoe@example.com']);
    table.filterBy('abcdef');
    assert.equal(table.state.shown, 0);
  });

  test('returns the requested page, and increases the version when rows move', () => {
    const table = new RowTable(Array.from({ length: 50_000 }, (_, index) => ({ customer_id: index })));
    assert.deepEqual(
      table
        .page(49_950)
        .map(([cell]) => cell?.[1])
        .at(-1),
      '49999',
    );
    assert.deepEqual(table.page(50_000), []);
    const { version } = table.state;
    table.sortBy('customer_id');
    assert.notEqual(table.state.version, version);
  });

  test('shows chosen columns in their order, in the table, as JSON and as CSV', () => {
    const table = new RowTable(people, {
      choice: { order: ['email', 'gone', 'customer_id'], hidden: ['group_id', 'password_hash', 'middlename'] },
    });
    assert.deepEqual(
      table.columns.map(({ code }) => code),
      ['email', 'customer_id'],
    );
    assert.equal(table.state.hidden, 3);
    table.move('customer_id', 0);
    assert.equal(table.csv(), 'customer_id,email\r\n10,zoe@example.com\r\n9,Adam@example.com\r\n11,bea@example.com\r\n');
    assert.deepEqual(
      JSON.parse(table.json()),
      people.map(({ customer_id, email }) => ({ customer_id, email })),
    );
  });

  test('copies rows without secrets', () => {
    assert.deepEqual(new RowTable(people).row(2), { ...people[2], password_hash: '••••••' });
    assert.equal(new RowTable(people).row(3), undefined);
    assert.doesNotMatch(new RowTable(people).csv() + new RowTable(people).json(), /abcdef/);
  });

  test('accepts lists of plain values, but not lists of lists or mixed ones', () => {
    assert.deepEqual(
      [
        isTabular(['a', 1, null]),
        isTabular([]),
        isTabular([[1]]),
        isTabular([1, {}]),
        isTabular({ a: 1 }),
        isTabular([{ a: ['x'] }]),
        isTabular([{ a: [{ b: 1 }] }]),
      ],
      [true, true, false, false, false, true, false],
    );
    const table = new RowTable(['b', 'a']);
    table.sortBy('value');
    assert.deepEqual([table.row(0), JSON.parse(table.json())], ['a', ['a', 'b']]);
  });

  test('keeps an attribute called __proto__', () => {
    const table = new RowTable([JSON.parse('{"__proto__":"x","constructor":"y"}')]);
    assert.deepEqual(table.page(0), [
      [
        ['text', 'x'],
        ['text', 'y'],
      ],
    ]);
  });
});

test('exports CSV without content that a spreadsheet would execute', () => {
  assert.equal(new RowTable([{ '=a': '=1+1', b: '@x', c: 'two\nlines', d: 5 }]).csv(), `'=a,b,c,d\r\n'=1+1,'@x,"two\nlines",5\r\n`);
});

test('A long value is cut in the view', () => {
  assert.equal(cellOf('x'.repeat(5000))[1].length, 1000);
});

describe('Formatted XML', () => {
  test('has one element per line, with text beside its tags', () => {
    assert.equal(
      prettyXml('<?xml version="1.0"?>\n<a x="1>2"><b>text &amp; more</b><c/><d> </d>\n<e><![CDATA[<x>]]></e></a>'),
      '<?xml version="1.0"?>\n<a x="1>2">\n  <b>text &amp; more</b>\n  <c/>\n  <d> </d>\n  <e><![CDATA[<x>]]></e>\n</a>\n',
    );
  });

  for (const [what, xml] of [
    ['cut off in a tag', '<a><b>1</b><c x="'],
    ['cut off in text', '<a><b>half'],
    ['junk around', 'Notice: x < y\n<a>1</a>trailing'],
    ['wrong nesting', '</a><a></b>'],
  ] as const) {
    test(`loses nothing of ${what}`, () => {
      assert.equal(prettyXml(xml).replace(/\s/g, ''), xml.replace(/\s/g, ''));
    });
  }

  test('is fast for five million characters of one broken tag, and of nesting', () => {
    assert.equal(prettyXml(`<${'a'.repeat(5_000_000)}`).length, 5_000_002);
    assert.ok(prettyXml('<a>'.repeat(100_000)).length > 300_000);
  });

  test('stops at the given limit', () => {
    assert.equal(prettyXml('<a><b>1</b><b>2</b></a>', 5), '<a>\n  <b>\n');
  });
});
