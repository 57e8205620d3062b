import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOf, flagWords, groupWords, shownMoment } from '../../../src/forms/shown-value';

test('a day is the same day in every time zone, and other values are unchanged', () => {
  assert.match(dayOf('1985-12-31 00:00:00').text, /31/);
  assert.match(dayOf('1985-12-31').raw ?? '', /without a time zone/);
  for (const none of ['0000', '', '2024-02-30', '2023-02-29 00:00:00', '2024-13-01', '0000-00-00'])
    assert.deepEqual(dayOf(none), { text: none }, 'no calendar has it');
});

test('a moment is the same in each form that stores send', () => {
  const texts = ['2024-01-03 10:15:00', '2024-01-03T11:15:00+01:00', '1704276900'].map((value) => shownMoment('created_at', value).text);
  assert.equal(new Set(texts).size, 1, texts.join(' | '));
  assert.deepEqual(shownMoment('created_at', 'yesterday'), { text: 'yesterday' });
});

test('a group is shown with its number and name, or with the number alone if the name is unknown', () => {
  assert.deepEqual([groupWords('2', 'Wholesale'), groupWords('9', undefined)], ['Wholesale (2)', '9']);
});

test('a time in an unknown time zone is shown as it was sent, with a note', () => {
  const shown = shownMoment('created_at', '2026-11-23 03:10:35', { by: 'info' });
  assert.match(shown.text, /3:10|03:10/);
  assert.match(shown.text, /zone not given/);
  assert.match(shown.raw ?? '', /In Maho 26\.7 it is the time of the store/);
});

test('a day is written like the day of a moment', () => {
  const day = dayOf('2024-01-03').text;
  assert.ok(shownMoment('created_at', '2024-01-03 12:00:00', { by: 'list' }).text.startsWith(day), day);
});

test('a flag reads Yes or No in each form that stores send, and other values are unchanged', () => {
  const texts = (values: readonly string[]): readonly string[] => values.map((value) => flagWords(value).text);
  assert.deepEqual(texts(['true', '1', 'false', '0']), ['Yes', 'Yes', 'No', 'No']);
  assert.equal(flagWords('true').raw, 'Sent as true.');
  assert.deepEqual(flagWords('a6f1c2'), { text: 'a6f1c2' }, 'the key of a confirmation');
});
