import * as vscode from 'vscode';
import { showPrompt, showProblem } from './messages';
import { openBox, openList } from './picks';

/** The reply to a question: an answer, or the wish to go back to the question before. `undefined` after Escape. */
export type Reply<T> = { readonly value: T } | 'back' | undefined;

/** The position of a question among the others. */
export interface QuestionPosition {
  readonly title: string;
  /** Counted from 1. Several questions may belong to one step. */
  readonly step?: number;
  readonly total?: number;
  /** Whether there is a question before it. */
  readonly back: boolean;
}

/** Why an answer is not accepted. */
export interface Objection {
  readonly text: string;
  /** Whether Enter accepts the answer in spite of the objection. */
  readonly anyway: boolean;
}

/** Passed to a function that tries an answer. */
export interface Attempt {
  /** Shows the progress. */
  readonly say: (progress: string) => void;
  /** Aborted when something else is typed, or when the question is left. */
  readonly signal: AbortSignal;
}

/** A question for a text. */
export interface TextQuestion {
  readonly prompt: string;
  readonly placeHolder?: string;
  readonly value: string;
  readonly password?: boolean;
  /** Why a text is not accepted. `undefined` when it is accepted. Called after each key, so it must be quick. */
  readonly problem?: (value: string) => string | undefined;
  /** Tries an accepted text. @returns the objection, if there is one */
  readonly attempt?: (value: string, attempt: Attempt) => Promise<Objection | undefined>;
  /** The objection from when the value was last tried. */
  readonly objection?: Objection | undefined;
}

/** A button that can be switched on and off while a text is typed. */
export interface Toggle {
  readonly on: boolean;
  readonly icon: string;
  readonly tooltip: string;
  /** The prompt while it is switched on. */
  readonly prompt: string;
}

/**
 * Asks for a text. Problems are shown while the user types, but not before. An answer is tried when it is accepted. Typing, Back and Escape
 * stop the attempt.
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
    showPrompt(box, on && toggle !== undefined ? toggle.prompt : question.prompt);
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
  showProblem(box, objected?.text);

  /** @returns whether the answer can be accepted. False when the attempt was stopped */
  const tried = async (): Promise<boolean> => {
    if (question.attempt === undefined || objected?.anyway === true) return true;
    const own = (trying = new AbortController());
    box.busy = true;
    showProblem(box, undefined);
    try {
      objected = await question.attempt(box.value, {
        signal: own.signal,
        say: (progress) => {
          if (trying === own) showPrompt(box, progress);
        },
      });
      if (trying !== own) return false;
    } catch (error) {
      if (own.signal.aborted) return false;
      throw error;
    }
    stop();
    showProblem(box, objected?.text);
    return objected === undefined;
  };
  try {
    return await new Promise((resolve, reject) => {
      box.onDidChangeValue((value) => {
        stop();
        objected = undefined;
        showProblem(box, question.problem?.(value));
      });
      box.onDidAccept(() => {
        if (trying !== undefined) return;
        const problem = question.problem?.(box.value);
        if (problem === undefined)
          tried().then((taken) => {
            if (taken) resolve({ value: { text: box.value, on } });
          }, reject);
        else showProblem(box, problem);
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

/** An answer to choose, and its value. */
export interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

/** Asks for one choice. The earlier one is active. */
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

/** Asks for several choices, at least one. The earlier ones are checked. */
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

/** Shows a list until it is answered. @param accepted gives the answer when the user accepts. `undefined` if there is no answer yet */
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
