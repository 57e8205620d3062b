import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Workbench } from './workbench';

/** The kinds of theme that everything has to look right in. */
export const themes = {
  dark: ['Default Dark Modern', 'vs-dark'],
  light: ['Default Light Modern', 'vs'],
  'high contrast': ['Default High Contrast', 'hc-black'],
  'high contrast light': ['Default High Contrast Light', 'hc-light'],
} as const;

/** Turns the workbench to a theme, by the setting, and waits until it is drawn in it. */
export async function useTheme({ folder, page }: Workbench, theme: keyof typeof themes): Promise<void> {
  const [name, base] = themes[theme];
  const file = path.join(folder, '.vscode/settings.json');
  const settings: unknown = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(Object.assign({}, settings, { 'workbench.colorTheme': name }), null, 2));
  await page.locator(`.monaco-workbench.${base}`).waitFor();
}
