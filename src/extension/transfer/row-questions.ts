import * as vscode from 'vscode';
import { askInput } from '../messages';
import { count, withoutIcons } from '../text';
import { isWithin, typedRows, type ImportReview, type ReviewCounts } from './import-review';
import { summary } from './preview-text';

/** Rows that are listed for a choice one by one; a longer list is slow to draw and too long to read. */
const MAX_LISTED = 1000;

/** What the questions about rows do beside asking. */
export interface RowActions {
  /** Draws the preview again, after other rows are left out. */
  readonly changed: () => Promise<void>;
  /** Shows every row. */
  readonly showAll: () => Promise<void>;
}

/** The words of the button: `Create 12 and update 5 customers`. */
export function actionOf({ create, update }: Pick<ReviewCounts, 'create' | 'update'>): string {
  const parts = [create > 0 ? `create ${count(create)}` : undefined, update > 0 ? `update ${count(update)}` : undefined]
    .filter((part) => part !== undefined)
    .join(' and ');
  return `${parts.charAt(0).toUpperCase()}${parts.slice(1)} ${create + update === 1 ? 'customer' : 'customers'}`;
}

/** Asks what to do with a preview until that is decided. @returns whether to import */
export async function decideOnRows(review: ImportReview, title: string, actions: RowActions): Promise<boolean> {
  for (;;) {
    const { counts } = review;
    const left = counts.reject + counts.leftOut;
    const go = {
      label: `$(cloud-upload) ${actionOf(counts)}`,
      description: left === 0 ? '' : `${count(left)} ${left === 1 ? 'row is' : 'rows are'} not written`,
    };
    const leave = { label: '$(exclude) Leave Rows Out…', description: 'and import the others' };
    const all = { label: '$(list-flat) Show All Rows', description: 'as plain text, in the order of the file' };
    const cancel = { label: '$(close) Cancel', description: 'nothing was written' };
    const choices = [...(counts.create + counts.update > 0 ? [go] : []), leave, all, cancel];
    const chosen = await vscode.window.showQuickPick(choices, {
      title,
      placeHolder: `${summary(counts)}. Read the preview below, then decide.`,
      ignoreFocusOut: true,
    });
    if (chosen === go) return true;
    if (chosen === undefined || chosen === cancel) return false;
    if (chosen === all) await actions.showAll();
    else if ((await leaveOut(review, title)) > 0) await actions.changed();
  }
}

/** Asks which rows to leave out or to take back. @returns how many rows changed */
async function leaveOut(review: ImportReview, title: string): Promise<number> {
  const { writable, counts } = review;
  const way = (
    label: string,
    description: string,
    act: () => number | Promise<number>,
  ): vscode.QuickPickItem & { readonly act: () => number | Promise<number> } => ({ label, description, act });
  const ways = [
    ...(writable.length <= MAX_LISTED
      ? [way('$(checklist) Choose Rows…', `${count(writable.length)} that would be written`, () => choose(review, title))]
      : []),
    way('$(list-ordered) By Row Number…', 'such as 3, 10-20', () => byNumber(review, title)),
    ...(counts.warned > 0
      ? [way('$(warning) Rows with Warnings', rows(counts.warned), () => review.leaveOut(({ warned }) => warned))]
      : []),
    ...(counts.create > 0
      ? [way('$(person-add) All New Customers', rows(counts.create), () => review.leaveOut(({ action }) => action === 'create'))]
      : []),
    ...(counts.update > 0
      ? [way('$(sync) All Updates', rows(counts.update), () => review.leaveOut(({ action }) => action === 'update'))]
      : []),
    ...(counts.leftOut > 0
      ? [way('$(discard) Take All Rows Back In', rows(counts.leftOut), () => review.leaveOut(() => true, false))]
      : []),
  ];
  const chosen = await vscode.window.showQuickPick(ways, { title, placeHolder: 'Select which rows to leave out', ignoreFocusOut: true });
  return (await chosen?.act()) ?? 0;
}

function rows(number: number): string {
  return `${count(number)} ${number === 1 ? 'row' : 'rows'}`;
}

async function choose(review: ImportReview, title: string): Promise<number> {
  const items = review.writable.map(({ number, text }) => ({
    label: `Row ${number}`,
    description: withoutIcons(text),
    picked: !review.isLeftOut(number),
    number,
  }));
  const options = {
    title,
    placeHolder: 'Rows that are checked are imported',
    canPickMany: true as const,
    matchOnDescription: true,
    ignoreFocusOut: true,
  };
  const kept = await vscode.window.showQuickPick(items, options);
  if (kept === undefined) return 0;
  const numbers = new Set(kept.map(({ number }) => number));
  return review.leaveOut(({ number }) => !numbers.has(number)) + review.leaveOut(({ number }) => numbers.has(number), false);
}

async function byNumber(review: ImportReview, title: string): Promise<number> {
  const typed = await askInput({
    title,
    prompt: 'Rows to leave out. The header is row 1.',
    placeHolder: '3, 10-20',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const read = typedRows(text);
      if ('problem' in read) return text.trim() === '' ? undefined : read.problem;
      return review.writable.some(({ number }) => isWithin(read.ranges, number)) ? undefined : 'None of these rows would be written.';
    },
  });
  const read = typedRows(typed ?? '');
  return 'problem' in read ? 0 : review.leaveOut(({ number }) => isWithin(read.ranges, number));
}
