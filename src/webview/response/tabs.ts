import { element } from '../ui';

/** The page of a tab; it is created when it is first shown. */
export interface Tab {
  readonly id: string;
  readonly title: string;
  readonly fill: (panel: HTMLElement) => void;
  /** Called when the page has become visible and has a size. */
  readonly shown?: () => void;
}

/** Tabs that follow the ARIA pattern: arrow keys switch between them, and only the selected tab is in the tab order. */
export class Tabs {
  readonly element = element('div', 'tabs');
  readonly #list = element('div', 'tab-list');
  readonly #filled = new Set<string>();
  #selected: string;

  constructor(
    label: string,
    private readonly tabs: readonly Tab[],
    selected: string,
    private readonly onSelect: (id: string) => void,
  ) {
    this.#list.setAttribute('role', 'tablist');
    this.#list.setAttribute('aria-label', label);
    this.#selected = tabs.some(({ id }) => id === selected) ? selected : (tabs[0]?.id ?? '');
    this.element.append(this.#list);
    for (const tab of tabs) this.#add(tab);
    this.#list.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.#apply();
  }

  /** Selects a tab. */
  select(id: string): void {
    this.#selected = id;
    this.onSelect(id);
    this.#apply();
    this.shown();
  }

  /** Tells the page of the selected tab that it is visible. */
  shown(): void {
    this.tabs.find(({ id }) => id === this.#selected)?.shown?.();
  }

  #add({ id, title }: Tab): void {
    const tab = element('button', 'tab', title);
    tab.type = 'button';
    tab.id = `tab-${id}`;
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', `panel-${id}`);
    tab.addEventListener('click', () => {
      this.select(id);
    });
    this.#list.append(tab);
    const panel = element('div', 'panel');
    panel.id = `panel-${id}`;
    panel.setAttribute('role', 'tabpanel');
    panel.setAttribute('aria-labelledby', tab.id);
    this.element.append(panel);
  }

  #apply(): void {
    for (const { id, fill } of this.tabs) {
      const own = id === this.#selected;
      const tab = this.element.querySelector<HTMLElement>(`#tab-${id}`);
      const panel = this.element.querySelector<HTMLElement>(`#panel-${id}`);
      if (tab === null || panel === null) continue;
      tab.ariaSelected = String(own);
      tab.tabIndex = own ? 0 : -1;
      panel.hidden = !own;
      if (own && !this.#filled.has(id)) {
        this.#filled.add(id);
        fill(panel);
      }
    }
  }

  #onKey(event: KeyboardEvent): void {
    const at = this.tabs.findIndex(({ id }) => id === this.#selected);
    const last = this.tabs.length - 1;
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: at === 0 ? last : at - 1,
      ArrowRight: at === last ? 0 : at + 1,
      Home: 0,
      End: last,
    };
    const next = this.tabs[steps[event.key] ?? -1];
    if (next === undefined) return;
    event.preventDefault();
    this.select(next.id);
    this.element.querySelector<HTMLElement>(`#tab-${next.id}`)?.focus();
  }
}
