import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pageTitle } from '../../../src/soap/decoding/page';

test('the title of a page is its text without the white space around', () => {
  assert.equal(pageTitle('<html><head><TITLE lang="en">\n  404 Not Found\n</title>'), '404 Not Found');
  assert.equal(pageTitle(`<title>${'x'.repeat(300)}</title>`)?.length, 200);
  for (const page of ['', '<title></title>', '<title> \n </title>', '<title>open', '<title>a<b>c</b></title>'])
    assert.equal(pageTitle(page), undefined);
});

test('no page makes looking for its title slow', () => {
  for (const piece of [' ', '<title', '<title>', '<title> ', '<title>x '])
    assert.equal(pageTitle(`<title>${piece.repeat(300_000)}x<`), undefined);
});
