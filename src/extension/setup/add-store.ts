import { t } from '../../l10n/texts';
import type { ClientPorts } from '../../store/calls/client';
import type { Check } from '../../store/doctor/check';
import type { StoreConfig } from '../../store/settings/config';
import { expandStore } from '../../store/settings/variables';
import { settledSecret } from '../stores/settled-secret';
import { answersOver, foundBefore, objectionTo } from './findings';
import { examineStore } from './examine-store';
import { askText, type Attempt, type QuestionPosition } from '../questions';
import { StoreDraft, urlProblem, userProblem, type DescribedStore, type NextStep, type AddStoreStep } from './store-draft';
import { showSummary } from './store-summary';

/** The dependencies of Add Store: the known secrets, and the names of other stores. */
export interface AddPorts {
  /** The known key and password of a store, used when none is typed. */
  readonly known: (config: StoreConfig) => ClientPorts;
  /** The names of other stores. */
  readonly taken: readonly string[];
}

const STEPS = 3;

/**
 * Asks for a store in three steps: its address, which is checked; user and key, which are tried; and a summary, in which suggested values
 * can be changed. A problem is shown in the step that can fix it.
 * @returns `undefined` when it was left with Escape
 */
export async function addStore(ports: AddPorts): Promise<DescribedStore | undefined> {
  const adding = new Adding(new StoreDraft(ports.taken), ports);
  let place: NextStep = 'address';
  while (place !== 'done') {
    if (place === undefined) return undefined;
    place = await adding.ask(place);
  }
  return adding.draft.described();
}

class Adding {
  constructor(
    readonly draft: StoreDraft,
    private readonly ports: AddPorts,
  ) {}

  async ask(place: AddStoreStep): Promise<NextStep> {
    switch (place) {
      case 'address':
        return await this.#address();
      case 'user':
        return await this.#user();
      case 'key':
        return await this.#key();
      case 'summary':
        return await showSummary(
          { title: t('Add Store'), step: 3, total: STEPS, back: true },
          this.draft,
          this.ports.taken,
          async (attempt) => await this.#examine(await this.#hasKey(), attempt),
        );
    }
  }

  async #address(): Promise<NextStep> {
    const { draft } = this;
    const reply = await askText(
      { title: t('Add Store'), step: 1, total: STEPS, back: false },
      {
        prompt: t('URL of the shop or of its API, in any form.'),
        placeHolder: 'https://shop.example.com',
        value: draft.url,
        problem: urlProblem,
        objection: foundBefore(draft.checks, 'address'),
        attempt: async (url, attempt) => {
          draft.url = url;
          return objectionTo(await this.#examine(false, attempt), 'address');
        },
      },
    );
    if (reply === undefined || reply === 'back') return undefined;
    draft.url = reply.value.text;
    return 'user';
  }

  async #user(): Promise<NextStep> {
    const { draft } = this;
    const answers = answersOver(draft.checks ?? []);
    const reply = await askText(this.#loginPlace(), {
      prompt: [answers, t("API user, as listed in the shop's admin under System > Web Services (Maho 26.7: System > API).")]
        .join(' ')
        .trimStart(),
      placeHolder: 'apiUser',
      value: draft.user,
      problem: userProblem,
    });
    if (reply === undefined) return undefined;
    if (reply === 'back') return 'address';
    draft.user = reply.value.text;
    return 'key';
  }

  async #key(): Promise<NextStep> {
    const { draft } = this;
    const user = draft.user.trim();
    const reply = await askText(
      this.#loginPlace(),
      {
        prompt: t('API key of {user}. It is kept in the secret storage, never in settings. Leave it empty to enter it later.', { user }),
        placeHolder: t('API key'),
        value: draft.key,
        password: true,
        objection: foundBefore(draft.checks, 'login'),
        attempt: async (key, attempt) => {
          draft.key = await settledSecret(key);
          if (!(await this.#hasKey())) return undefined;
          const checks = await this.#examine(true, attempt);
          return objectionTo(checks, 'login') ?? objectionTo(checks, 'address');
        },
      },
      {
        on: draft.sessionOnly,
        icon: 'watch',
        tooltip: t('Keep for This Session Only'),
        prompt: t('API key of {user}. It is kept only in memory until the window is closed. Leave it empty to enter it later.', { user }),
      },
    );
    if (reply === undefined) return undefined;
    if (reply === 'back') return 'user';
    draft.sessionOnly = reply.value.on;
    return 'summary';
  }

  #loginPlace(): QuestionPosition {
    return { title: t('Add Store'), step: 2, total: STEPS, back: true };
  }

  async #hasKey(): Promise<boolean> {
    return (await this.#keyToUse()) !== '';
  }

  async #keyToUse(): Promise<string> {
    const { draft } = this;
    return draft.key === '' ? await this.ports.known(expandStore(draft.described().config, process.env)).key() : draft.key;
  }

  /** Examines the store as described now, and keeps the findings. */
  async #examine(login: boolean, attempt: Attempt): Promise<readonly Check[]> {
    const { draft } = this;
    const keep = draft.beginExamination(login);
    const config = expandStore(draft.described().config, process.env);
    const key = login ? await this.#keyToUse() : '';
    const checks = await examineStore({ config, ports: { ...this.ports.known(config), key: () => Promise.resolve(key) }, login }, attempt);
    if (!attempt.signal.aborted) keep(checks);
    return checks;
  }
}
