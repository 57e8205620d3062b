import * as vscode from 'vscode';
import { describe, object } from './messages';
import { openBox, openList } from './picks';

/** What came of a question: an answer, or the wish to go back to the one before. `undefined` is Escape. */
export type Reply<T> = { readonly value: T } | 'back' | undefined;

/** Where a question stands among the others. */
export interface QuestionPosition {
  readonly title: string;
  /** Counted from 1; several questions may belong to one step. */
  readonly step?: number;
  readonly total?: number;
  /** Whether there is a question before it. */
  readonly back: boolean;
}

/** Why an answer is not taken. */
export interface Objection {
  readonly text: string;
  /** Enter takes the answer although something is wrong with it. */
  readonly anyway: boolean;
}

/** How an answer is tried. */
export interface Attempt {
  /** Says how far it is. */
  readonly say: (progress: string) => void;
  /** Aborted when something else is typed, and when the question is left. */
  readonly signal: AbortSignal;
}

/** A question that is answered with a text. */
export interface TextQuestion {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value: string;
  readonly password?: boolean;
  /** Why a text is not accepted; `undefined` when it is. Asked at each key, so it must be quick. */
  readonly problem?: (value: string) => string | undefined;
  /** Tries a text that was accepted. @returns what speaks against it */
  readonly attempt?: (value: string, attempt: Attempt) => Promise<Objection | undefined>;
  /** What spoke against the value when it was tried before. */
  readonly objection?: Objection | undefined;
}

/** A button that is on or off while a text is typed. */
export interface Toggle {
  readonly on: boolean;
  readonly icon: string;
  readonly tooltip: string;
  /** The prompt while it is on. */
  readonly prompt: string;
}

/**
 * Asks for a text. What is wrong with it is said while one types, but not before. An answer is tried when it is accepted; typing, Back and
 * Escape stop that.
 */
export async function askText(
  place: QuestionPosition,
  question: TextQuestion,
  toggle?: Toggle,
): Promise<Reply<{ readonly text: string; readonly on: boolean }>> {
  const box = openBox();
  let on = toggle?.on === true;
  let objected = question.objection;
  let trying: AbortController | undefined;
  const switchButton = toggle === undefined ? undefined : { iconPath: new vscode.ThemeIcon(toggle.icon), tooltip: toggle.tooltip };
  const describeIt = (): void => {
    describe(box, on && toggle !== undefined ? toggle.prompt : question.prompt);
  };
  const stop = (): void => {
    trying?.abort();
    trying = undefined;
    box.busy = false;
    describeIt();
  };
  Object.assign(box, {
    title: place.title,
    step: place.step,
    totalSteps: place.total,
    placeholder: question.placeHolder,
    value: question.value,
    password: question.password === true,
  });
  box.buttons = [...(place.back ? [vscode.QuickInputButtons.Back] : []), ...(switchButton === undefined ? [] : [switchButton])];
  describeIt();
  object(box, objected?.text);

  /** @returns whether the answer can be taken; not when it was stopped */
  const tried = async (): Promise<boolean> => {
    if (question.attempt === undefined || objected?.anyway === true) return true;
    const own = (trying = new AbortController());
    box.busy = true;
    object(box, undefined);
    try {
      objected = await question.attempt(box.value, {
        signal: own.signal,
        say: (progress) => {
          if (trying === own) describe(box, progress);
        },
      });
      if (trying !== own) return false;
    } catch (error) {
      if (own.signal.aborted) return false;
      throw error;
    }
    stop();
    object(box, objected?.text);
    return objected === undefined;
  };
  try {
    return await new Promise((resolve, reject) => {
      box.onDidChangeValue((value) => {
        stop();
        objected = undefined;
        object(box, question.problem?.(value));
      });
      box.onDidAccept(() => {
        if (trying !== undefined) return;
        const problem = question.problem?.(box.value);
        if (problem === undefined)
          tried().then((taken) => {
            if (taken) resolve({ value: { text: box.value, on } });
          }, reject);
        else object(box, problem);
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
    trying?.abort();
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
  const pick = choiceBox(place, placeHolder, choices);
  pick.activeItems = choices.filter(({ value }) => value === before);
  return await answerOf(pick, () => {
    const [chosen] = pick.activeItems;
    return chosen === undefined ? undefined : { value: chosen.value };
  });
}

/** Asks to choose several, at least one; those that were chosen before are checked. */
export async function askChoices<T>(
  place: QuestionPosition,
  placeHolder: string,
  choices: readonly Choice<T>[],
  before: readonly T[],
): Promise<Reply<readonly T[]>> {
  const pick = choiceBox(place, placeHolder, choices);
  pick.canSelectMany = true;
  pick.selectedItems = choices.filter(({ value }) => before.includes(value));
  return await answerOf(pick, () => {
    const chosen = pick.selectedItems.map(({ value }) => value);
    return chosen.length === 0 ? undefined : { value: chosen };
  });
}

function choiceBox<T>(place: QuestionPosition, placeHolder: string, choices: readonly Choice<T>[]): vscode.QuickPick<Choice<T>> {
  const pick = openList<Choice<T>>();
  Object.assign(pick, {
    title: place.title,
    step: place.step,
    totalSteps: place.total,
    placeholder: placeHolder,
    matchOnDescription: true,
    items: choices,
  });
  pick.buttons = place.back ? [vscode.QuickInputButtons.Back] : [];
  return pick;
}

/** Shows a list until it is answered. @param accepted the answer, when something is accepted; `undefined` when it is not one */
async function answerOf<T, A>(pick: vscode.QuickPick<Choice<T>>, accepted: () => { readonly value: A } | undefined): Promise<Reply<A>> {
  try {
    return await new Promise<Reply<A>>((resolve) => {
      pick.onDidAccept(() => {
        const answer = accepted();
        if (answer !== undefined) resolve(answer);
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
