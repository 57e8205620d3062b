import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import { toToolkitError } from '../../api/errors';
import type { SoapRecord } from '../../api/value';
import type { Store } from '../stores/store';
import { count, oneLine, withoutIcons } from '../text';
import { summarize } from '../customer/customer-summary';
import { planFor, MIN_PART_CHARS } from './queries';
import type { QueryResult } from './search';
import { openList } from '../picks';

/** Pause in typing after which the store is asked, in ms. */
const TYPING_PAUSE_MS = 250;

interface Entry extends vscode.QuickPickItem {
  readonly row?: SoapRecord;
  readonly retry?: boolean;
}

/** The initial data of the box. */
export interface FindStart {
  /** The highest ID that was read. `undefined` when no customer was read. */
  readonly highest: number | undefined;
  /** Pinned and recent customers. They are offered until something is typed. */
  readonly pinned: readonly SoapRecord[];
  readonly recent: readonly SoapRecord[];
}

/** Lets the user search for a customer. Asks the store while they type, and shows the results. @returns the chosen customer */
export async function findCustomer(store: Store, start: FindStart): Promise<SoapRecord | undefined> {
  const box = openList<Entry>();
  const search = new FindSearch(store, start, box);
  box.title = t('Find Customer in {store}', { store: withoutIcons(store.config?.name ?? store.name) });
  box.placeholder = t('ID, e-mail address or part of it, or name');
  box.matchOnDescription = true;
  box.buttons = [{ iconPath: new vscode.ThemeIcon('table'), tooltip: t('Open as Table') }];
  box.items = beforeTyping(start);
  try {
    return await new Promise<SoapRecord | undefined>((resolve) => {
      box.onDidChangeValue((value) => {
        search.typed(value);
      });
      box.onDidAccept(() => {
        // The event for the active entry can be late when the list has just changed, so the selected entry comes first.
        const [chosen] = [...box.selectedItems, ...box.activeItems];
        if (chosen?.retry === true) search.now(box.value, true);
        else if (chosen?.row !== undefined) resolve(chosen.row);
      });
      box.onDidTriggerButton(() => {
        if (planFor(box.value).length === 0) return;
        const place = { store: store.id, source: { kind: 'search', text: box.value.trim() } };
        void vscode.commands.executeCommand('mahoSoap.table.open', place);
        box.hide();
      });
      box.onDidHide(() => {
        resolve(undefined);
      });
      box.show();
    });
  } finally {
    search.dispose();
    box.dispose();
  }
}

/** The search of the box. A new search ends the one before. */
class FindSearch {
  #stop = new AbortController();
  #pause: NodeJS.Timeout | undefined;

  constructor(
    private readonly store: Store,
    private readonly start: FindStart,
    private readonly box: vscode.QuickPick<Entry>,
  ) {}

  typed(text: string): void {
    this.#end();
    if (planFor(text).length === 0) {
      this.box.busy = false;
      this.box.items =
        text.trim() === '' ? beforeTyping(this.start) : hint(t('Enter at least {count} characters.', { count: MIN_PART_CHARS }));
      return;
    }
    this.box.busy = true;
    // Customers of the last search stay until there are new ones. Messages about the last search do not stay.
    if (this.box.items.every(({ row }) => row === undefined)) this.box.items = this.#asking([]);
    this.#pause = setTimeout(() => {
      this.now(text);
    }, TYPING_PAUSE_MS);
  }

  /** @param again whether to repeat a search that failed, and connect again */
  now(text: string, again = false): void {
    this.#end();
    const stop = new AbortController();
    this.#stop = stop;
    this.box.busy = true;
    if (again) this.box.items = hint(t('Searching {name} again…', { name: this.store.config?.name ?? this.store.name }));
    void this.#run(text, again, stop.signal).finally(() => {
      if (!stop.signal.aborted) this.box.busy = false;
    });
  }

  dispose(): void {
    this.#end();
  }

  #end(): void {
    clearTimeout(this.#pause);
    this.#stop.abort();
  }

  async #run(text: string, again: boolean, stop: AbortSignal): Promise<void> {
    let latest: readonly QueryResult[] = [];
    let during: AbortSignal | undefined;
    try {
      const { client } = again ? await this.store.wanted() : await this.store.connected();
      during = this.store.signal;
      // Not read earlier, because connecting again aborts the store's earlier signal.
      const signal = AbortSignal.any([stop, this.store.signal]);
      const { search } = await import('./search');
      await search(client, planFor(text), {
        signal,
        highest: this.start.highest,
        onFound: (found) => {
          latest = found;
          if (!stop.aborted) this.#show(found);
        },
      });
      if (stop.aborted) return;
      if (latest.every(({ rows }) => rows.length === 0))
        this.box.items = hint(
          t('No customers found'),
          t('Searched for: {queries}', { queries: latest.map(({ query }) => query.words).join('; ') }),
        );
    } catch (error) {
      if (stop.aborted) return;
      const { what, said, why, next } = toToolkitError(error).words;
      const more = [said === undefined ? undefined : t('The store said: {said}', { said }), why, next]
        .filter((part) => part !== undefined)
        .join(' ');
      // Customers that were already found stay.
      this.box.items = [
        {
          label: `$(error) ${withoutIcons(what)}`,
          detail: withoutIcons(more),
          alwaysShow: true,
          retry: true,
          description: t('Press Enter to try again'),
        },
        ...entriesOf(latest),
      ];
      // An error of an earlier connection says nothing about a newer one.
      if (during === this.store.signal) await this.store.lost(error);
    }
  }

  /** The message until a customer is found. Shows the number of searched customers if rows are filtered here, which may take long. */
  #asking(found: readonly QueryResult[]): Entry[] {
    const going = found.filter(({ done }) => !done);
    const looked = going.length === 0 ? 0 : Math.min(...going.map((each) => each.checked));
    return hint(
      t('Searching {name}…', { name: this.store.config?.name ?? this.store.name }),
      looked === 0 ? undefined : t('{looked} customers searched, {found} found', { looked: count(looked), found: count(0) }),
    );
  }

  /** Shows the results. The active entry stays active. */
  #show(found: readonly QueryResult[]): void {
    const active = this.box.activeItems[0]?.row;
    this.box.keepScrollPosition = true;
    const items = entriesOf(found);
    this.box.items = items.length === 0 ? this.#asking(found) : items;
    const same = items.find(({ row }) => row !== undefined && row === active);
    if (same !== undefined) this.box.activeItems = [same];
  }
}

function beforeTyping({ pinned, recent }: FindStart): Entry[] {
  const words = hint(
    t('Enter an ID, an e-mail address or part of it, or a name.'),
    t('Jane, Doe, Jane Doe, jane@example.com, @example.com, 1204'),
  );
  const withHeading = (label: string, rows: readonly SoapRecord[]): Entry[] =>
    rows.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows.map(entryOf)];
  return [...words, ...withHeading(t('Pinned'), pinned), ...withHeading(t('Found recently'), recent)];
}

function entriesOf(found: readonly QueryResult[]): Entry[] {
  return found
    .filter(({ rows }) => rows.length > 0)
    .flatMap(({ query, rows, more }) => [
      {
        label: `${oneLine(query.words)}: ${more ? t('newest {count}', { count: count(rows.length) }) : count(rows.length)}`,
        kind: vscode.QuickPickItemKind.Separator,
      },
      ...rows.map(entryOf),
    ]);
}

function entryOf(row: SoapRecord): Entry {
  const { id, name, email, unconfirmed, lockedToGroup } = summarize(row);
  return {
    label: withoutIcons(name === '' ? t('(no name)') : name),
    description: withoutIcons([email === '' ? t('no e-mail') : email, `#${id}`].join('  ')),
    iconPath: new vscode.ThemeIcon(lockedToGroup ? 'lock-small' : unconfirmed ? 'unverified' : 'account'),
    alwaysShow: true,
    row,
  };
}

function hint(label: string, detail?: string): Entry[] {
  return [
    {
      label: withoutIcons(label),
      ...(detail === undefined ? {} : { detail: withoutIcons(detail) }),
      alwaysShow: true,
      iconPath: new vscode.ThemeIcon('info'),
    },
  ];
}
