import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import { listed } from '../../api/traps/report';
import type { Check } from '../../store/doctor/check';
import { oneLine, withoutIcons } from '../text';
import { environmentLabel } from '../stores/environments';
import { accessWords, environmentChoices, sourceWords } from './choices';
import { choiceOf, explained, fixingStepOf, offeredDialects, otherRightsOf, productOf, rightsOf } from './findings';
import { askChoice, askText, type Attempt, type QuestionPosition } from '../questions';
import { nameProblem, type NextStep, type AddStoreStep, type StoreDraft } from './store-draft';
import { openList } from '../picks';

/** The action of a row of the summary. */
type Action = 'add' | 'name' | 'environment' | 'access' | 'address' | 'user' | 'key' | 'dialect' | 'rights' | 'source' | 'again';

interface Entry extends vscode.QuickPickItem {
  /** `undefined` for a row that only informs. */
  readonly action?: Action;
}

const icons: Readonly<Record<Check['state'], string>> = { ok: 'pass', warning: 'warning', failed: 'error', skipped: 'circle-slash' };

/**
 * Shows a store before it is added: its properties, the findings, and the problems. Choosing a row changes its value. A row with a problem
 * leads to the step that can fix it.
 * @param examine examines the store again, if its description has changed since the last examination
 */
export async function showSummary(
  place: QuestionPosition,
  draft: StoreDraft,
  taken: readonly string[],
  examine: (attempt: Attempt) => Promise<readonly Check[]>,
): Promise<NextStep> {
  let row: Action = 'add';
  for (;;) {
    const answer = await oneAnswer(place, draft, examine, row);
    if (answer === undefined) return undefined;
    if (answer === 'back') return 'key';
    if (answer === 'add') {
      if (nameProblem(draft.name, taken) === undefined) return 'done';
      row = 'name';
    } else row = answer;
    const elsewhere = await change(row, place, draft, taken);
    if (elsewhere !== undefined) return elsewhere;
  }
}

/** Shows the page until one of its rows is chosen. */
async function oneAnswer(
  place: QuestionPosition,
  draft: StoreDraft,
  examine: (attempt: Attempt) => Promise<readonly Check[]>,
  row: Action,
): Promise<Action | 'back' | undefined> {
  const pick = openList<Entry>();
  const stop = new AbortController();
  Object.assign(pick, { title: place.title, step: place.step, totalSteps: place.total, matchOnDescription: true });
  pick.buttons = [vscode.QuickInputButtons.Back];
  const show = (active: Action | undefined): void => {
    pick.items = entriesOf(draft);
    const entry = pick.items.find(({ action }) => action !== undefined && action === active);
    if (entry !== undefined) pick.activeItems = [entry];
  };
  try {
    return await new Promise((resolve, reject) => {
      pick.onDidAccept(() => {
        const action = pick.activeItems[0]?.action;
        if (action !== undefined) resolve(action);
      });
      pick.onDidTriggerButton(() => {
        resolve('back');
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      show(row);
      pick.placeholder = verdict(draft.checks);
      pick.show();
      if (draft.checks !== undefined) return;
      pick.busy = true;
      const say = (progress: string): void => {
        pick.placeholder = oneLine(progress);
      };
      examine({ say, signal: stop.signal }).then(() => {
        if (stop.signal.aborted) return;
        pick.busy = false;
        pick.placeholder = verdict(draft.checks);
        show(pick.activeItems[0]?.action);
      }, reject);
    });
  } finally {
    stop.abort();
    pick.dispose();
  }
}

/** Changes the value of a row. @returns the step to go to, if another step asks for the value */
async function change(
  row: Action,
  place: QuestionPosition,
  draft: StoreDraft,
  taken: readonly string[],
): Promise<AddStoreStep | undefined> {
  switch (row) {
    case 'address':
    case 'user':
    case 'key':
      return row;
    case 'rights':
      return 'user';
    case 'name': {
      const reply = await askText(place, {
        prompt: t('Display name of the store. On production, you type it to confirm writes.'),
        value: draft.name,
        problem: (value) => nameProblem(value, taken),
      });
      if (typeof reply === 'object') draft.name = reply.value.text;
      return undefined;
    }
    case 'environment': {
      const reply = await askChoice(place, t('Select what the store is for'), environmentChoices(), draft.environment);
      if (typeof reply === 'object') draft.environment = reply.value;
      return undefined;
    }
    case 'dialect': {
      const offered = offeredDialects(draft.checks ?? []);
      const choices = offered.map(({ dialect, url }) => ({
        label: dialectLabels[dialect],
        description: withoutIcons(url),
        value: dialect,
      }));
      const [spoken] = offered;
      const reply = await askChoice(place, t('Select a dialect'), choices, draft.dialect ?? spoken?.dialect);
      // The default dialect is not written to the settings, so that a later change of the shop's default takes effect.
      if (typeof reply === 'object') draft.dialect = reply.value === draft.usual ? undefined : reply.value;
      return undefined;
    }
    case 'access':
      draft.readOnly = !draft.readOnly;
      return undefined;
    case 'source':
      draft.source = draft.source === 'user' ? 'workspace' : 'user';
      return undefined;
    case 'again':
      draft.forgetExaminations();
      return undefined;
    case 'add':
      return undefined;
  }
}

function entriesOf(draft: StoreDraft): readonly Entry[] {
  const checks = draft.checks ?? [];
  const wrong = checks.filter(({ state }) => state === 'failed' || state === 'warning');
  const failed = wrong.some(({ state }) => state === 'failed');
  const first = [...wrong].sort((one, other) => Number(other.state === 'failed') - Number(one.state === 'failed'));
  return [
    { label: `$(add) ${failed ? t('Add Store Anyway') : t('Add Store')}`, action: 'add', alwaysShow: true },
    ...(first.length === 0 ? [] : [separator(t('Findings'))]),
    ...first.map((check) => findingEntry(check)),
    separator(t('Store')),
    ...rowsOf(draft, checks),
    ...(first.length === 0
      ? []
      : [
          {
            label: `$(refresh) ${t('Check Again')}`,
            description: t('after you have changed something in the shop'),
            action: 'again',
          } as const,
        ]),
  ];
}

function separator(label: string): Entry {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function findingEntry(check: Check): Entry {
  const step = fixingStepOf(check);
  const action = step === 'login' ? 'user' : step;
  return {
    label: `$(${icons[check.state]}) ${withoutIcons(check.title)}`,
    description: withoutIcons(check.text),
    detail: withoutIcons(explained({ ...check, text: '' }).trim() || t('There is nothing to do now.')),
    ...(action === undefined ? {} : { action }),
  };
}

function rowsOf(draft: StoreDraft, checks: readonly Check[]): readonly Entry[] {
  const login = checks.find(({ id }) => id === 'login')?.state;
  const offered = offeredDialects(checks);
  const dialect = draft.dialect ?? offered[0]?.dialect;
  const others = offered.filter((each) => each.dialect !== dialect).map((each) => dialectLabels[each.dialect]);
  const [rights, beyond] = [rightsOf(checks), otherRightsOf(checks)];
  const choice = choiceOf(checks);
  const row = (label: string, description: string, action: Action, detail?: string): Entry => ({
    label,
    description: withoutIcons(description),
    ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
    action,
  });
  return [
    row(t('Name'), draft.name, 'name'),
    row(
      t('Environment'),
      draft.environmentGuessed
        ? t('{environment}, guessed from the URL', { environment: environmentLabel(draft.environment) })
        : environmentLabel(draft.environment),
      'environment',
    ),
    row(t('Writes'), accessWords(draft.readOnly), 'access'),
    row(t('URL'), [draft.url.trim(), productOf(checks)].filter((part) => part !== undefined).join(', '), 'address'),
    ...(dialect === undefined
      ? []
      : [row(t('Dialect'), dialectWords(dialectLabels[dialect], others, choice?.soapOff === true), 'dialect', choice?.comparison)]),
    row(t('API user'), userWords(draft.user.trim(), login), 'user'),
    row(t('API key'), keyWords(draft), 'key'),
    ...(rights === undefined ? [] : [row(t('Permissions'), rights, 'rights', beyond)]),
    ...(vscode.workspace.workspaceFolders === undefined ? [] : [row(t('Kept in'), sourceWords(draft.source), 'source')]),
  ];
}

/** The dialect in use, and the others that the store offers. */
function dialectWords(dialect: string, others: readonly string[], soapOff: boolean): string {
  if (soapOff) return t('{dialect}; SOAP is turned off', { dialect });
  const values = { dialect, others: listed(others) };
  if (others.length === 0) return dialect;
  return others.length === 1 ? t('{dialect}; {others} is available too', values) : t('{dialect}; {others} are available too', values);
}

/** The API user, and whether it could log in. */
function userWords(user: string, login: Check['state'] | undefined): string {
  if (login === 'ok') return t('{user}, logged in', { user });
  return login === 'failed' ? t('{user}, not logged in', { user }) : user;
}

function keyWords({ key, sessionOnly }: StoreDraft): string {
  if (key === '') return t('enter it later');
  return sessionOnly ? t('in memory until the window is closed') : t('in the secret storage, never in settings');
}

function verdict(checks: readonly Check[] | undefined): string {
  if (checks === undefined) return t('Checking the store…');
  if (checks.some(({ state }) => state === 'failed')) return t('The store does not respond correctly. Select a row to change it');
  return checks.some(({ state }) => state === 'warning')
    ? t('The store responds, with warnings. Select a row to change it')
    : t('The store responds. Select a row to change it');
}
