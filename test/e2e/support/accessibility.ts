import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { FrameLocator } from 'playwright-core';
import * as z from 'zod/mini';

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const violations = z.array(z.object({ id: z.string(), nodes: z.array(z.string()) }));

/**
 * What screen readers need and axe does not check: selectors of elements that must not exist. Only the rows on the screen are in the page,
 * so a grid says how many there are; a row says which one it is. Icons are characters without a name. What is inside two live regions would
 * be read twice.
 */
const UNHEARD = [
  '[role="grid"]:not([aria-rowcount][aria-colcount][aria-label])',
  '[role="grid"] [role="row"]:not([aria-rowindex])',
  '[role="grid"] :is([role="gridcell"], [role="columnheader"]):not([aria-colindex])',
  '.codicon:not([aria-hidden="true"], [role="img"][aria-label])',
  '[role="status"] [role="status"], [role="alert"] [role="alert"]',
  '[role="treeitem"]:not([aria-level])',
].join(', ');

/**
 * The problems that axe finds in the page of a webview.
 * @param looked `colors` for a state that was already checked completely in another theme, because a theme changes only colours
 */
export async function accessibility(view: FrameLocator, looked: 'everything' | 'colors' = 'everything'): Promise<unknown> {
  const frame = await (await view.locator('body').elementHandle())?.ownerFrame();
  assert.ok(frame);
  // Half a megabyte, so it is loaded only once for each page.
  if (!(await frame.evaluate<unknown>("'axe' in window"))) await frame.evaluate(axe);
  const options = looked === 'colors' ? "{ runOnly: ['color-contrast'] }" : '{ rules: { region: { enabled: false } } }';
  const found = await frame.evaluate<unknown>(
    `axe.run(document, ${options}).then(({ violations }) => ` +
      'violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ' +
      '`${html} ${failureSummary}`) })))',
  );
  const unheard = await view.locator(UNHEARD).evaluateAll((elements) => elements.map(({ outerHTML }) => outerHTML.slice(0, 200)));
  return [...violations.parse(found), ...unheard];
}
