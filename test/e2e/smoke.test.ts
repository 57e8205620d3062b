import assert from 'node:assert/strict';
import { inWorkbench } from './support/suite';

const test = inWorkbench(() => ({}));

test('The packaged extension puts its container into the activity bar', async ({ sidebar, page }) => {
  await sidebar.open();
  const headings = await page.locator('.sidebar .pane-header').allInnerTexts();
  assert.ok(headings.length > 0, 'the container holds at least one view');
});
