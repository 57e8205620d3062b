import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { isInTime, until } from './waiting';
import { screenshotsWanted, type Workbench } from './workbench';

/** The kinds of theme that everything has to look right in: the theme, what the workbench calls its kind, and what pages are told of it. */
export const themes = {
  dark: ['Default Dark Modern', 'vs-dark', 'vscode-dark'],
  light: ['Default Light Modern', 'vs', 'vscode-light'],
  'high contrast': ['Default High Contrast', 'hc-black', 'vscode-high-contrast'],
  'high contrast light': ['Default High Contrast Light', 'hc-light', 'vscode-high-contrast-light'],
} as const;

/** Turns the workbench to a theme, by the setting, and waits until it and the pages in sight are drawn in it. */
export async function useTheme({ folder, page }: Workbench, theme: keyof typeof themes): Promise<void> {
  const [name, base, kind] = themes[theme];
  const file = path.join(folder, '.vscode/settings.json');
  const settings: unknown = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(Object.assign({}, settings, { 'workbench.colorTheme': name }), null, 2));
  await page.locator(`.monaco-workbench.${base}`).waitFor();
  await pagesDrawnIn(page, kind);
}

/** How long to wait for a page that may be going away, before it is looked which there are now, in ms. */
const ATTEMPT = 4000;

/** The pages in sight are told of a theme a moment after the workbench is drawn in it. */
async function pagesDrawnIn(page: Page, kind: string): Promise<void> {
  await until(async () => {
    const shown = await page.locator('iframe.webview.ready').filter({ visible: true }).all();
    return await isInTime(async () => {
      for (const webview of shown)
        await webview
          .contentFrame()
          .locator('iframe#active-frame')
          .contentFrame()
          .locator(`body[data-vscode-theme-kind="${kind}"]`)
          .waitFor({ state: 'attached', timeout: ATTEMPT });
    });
  });
}

/**
 * Takes pictures of what is on the screen in several themes, where pictures are wanted.
 * @param name of the pictures; that of the theme is added
 */
export async function screenshotsInThemes(
  workbench: Workbench,
  name: string,
  shown: readonly (keyof typeof themes)[] = ['light', 'high contrast', 'high contrast light', 'dark'],
): Promise<void> {
  if (!screenshotsWanted) return;
  for (const theme of shown) {
    await useTheme(workbench, theme);
    await workbench.screenshot(`${name}, ${theme}`);
  }
}
