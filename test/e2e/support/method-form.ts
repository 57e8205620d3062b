import type { Frame, FrameLocator } from 'playwright-core';
import { until } from './waiting';
import type { Workbench } from './workbench';

/** The input for the form of a method. */
export interface Entered {
  /** Texts by the name of an argument or a field. */
  readonly values?: Readonly<Record<string, string>>;
  /** Conditions of filters that compare for equality, by attribute. They replace the earlier ones. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** Opens the form of a method from the palette. @param asked answers the questions that come before the methods are known: store and key */
export async function openMethodForm(workbench: Workbench, method: string, asked?: () => Promise<void>): Promise<FrameLocator> {
  const { quickInput, editors } = workbench;
  await quickInput.command('Maho SOAP: Run a SOAP Call');
  await asked?.();
  await quickInput.with('Methods of').waitFor();
  await quickInput.box.fill(method);
  await quickInput.pick(new RegExp(`^${method.replace('.', '\\.')}`));
  await editors.tab(`Run ${method}`).waitFor();
  const view = editors.webview();
  await view.getByRole('heading', { level: 1, name: method }).waitFor();
  return view;
}

/** Opens the form of a method, fills it in, runs it, and closes it, so that only the response is open. */
export async function runMethod(
  workbench: Workbench,
  method: string,
  { values = {}, conditions = {} }: Entered = {},
  asked?: () => Promise<void>,
): Promise<void> {
  const view = await openMethodForm(workbench, method, asked);
  await view.getByRole('button', { name: /^Run/ }).waitFor();
  for (const remove of (await view.getByRole('button', { name: /^Remove condition/ }).all()).reverse()) await remove.click();
  for (const [name, text] of Object.entries(values)) await view.getByLabel(new RegExp(`^${name}`)).fill(text);
  for (const [index, [attribute, value]] of Object.entries(conditions).entries()) {
    await view.getByRole('button', { name: 'Add condition' }).click();
    await view.getByLabel(`Attribute of condition ${index + 1}`).fill(attribute);
    await view.getByLabel(`Value of condition ${index + 1}`).fill(value);
  }
  await view.getByRole('button', { name: /^Run/ }).click();
  // The outcome is shown in the form, or a response opens in front of it if the one before was in the same group.
  const active = workbench.page.locator('.tabs-container .tab.active', { hasText: `Run ${method}` });
  // If the response is beside it, the form is not the last webview of the window.
  const said = async (): Promise<boolean> => {
    const counts = await Promise.all(workbench.page.frames().map(outcomesIn));
    return counts.some((count) => count > 0);
  };
  const everything = workbench.quickInput.with('Without filters, this returns everything');
  await until(async () => {
    // A list without filters asks how many rows to load.
    if (await everything.isVisible()) await workbench.quickInput.pick('Everything');
    return !(await active.first().isVisible()) || (await said());
  });
  await workbench.editors.close(`Run ${method}`);
}

/** How many outcomes a page shows; 0 if the page is removed in the meantime, for example because another one replaces it. */
async function outcomesIn(frame: Frame): Promise<number> {
  try {
    return await frame.locator('footer .words.good, footer .words.error').count();
  } catch (error) {
    if (error instanceof Error && /detached|destroyed/i.test(error.message)) return 0;
    throw error;
  }
}
