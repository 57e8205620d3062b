import type { Page } from 'playwright-core';
import { changeSettings } from './settings-file';
import { isInTime, until } from './waiting';
import type { Workbench } from './workbench';

/** The themes in which everything must look right, by kind: name, class of the workbench, class of webviews. */
export const themes = {
  dark: ['Default Dark Modern', 'vs-dark', 'vscode-dark'],
  light: ['Default Light Modern', 'vs', 'vscode-light'],
  'high contrast': ['Default High Contrast', 'hc-black', 'vscode-high-contrast'],
  'high contrast light': ['Default High Contrast Light', 'hc-light', 'vscode-high-contrast-light'],
} as const;

/** Switches the workbench to a theme by its setting, and waits until it and the visible webviews are drawn in it. */
export async function useTheme({ folder, page }: Pick<Workbench, 'folder' | 'page'>, theme: keyof typeof themes): Promise<void> {
  const [name, base, kind] = themes[theme];
  await changeSettings(folder, { 'workbench.colorTheme': name });
  await page.locator(`.monaco-workbench.${base}`).waitFor();
  await pagesDrawnIn(page, kind);
}

/** How long to wait for a webview that may be closing, before the visible webviews are determined again, in ms. */
const ATTEMPT_LIMIT_MS = 4000;

/** Visible webviews get a new theme shortly after the workbench. */
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
          .waitFor({ state: 'attached', timeout: ATTEMPT_LIMIT_MS });
    });
  });
}
