import type { FrameLocator, Locator } from 'playwright-core';

/**
 * The input of an attribute. It is not found by its label, because buttons of the sheet that remains while a form opens have the same
 * words.
 */
export function field(sheet: FrameLocator, code: string): Locator {
  return sheet.locator(`#field-${code}`);
}

/** The value of an attribute on the sheet. */
export function cell(sheet: FrameLocator, code: string): Locator {
  return sheet.locator('.sections dt', { has: sheet.locator('code', { hasText: new RegExp(`^${code}$`) }) }).locator('+ dd');
}

export async function review(sheet: FrameLocator): Promise<void> {
  await sheet.getByRole('button', { name: 'Review' }).click();
  await sheet.getByRole('heading', { name: 'Review' }).waitFor();
}
