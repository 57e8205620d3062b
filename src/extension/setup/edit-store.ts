import { t } from '../../l10n/texts';
import { dialectLabels, dialects, type Dialect } from '../../api/dialect';
import type { ClientPorts } from '../../store/calls/client';
import { storeConfig, type StoreConfig } from '../../store/settings/config';
import { expandStore } from '../../store/settings/variables';
import { environmentLabel, type Environment } from '../stores/environments';
import type { StoreSource } from '../stores/guards';
import { settledSecret } from '../stores/settled-secret';
import { withoutIcons } from '../text';
import { accessChoices, accessWords, environmentChoices } from './choices';
import { objectionTo } from './findings';
import { examineStore } from './examine-store';
import { askChoice, askText, type Attempt, type Choice, type QuestionPosition, type Reply, type Objection } from '../questions';
import { nameProblem, urlProblem, userProblem, type DescribedStore } from './store-draft';

/** The dependencies of Edit Store: known secrets, and the names of other stores. */
export interface EditPorts {
  /** The known key and password of the edited store. */
  readonly known: (config: StoreConfig) => ClientPorts;
  /** The names of other stores. */
  readonly taken: readonly string[];
  /** Whether the key of the store is currently kept in memory only. */
  readonly sessionOnly: boolean;
}

/** A store as its entry in the settings describes it, variables not replaced. */
export interface EditedStore {
  readonly config: StoreConfig;
  readonly source: StoreSource;
}

/** A property that can be changed. */
export type EditRow = 'name' | 'environment' | 'access' | 'address' | 'dialect' | 'user' | 'key' | 'webUser' | 'admin';

/**
 * Changes one property of a store: chosen from a list, asked for, and tried if the store can tell whether it is right.
 * @param row the property to change. Asked for by default
 * @returns the changed store. `undefined` when it was cancelled
 * @throws {ToolkitError} of kind `input` when a variable is missing in a property that no question asks about
 */
export async function editStore(ports: EditPorts, before: EditedStore, row?: EditRow): Promise<DescribedStore | undefined> {
  // Address and API user can be corrected by the questions. A missing variable in another property cannot.
  expandStore({ ...before.config, url: '', user: '' }, process.env);
  const editing = new Editing(ports, before);
  if (row !== undefined) return described(await editing.ask(row, false));
  for (let active: EditRow | undefined; ;) {
    const chosen = await editing.choose(active);
    if (chosen === undefined) return undefined;
    const reply = await editing.ask(chosen, true);
    if (reply !== 'back') return described(reply);
    active = chosen;
  }
}

function described(reply: DescribedStore | 'back' | undefined): DescribedStore | undefined {
  return reply === 'back' ? undefined : reply;
}

class Editing {
  constructor(
    private readonly ports: EditPorts,
    private readonly before: EditedStore,
  ) {}

  /** Asks what to change. @param active the row that was chosen before */
  async choose(active: EditRow | undefined): Promise<EditRow | undefined> {
    const { config } = this.before;
    const row = (value: EditRow, label: string, description: string): Choice<EditRow> => ({
      label,
      description: withoutIcons(description),
      value,
    });
    const rows = [
      row('name', t('Name'), config.name),
      row('environment', t('Environment'), config.environment === undefined ? t('not set') : environmentLabel(config.environment)),
      row('access', t('Writes'), accessWords(config.readOnly === true)),
      row('address', t('URL'), config.url),
      row('dialect', t('Dialect'), config.dialect === undefined ? t('as the store offers') : dialectLabels[config.dialect]),
      row('user', t('API User and API Key'), config.user),
      row('key', t('API Key'), this.ports.sessionOnly ? t('in memory until the window is closed') : t('in the secret storage')),
      row('webUser', t('Web Server User'), config.webUser ?? t('none')),
      row('admin', t('Shop Admin'), config.adminUrl ?? t('not set')),
    ];
    const reply = await askChoice(this.#place(false), t('Select what to change'), rows, active);
    return typeof reply === 'object' ? reply.value : undefined;
  }

  /** Asks for one property. @param back whether there is a list to go back to */
  async ask(row: EditRow, back: boolean): Promise<DescribedStore | 'back' | undefined> {
    const place = this.#place(back);
    const { config } = this.before;
    switch (row) {
      case 'name':
        return this.#with(
          await this.#text(place, t('Display name of the store.'), config.name, (value) => nameProblem(value, this.ports.taken)),
          (name) => ({ name }),
        );
      case 'environment': {
        const reply = await askChoice<Environment>(place, t('Select what the store is for'), environmentChoices(), config.environment);
        return this.#with(reply, (environment) => ({ environment }));
      }
      case 'access': {
        const reply = await askChoice(place, t('Select what to allow'), accessChoices(), config.readOnly === true);
        return this.#with(reply, (readOnly) => ({ readOnly: readOnly ? true : undefined }));
      }
      case 'address':
        return await this.#address(place);
      case 'dialect': {
        const usual: Choice<Dialect | undefined> = {
          label: t('As the Store Offers'),
          description: t('V2 or WS-I before V1'),
          value: undefined,
        };
        const choices = [usual, ...dialects.map((dialect) => ({ label: dialectLabels[dialect], value: dialect }))];
        return this.#with(await askChoice(place, t('Select a dialect'), choices, config.dialect), (dialect) => ({ dialect }));
      }
      case 'user':
        return await this.#login(place);
      case 'key':
        return await this.#key(place, config);
      case 'webUser':
        return this.#with(
          await this.#text(place, t("User for the web server's own login in front of the shop. Leave it empty for none."), config.webUser),
          (webUser) => ({ webUser: webUser === '' ? undefined : webUser }),
        );
      case 'admin':
        return this.#with(
          await this.#text(place, t("URL of the shop's admin, for Open in Shop Admin. Leave it empty for none."), config.adminUrl),
          (adminUrl) => ({ adminUrl: adminUrl === '' ? undefined : adminUrl }),
        );
    }
  }

  async #address(place: QuestionPosition): Promise<DescribedStore | 'back' | undefined> {
    const { config } = this.before;
    const reply = await askText(place, {
      prompt: t('URL of the shop or of its API, in any form.'),
      placeHolder: 'https://shop.example.com',
      value: config.url,
      problem: urlProblem,
      attempt: async (url, attempt) => await this.#tried({ ...config, url: url.trim() }, undefined, attempt),
    });
    return this.#with(trimmed(reply), (url) => ({ url }));
  }

  /** Asks for the key after the user, since another user usually has another key. */
  async #login(place: QuestionPosition): Promise<DescribedStore | 'back' | undefined> {
    let user = this.before.config.user;
    for (;;) {
      const reply = trimmed(
        await askText(place, {
          prompt: t("API user, as listed in the shop's admin under System > Web Services (Maho 26.7: System > API)."),
          placeHolder: 'apiUser',
          value: user,
          problem: userProblem,
        }),
      );
      if (typeof reply !== 'object') return reply;
      user = reply.value;
      const key = await this.#key({ ...place, back: true }, { ...this.before.config, user });
      if (key !== 'back') return key;
    }
  }

  async #key(place: QuestionPosition, config: StoreConfig): Promise<DescribedStore | 'back' | undefined> {
    const { user } = config;
    let key = '';
    const reply = await askText(
      place,
      {
        prompt: t('API key of {user}. It is kept in the secret storage, never in settings. Leave it empty to keep the current one.', {
          user,
        }),
        placeHolder: t('API key'),
        value: '',
        password: true,
        attempt: async (typed, attempt) => {
          key = await settledSecret(typed);
          return await this.#tried(config, key, attempt);
        },
      },
      {
        on: this.ports.sessionOnly,
        icon: 'watch',
        tooltip: t('Keep for This Session Only'),
        prompt: t('API key of {user}. It is kept only in memory until the window is closed. Leave it empty to keep the current one.', {
          user,
        }),
      },
    );
    if (typeof reply !== 'object') return reply;
    return { config, key, sessionOnly: reply.value.on, source: this.before.source };
  }

  /** Examines the changed store, with the typed or known key. @returns the objection, if there is one */
  async #tried(config: StoreConfig, typed: string | undefined, attempt: Attempt): Promise<Objection | undefined> {
    const expanded = expandStore(config, process.env);
    const known = this.ports.known(expanded);
    const key = typed === undefined || typed === '' ? await known.key() : typed;
    const checks = await examineStore(
      { config: expanded, ports: { ...known, key: () => Promise.resolve(key) }, login: key !== '' },
      attempt,
    );
    return objectionTo(checks, 'address') ?? objectionTo(checks, 'login');
  }

  async #text(
    place: QuestionPosition,
    prompt: string,
    value: string | undefined,
    problem?: (value: string) => string | undefined,
  ): Promise<Reply<string>> {
    return trimmed(await askText(place, { prompt, value: value ?? '', ...(problem === undefined ? {} : { problem }) }));
  }

  /** The store with a changed value. Properties that are `undefined` are removed from the settings. */
  #with<T>(reply: Reply<T>, change: (value: T) => Partial<StoreConfig>): DescribedStore | 'back' | undefined {
    if (typeof reply !== 'object') return reply;
    const values = Object.entries({ ...this.before.config, ...change(reply.value) }).filter(([, value]) => value !== undefined);
    const config = storeConfig.parse(Object.fromEntries(values));
    return { config, key: '', sessionOnly: this.ports.sessionOnly, source: this.before.source };
  }

  #place(back: boolean): QuestionPosition {
    return { title: t('Edit {name}', { name: withoutIcons(this.before.config.name) }), back };
  }
}

/** An answer without white space around it. */
function trimmed(reply: Reply<{ readonly text: string }>): Reply<string> {
  return typeof reply === 'object' ? { value: reply.value.text.trim() } : reply;
}
