import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { dialectLabels, dialects, type Dialect } from '../../api/dialect';
import type { ClientPorts } from '../../store/calls/client';
import type { StoreConfig } from '../../store/settings/config';
import type { Check } from '../../store/doctor/check';
import { withoutIcons } from '../text';
import { proxyOf } from '../stores/proxy-settings';
import type { QuestionPosition, Way } from './steps';

const icons: Readonly<Record<Check['state'], string>> = { ok: 'pass', warning: 'warning', failed: 'error', skipped: 'circle-slash' };

/** What came of looking at a store. */
export interface Examination {
  readonly way: Way;
  /** The dialect it was spoken to in, once that is known. */
  readonly spoken: Dialect | undefined;
  /** Another dialect it offers, which is to be spoken instead. */
  readonly speak: Dialect | undefined;
}

interface Answer {
  readonly way: Way;
  readonly speak?: Dialect;
}

interface Entry extends vscode.QuickPickItem {
  readonly answer?: Answer;
}

/** The dialects a store offers, the one that is spoken first. */
const offered = z.object({ offered: z.array(z.object({ dialect: z.enum(dialects), url: z.string() })) });

/**
 * Examines the way to a store that is not saved yet and shows each finding as it comes. Saving is offered all the time, going back
 * to correct something as well; what was found has the last word only on what is offered first. Where the shop offers another dialect, it
 * can be chosen instead.
 */
export async function examineStore(place: QuestionPosition, config: StoreConfig, ports: ClientPorts, login: boolean): Promise<Examination> {
  const { diagnose } = await import('../../store/doctor/doctor');
  const pick = vscode.window.createQuickPick<Entry>();
  const stop = new AbortController();
  const checks: Check[] = [];
  Object.assign(pick, {
    title: place.title,
    step: place.step,
    totalSteps: place.total,
    placeholder: 'Looking at the store…',
    ignoreFocusOut: true,
    busy: true,
    matchOnDetail: true,
  });
  pick.buttons = [vscode.QuickInputButtons.Back];
  const show = (done: boolean): void => {
    const active = pick.activeItems[0]?.label;
    pick.items = entriesFor(checks, done);
    // What was active by hand stays; otherwise the first answer is what Enter does.
    const same = pick.items.find(({ label, answer }) => answer === undefined && label === active);
    if (same !== undefined) pick.activeItems = [same];
  };
  const run = async (): Promise<void> => {
    for await (const check of diagnose(config, ports, { signal: stop.signal, login, proxy: proxyOf(config.url) })) {
      if (stop.signal.aborted) return;
      checks.push(check);
      pick.placeholder = `Looked at: ${check.title}`;
      show(false);
    }
    pick.busy = false;
    pick.placeholder = verdict(checks);
    show(true);
  };
  try {
    const { way, speak } = await new Promise<Answer>((resolve, reject) => {
      pick.onDidAccept(() => {
        const answer = pick.activeItems[0]?.answer;
        if (answer !== undefined) resolve(answer);
      });
      pick.onDidTriggerButton(() => {
        resolve({ way: 'back' });
      });
      pick.onDidHide(() => {
        resolve({ way: 'cancel' });
      });
      show(false);
      pick.show();
      run().catch(reject);
    });
    return { way, speak, spoken: offeredBy(checks)[0]?.dialect };
  } finally {
    stop.abort();
    pick.dispose();
  }
}

function entriesFor(checks: readonly Check[], done: boolean): Entry[] {
  const failed = checks.some(({ state }) => state === 'failed');
  const save: Entry = {
    label: `$(check) ${failed ? 'Save Anyway' : 'Save Store'}`,
    ...(done ? {} : { description: 'without waiting for the rest' }),
    answer: { way: 'next' },
    alwaysShow: true,
  };
  const back: Entry = {
    label: '$(arrow-left) Go Back and Correct',
    description: 'to the first question, with every answer still there',
    answer: { way: 'first' },
    alwaysShow: true,
  };
  const [spoken, ...others] = offeredBy(checks);
  const instead = others.map(({ dialect, url }): Entry => ({
    label: `$(arrow-swap) Speak ${dialectLabels[dialect]} Instead`,
    description: withoutIcons(`${dialectLabels[spoken?.dialect ?? dialect]} is spoken now; ${dialectLabels[dialect]} answers at ${url}`),
    answer: { way: 'next', speak: dialect },
    alwaysShow: true,
  }));
  return [
    ...(failed ? [back, save] : [save, back]),
    ...instead,
    { label: 'what was found', kind: vscode.QuickPickItemKind.Separator },
    ...checks.map(entryOf),
  ];
}

function entryOf({ state, title, text, said, why, next }: Check): Entry {
  const detail = [said === undefined ? undefined : `The store said: ${said}`, why, next].filter((part) => part !== undefined).join(' ');
  return {
    label: `$(${icons[state]}) ${withoutIcons(title)}`,
    description: withoutIcons(text),
    ...(detail === '' ? {} : { detail: withoutIcons(detail) }),
  };
}

function offeredBy(checks: readonly Check[]): z.infer<typeof offered>['offered'] {
  const facts = offered.safeParse(checks.find(({ id }) => id === 'dialects')?.facts);
  return facts.success ? facts.data.offered : [];
}

function verdict(checks: readonly Check[]): string {
  if (checks.some(({ state }) => state === 'failed')) return 'The store could not be reached as it is described';
  return checks.some(({ state }) => state === 'warning') ? 'The store answers, with something to look at' : 'The store answers';
}
