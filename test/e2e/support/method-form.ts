import type { Frame, FrameLocator } from 'playwright-core';
import { until } from './waiting';
import type { Workbench } from './workbench';

/** What is entered into the form of a method. */
export interface Entered {
  /** Texts by the name of an argument or a field. */
  readonly values?: Readonly<Record<string, string>>;
  /** Conditions of filters that compare for equality, by attribute. They replace those of the last time. */
  readonly conditions?: Readonly<Record<string, string>>;
}

/** Opens the form of a method from the palette. @param asked answers what is asked before the methods are known: the store, its key */
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

/** Opens the form of a method, fills it in, runs it, and closes it: what came of it has the editor to itself. */
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
  // What came of it is said in the form, or stands in front of it, where the answer before was in the same place.
  const active = workbench.page.locator('.tabs-container .tab.active', { hasText: `Run ${method}` });
  // Beside the answer, the form is no longer the last page of the window.
  const said = async (): Promise<boolean> => {
    const counts = await Promise.all(workbench.page.frames().map(outcomesIn));
    return counts.some((count) => count > 0);
  };
  const everything = workbench.quickInput.with('Without filters, this returns everything');
  await until(async () => {
    // A list without filters asks how much of it is wanted.
    if (await everything.isVisible()) await workbench.quickInput.pick('Everything');
    return !(await active.first().isVisible()) || (await said());
  });
  await workbench.editors.close(`Run ${method}`);
}

/** How many outcomes a page shows; none when it goes away meanwhile, as one does that another takes the place of. */
async function outcomesIn(frame: Frame): Promise<number> {
  try {
    return await frame.locator('footer .words.good, footer .words.error').count();
  } catch (error) {
    if (error instanceof Error && /detached|destroyed/i.test(error.message)) return 0;
    throw error;
  }
}
