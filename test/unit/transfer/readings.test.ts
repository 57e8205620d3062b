// Cells that can be read in several ways, as somebody decides for all rows: dates, and words for groups, store views and genders.
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test, type TestContext } from 'node:test';
import { speak } from '../../../src/l10n/texts';
import { isList, isRecord } from '../../../src/api/value';
import { meaningOfCell, type Doubt, type NamedIds } from '../../../src/store/transfer/cell-meaning';
import { guessMapping, importKey, openCsv, previewImport, runImport, type PlannedRow, type Readings } from '../../../src/store/transfer';
import { textOfValue } from '../../../src/store/transfer/cells';
import { demo, folder } from './support';

const words = { groups: new Map([['wholesale', { name: 'Wholesale', ids: ['2'] }]]), stores: new Map<string, NamedIds>() };
const dob = (text: string, readings: Readings = {}): string => {
  const meant = meaningOfCell('dob', text, words, readings);
  return 'value' in meant ? meant.value : (meant.doubt?.kind ?? 'refused');
};

suite('A date that can be read in several ways', () => {
  const rows: readonly (readonly [text: string, before: string, readings: Readings, after: string])[] = [
    ['3/4/1975', 'dates', { dates: 'day-first' }, '1975-04-03'],
    ['3/4/1975', 'dates', { dates: 'month-first' }, '1975-03-04'],
    ['03-04-1975', 'dates', { dates: 'day-first' }, '1975-04-03'],
    ['3/4/1975 0:00', 'dates', { dates: 'month-first' }, '1975-03-04'],
    ['13/4/1975', '1975-04-13', { dates: 'month-first' }, '1975-04-13'],
    ['4/13/1975', '1975-04-13', { dates: 'day-first' }, '1975-04-13'],
    ['24.12.75', 'shortYears', { shortYears: true }, '1975-12-24'],
    ['24.12.01', 'shortYears', { shortYears: true }, '2001-12-24'],
    ['3/4/75', 'shortYears', { shortYears: true }, 'dates'],
    ['3/4/75', 'shortYears', { shortYears: true, dates: 'month-first' }, '1975-03-04'],
    ['27395', 'countedDays', { countedDays: true }, '1975-01-01'],
    ['1975', 'countedDays', {}, 'countedDays'],
    ['99999', 'refused', { countedDays: true }, 'refused'],
    ['31/2/75', 'shortYears', { shortYears: true }, 'refused'],
    ['3/4-1975', 'refused', { dates: 'day-first' }, 'refused'],
    ['yesterday', 'refused', { dates: 'day-first', shortYears: true, countedDays: true }, 'refused'],
    ['1975-04-03', '1975-04-03', { dates: 'month-first' }, '1975-04-03'],
  ];
  for (const [text, before, readings, after] of rows)
    test(`${text} is ${after} with ${JSON.stringify(readings)}`, () => {
      assert.equal(dob(text), before);
      assert.equal(dob(text, readings), after);
    });
});

suite('A gender', () => {
  const meant = (text: string): string | undefined => {
    const found = meaningOfCell('gender', text, words);
    return 'value' in found ? found.value : undefined;
  };
  const inLanguage = (language: string, bundle: Readonly<Record<string, string>>, texts: readonly string[]): (string | undefined)[] => {
    speak({ language, bundle });
    try {
      return texts.map(meant);
    } finally {
      speak(undefined);
    }
  };
  test('is understood in English, with its first letter too', () => {
    assert.deepEqual(['Male', 'FEMALE', 'm', 'f', 'Weiblich', 'x'].map(meant), ['1', '2', '1', '2', undefined, undefined]);
  });
  test('is understood in the language of the reader and in English', () => {
    const german = { Male: 'Männlich', Female: 'Weiblich' };
    assert.deepEqual(inLanguage('de', german, ['männlich', 'WEIBLICH', 'female', 'm']), ['1', '2', '2', '1']);
  });
  test('is not guessed from a letter that means the other gender in the language of the reader', () => {
    assert.deepEqual(inLanguage('es', { Male: 'Hombre', Female: 'Mujer' }, ['mujer', 'M', 'male']), ['2', undefined, '1']);
  });
});

suite('A word that the store does not know', () => {
  const meant = (attribute: string, text: string, readings: Readings = {}): string | Doubt | undefined => {
    const found = meaningOfCell(attribute, text, words, readings);
    return 'value' in found ? found.value : found.doubt;
  };
  test('is a doubt for each attribute whose numbers have names, and for no other', () => {
    for (const attribute of ['group_id', 'store_id', 'website_id', 'gender'])
      assert.deepEqual(meant(attribute, 'VIP'), { kind: 'word', attribute, text: 'VIP' });
    assert.equal(meant('group_id', 'wholesale'), '2');
    assert.equal(meant('disable_auto_group_change', 'VIP'), 'VIP');
  });
  test('is the number that was decided, however it is written, for its own attribute', () => {
    const readings: Readings = { words: [{ attribute: 'group_id', text: 'V.I.P. Gold', value: '3' }] };
    assert.equal(meant('group_id', ' v.i.p. gold ', readings), '3');
    assert.deepEqual(meant('store_id', 'V.I.P. Gold', readings), { kind: 'word', attribute: 'store_id', text: 'V.I.P. Gold' });
    assert.deepEqual(meant('group_id', '__proto__', readings), { kind: 'word', attribute: 'group_id', text: '__proto__' });
  });
  test('is decided where the store has several of that name', () => {
    const twice = { ...words, groups: new Map([['vip', { name: 'VIP', ids: ['3', '4'] }]]) };
    const found = meaningOfCell('group_id', 'VIP', twice);
    assert.ok('doubt' in found && found.doubt?.kind === 'word');
    assert.deepEqual(meaningOfCell('group_id', 'VIP', twice, { words: [{ attribute: 'group_id', text: 'VIP', value: '4' }] }), {
      value: '4',
    });
  });
});

suite('An import with decided readings', () => {
  const file = ['email,firstname,lastname,website_id,group_id,dob', 'a@example.com,A,A,1,VIP,3/4/1975', 'b@example.com,B,B,1,vip,5/6/80'];

  async function planned(t: TestContext, readings?: Readings): Promise<Parameters<typeof runImport> & { rows: PlannedRow[] }> {
    const { client } = await demo(t, 'v1', { customers: 1 });
    const place = path.join(await folder(t), 'people.csv');
    await writeFile(place, file.join('\n'));
    const csv = await openCsv(place);
    const job = { client, csv, mapping: { ...guessMapping(csv.header), ...(readings === undefined ? {} : { readings }) } };
    const rows: PlannedRow[] = [];
    const preview = await previewImport(job, {
      onRow: (row) => {
        rows.push(row);
      },
    });
    return Object.assign([job, preview] as [typeof job, typeof preview], { rows });
  }

  test('refuses rows with what can be decided about them', async (t) => {
    const { rows } = await planned(t);
    const doubts = rows.map((row) => (row.action === 'reject' ? row.doubts?.map(({ kind, text }) => `${kind} ${text}`) : []));
    assert.deepEqual(doubts, [
      ['word VIP', 'dates 3/4/1975'],
      ['word vip', 'shortYears 5/6/80'],
    ]);
  });

  test('writes what was decided', async (t) => {
    const made = await planned(t, { dates: 'day-first', shortYears: true, words: [{ attribute: 'group_id', text: 'VIP', value: '3' }] });
    const { counts } = await runImport(made[0], made[1]);
    assert.equal(counts.created, 2);
    const { value } = await made[0].client.call('customer.list', { filters: { email: { in: ['a@example.com', 'b@example.com'] } } });
    const stored = isList(value)
      ? value.filter(isRecord).map((row) => [textOfValue(row['dob']).slice(0, 10), textOfValue(row['group_id'])])
      : [];
    assert.deepEqual(stored.toSorted(), [
      ['1975-04-03', '3'],
      ['1980-06-05', '3'],
    ]);
  });

  test('is another import than without them, and one without any has the key it always had', () => {
    const mapping = { columns: ['email', 'dob'], key: 'email', emptyCells: 'keep' } as const;
    const store = { url: 'https://shop.example.com', user: 'api' };
    const key = (readings?: Readings): string =>
      importKey('hash', { ...mapping, columns: [...mapping.columns], ...(readings === undefined ? {} : { readings }) }, store);
    assert.equal(key({}), key());
    assert.equal(key({ words: [], shortYears: false }), key());
    assert.notEqual(key({ dates: 'day-first' }), key({ dates: 'month-first' }));
    const [one, other] = [
      { attribute: 'group_id', text: 'VIP', value: '3' },
      { attribute: 'group_id', text: 'Gold', value: '4' },
    ];
    assert.equal(key({ words: [one, other] }), key({ words: [other, one] }));
  });
});
