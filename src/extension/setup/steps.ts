import * as vscode from 'vscode';
import { describe, object } from '../messages';

/** What came of a question: an answer, or the wish to go back to the one before. `undefined` is Escape. */
export type Reply<T> = { readonly value: T } | 'back' | undefined;

/** Where a question stands among the others. */
export interface QuestionPosition {
  readonly title: string;
  readonly step: number;
  readonly total: number;
}

/** Where to go after a question. */
export type Way = 'next' | 'back' | 'first' | 'cancel';

/** One question: keeps its answer itself and says where to go. */
export type Step = (place: QuestionPosition) => Promise<Way>;

/**
 * Asks one question after the other; the Back button leads to the one before, with its answer still there. @returns whether all were
 * answered
 */
export async function askInSteps(title: string, steps: readonly Step[]): Promise<boolean> {
  for (let index = 0; index < steps.length;) {
    const step = steps[index];
    const went = await step?.({ title, step: index + 1, total: steps.length });
    if (went === 'cancel' || went === undefined) return false;
    index = went === 'first' ? 0 : index + (went === 'next' ? 1 : -1);
  }
  return true;
}

/** A question that is answered with a text. */
export interface TextQuestion {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value: string;
  readonly password?: boolean;
  /** Why a text is not accepted; `undefined` when it is. */
  readonly problem?: (value: string) => string | undefined;
}

/** A button that is on or off while a text is typed. */
export interface Toggle {
  readonly on: boolean;
  readonly icon: string;
  readonly tooltip: string;
  /** The prompt while it is on. */
  readonly prompt: string;
}

/** Asks for a text. What is wrong with it is said while one types, but not before. */
export async function askText(
  place: QuestionPosition,
  question: TextQuestion,
  toggle?: Toggle,
): Promise<Reply<{ readonly text: string; readonly on: boolean }>> {
  const box = vscode.window.createInputBox();
  let on = toggle?.on === true;
  const switchButton = toggle === undefined ? undefined : { iconPath: new vscode.ThemeIcon(toggle.icon), tooltip: toggle.tooltip };
  const describeIt = (): void => {
    describe(box, on && toggle !== undefined ? toggle.prompt : question.prompt);
  };
  Object.assign(box, {
    title: place.title,
    step: place.step,
    totalSteps: place.total,
    placeholder: question.placeHolder,
    value: question.value,
    password: question.password === true,
    ignoreFocusOut: true,
  });
  box.buttons = [...(place.step > 1 ? [vscode.QuickInputButtons.Back] : []), ...(switchButton === undefined ? [] : [switchButton])];
  describeIt();
  try {
    return await new Promise((resolve) => {
      box.onDidChangeValue((value) => {
        object(box, question.problem?.(value));
      });
      box.onDidAccept(() => {
        const problem = question.problem?.(box.value);
        object(box, problem);
        if (problem === undefined) resolve({ value: { text: box.value, on } });
      });
      box.onDidTriggerButton((button) => {
        if (button === vscode.QuickInputButtons.Back) resolve('back');
        else {
          on = !on;
          describeIt();
        }
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    box.dispose();
  }
}

/** One answer that can be chosen, and what it stands for. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks to choose one; the one that was chosen before is active. */
export async function askChoice<T>(
  place: QuestionPosition,
  placeHolder: string,
  choices: readonly Choice<T>[],
  before: T | undefined,
): Promise<Reply<T>> {
  const pick = vscode.window.createQuickPick<Choice<T>>();
  Object.assign(pick, {
    title: place.title,
    step: place.step,
    totalSteps: place.total,
    placeholder: placeHolder,
    ignoreFocusOut: true,
    items: choices,
  });
  pick.buttons = place.step > 1 ? [vscode.QuickInputButtons.Back] : [];
  pick.activeItems = choices.filter(({ value }) => value === before);
  try {
    return await new Promise<Reply<T>>((resolve) => {
      pick.onDidAccept(() => {
        const [chosen] = pick.activeItems;
        if (chosen !== undefined) resolve({ value: chosen.value });
      });
      pick.onDidTriggerButton(() => {
        resolve('back');
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    pick.dispose();
  }
}
