import { PAGE_BRANCHES, type ResponseRequest, type TreeItem, type TreePath } from '../../pages/response-messages';
import { formatNumber, plural, t } from '../../l10n/texts';
import { element } from '../ui';
import { cellElement, kindOf } from '../grid/cells';
import { valueLink } from './value-link';

/** A row of the tree and its state. */
interface Node {
  readonly path: TreePath;
  readonly item: TreeItem;
  readonly row: HTMLElement;
  readonly group: HTMLElement;
  /** How many children are loaded. */
  loaded: number;
  expanded: boolean;
}

/** Any value as a tree. Branches are loaded when they are opened, long ones in parts. */
export class ResultTree {
  readonly element = element('div', 'tree');
  readonly #nodes = new Map<string, Node>();
  readonly #byRow = new WeakMap<Element, Node>();

  constructor(
    root: TreeItem,
    private readonly send: (request: ResponseRequest) => void,
  ) {
    this.element.setAttribute('role', 'tree');
    this.element.setAttribute('aria-label', t('Result'));
    const node = this.#add(this.element, [], root, 1, 1);
    node.row.tabIndex = 0;
    this.element.addEventListener('keydown', (event) => {
      this.#onKey(event);
    });
    this.element.addEventListener('click', (event) => {
      const row = event.target instanceof Element ? event.target.closest('[role="treeitem"]') : null;
      if (row === null) return;
      if (row.classList.contains('more')) this.#more(row);
      else {
        this.#focus(row);
        this.#toggle(row);
      }
    });
    if (root.children > 0) this.#expand(node);
  }

  /** Shows children that were requested. */
  fill(path: TreePath, start: number, items: readonly TreeItem[]): void {
    const node = this.#nodes.get(path.join('.'));
    if (node === undefined || node.loaded !== start) return;
    node.group.querySelector(':scope > .more')?.remove();
    items.forEach((item, offset) => {
      this.#add(node.group, [...path, start + offset], item, start + offset + 1, node.item.children);
    });
    node.loaded += items.length;
    node.row.ariaBusy = 'false';
    const left = node.item.children - node.loaded;
    if (left <= 0 || items.length === 0) return;
    const more = element(
      'div',
      'tree-row more',
      plural(node.item.children, 'Show {more} more of {count} entry', 'Show {more} more of {count} entries', {
        more: formatNumber(Math.min(PAGE_BRANCHES, left)),
      }),
    );
    more.setAttribute('role', 'treeitem');
    more.tabIndex = -1;
    more.style.paddingInlineStart = indent(path.length + 1);
    more.dataset['path'] = path.join('.');
    node.group.append(more);
  }

  #add(parent: HTMLElement, path: TreePath, item: TreeItem, position: number, size: number): Node {
    const box = element('div', 'tree-node');
    box.setAttribute('role', 'none');
    const row = element('div', 'tree-row');
    row.setAttribute('role', 'treeitem');
    row.tabIndex = -1;
    row.ariaLevel = String(path.length + 1);
    row.ariaPosInSet = String(position);
    row.ariaSetSize = String(size);
    row.style.paddingInlineStart = indent(path.length);
    const twist = element('span', `twist${item.children > 0 ? ' codicon codicon-chevron-right' : ''}`);
    twist.ariaHidden = 'true';
    row.append(
      twist,
      element('span', 'key', item.key),
      item.children > 0
        ? element('span', 'size', `${kindOf(item.cell)}, ${formatNumber(item.children)}`)
        : element('span', 'type', kindOf(item.cell)),
      cellElement(item.cell),
    );
    if (item.link !== undefined) row.append(this.#link(path, item.link));
    const group = element('div', 'group');
    group.setAttribute('role', 'group');
    group.hidden = true;
    box.append(row);
    if (item.children > 0) {
      row.ariaExpanded = 'false';
      box.append(group);
    }
    parent.append(box);
    const node: Node = { path, item, row, group, loaded: 0, expanded: false };
    this.#nodes.set(path.join('.'), node);
    this.#byRow.set(row, node);
    return node;
  }

  /** The link of a value. Enter on the row does the same, so the link is not a tab stop. */
  #link(path: TreePath, words: string): HTMLElement {
    const link = valueLink(words, () => {
      this.send({ type: 'follow-value', path: [...path] });
    });
    link.tabIndex = -1;
    return link;
  }

  #toggle(row: Element): void {
    const node = this.#byRow.get(row);
    if (node === undefined || node.item.children === 0) return;
    if (node.expanded) this.#collapse(node);
    else this.#expand(node);
  }

  #expand(node: Node): void {
    node.expanded = true;
    node.row.ariaExpanded = 'true';
    node.group.hidden = false;
    if (node.loaded > 0) return;
    node.row.ariaBusy = 'true';
    this.send({ type: 'branch', path: [...node.path], start: 0 });
  }

  #collapse(node: Node): void {
    node.expanded = false;
    node.row.ariaExpanded = 'false';
    node.group.hidden = true;
  }

  #more(row: Element): void {
    const node = row instanceof HTMLElement ? this.#nodes.get(row.dataset['path'] ?? '') : undefined;
    if (node !== undefined) this.send({ type: 'branch', path: [...node.path], start: node.loaded });
  }

  /** Rows that can be seen, from top to bottom. */
  #visible(): readonly HTMLElement[] {
    return [...this.element.querySelectorAll<HTMLElement>('[role="treeitem"]')].filter((row) => row.closest('.group[hidden]') === null);
  }

  #focus(row: Element | undefined): void {
    if (!(row instanceof HTMLElement)) return;
    for (const other of this.element.querySelectorAll<HTMLElement>('[tabindex="0"]')) other.tabIndex = -1;
    row.tabIndex = 0;
    row.focus();
  }

  #onKey(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement ? event.target : undefined;
    if (row === undefined) return;
    const node = this.#byRow.get(row);
    const visible = this.#visible();
    const at = visible.indexOf(row);
    switch (event.key) {
      case 'ArrowDown':
        this.#focus(visible[at + 1]);
        break;
      case 'ArrowUp':
        this.#focus(visible[at - 1]);
        break;
      case 'Home':
        this.#focus(visible[0]);
        break;
      case 'End':
        this.#focus(visible.at(-1));
        break;
      case 'ArrowRight':
        if (node?.expanded === true) this.#focus(visible[at + 1]);
        else this.#toggle(row);
        break;
      case 'ArrowLeft':
        if (node?.expanded === true) this.#collapse(node);
        else if (node !== undefined && node.path.length > 0) this.#focus(this.#nodes.get(node.path.slice(0, -1).join('.'))?.row);
        break;
      case 'Enter':
      case ' ':
        if (row.classList.contains('more')) this.#more(row);
        else if (node?.item.link === undefined) this.#toggle(row);
        else this.send({ type: 'follow-value', path: [...node.path] });
        break;
      case 'c':
        if (!(event.ctrlKey || event.metaKey) || node === undefined) return;
        this.send({ type: 'copy-value', path: [...node.path] });
        break;
      default:
        return;
    }
    event.preventDefault();
  }
}

function indent(level: number): string {
  return `${0.5 + Math.min(level, 30) * 1.1}rem`;
}
