import * as vscode from 'vscode';
import { timeOfDay } from '../../pages/formats';
import { addressEntity } from '../../api/entities';
import { conditionsOf, conditionWords } from '../customer/saved-filter';
import { count, oneLine } from '../text';
import { summarizeAddress } from '../customer/addresses';
import type { RowList } from '../customer/row-list';
import { PAGE_ROWS } from '../customer/row-walk';
import type {
  AddressNode,
  CustomerNode,
  CustomersNode,
  FilterNode,
  GroupNode,
  ListNode,
  MoreNode,
  NoteNode,
  ShelfNode,
} from './customer-nodes';
import { firstWebsite, summarize, text } from '../customer/customer-summary';
import { sheet } from './tooltips';
import { READ_ONLY } from '../stores/read-only';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export function customersItem({ id, list, grouping, groups, store }: CustomersNode): vscode.TreeItem {
  const item = new vscode.TreeItem('Customers', Expanded);
  item.id = id;
  const order = list.shownOrder === 'newest' ? 'newest first' : 'oldest first';
  const { length } = list.rows;
  const grouped = grouping === 'website' ? 'by website' : 'by customer group';
  if (grouping !== undefined) item.description = groups.length === 0 ? grouped : `${grouped}, ${count(groups.length)} groups`;
  else
    item.description =
      length === 0 ? (list.more ? order : 'none') : `${order}, ${count(length)} ${list.more ? 'seen' : 'in all'}${staleWords(list)}`;
  item.iconPath = listIcon(list, 'organization');
  item.contextValue = words('customers', {
    writable: !store.readOnly,
    retry: list.problem !== undefined,
    grouped: grouping !== undefined,
    byGroup: grouping === 'customer-group',
    byWebsite: grouping === 'website',
  });
  if (store.readOnly) item.tooltip = sheet('Customers', '', [], [READ_ONLY]);
  item.accessibilityInformation = { label: `Customers, ${item.description}` };
  return item;
}

export function filterItem({ id, filter, list, store }: FilterNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(filter.name), Collapsed);
  item.id = id;
  item.description = foundSoFar(list);
  item.iconPath = listIcon(list, 'filter');
  const conditions = conditionsOf(filter).map(conditionWords);
  const slow = store.cannot('filter');
  const notes = [...(conditions.length === 0 ? ['Every customer'] : conditions), ...(slow === undefined ? [] : [slow])];
  item.tooltip = sheet(filter.name, '', [], notes);
  item.contextValue = words('filter', { retry: list.problem !== undefined });
  item.accessibilityInformation = {
    label: oneLine(['Filter', filter.name, item.description, ...conditions].filter((part) => part !== '').join(', ')),
  };
  return item;
}

export function groupItem({ id, group, list, parent }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(group.label), Collapsed);
  item.id = id;
  item.description = foundSoFar(list);
  item.iconPath = listIcon(list, parent.grouping === 'website' ? 'globe' : 'tag');
  item.contextValue = words('group', { retry: list.problem !== undefined });
  item.accessibilityInformation = {
    label: oneLine(
      [parent.grouping === 'website' ? '' : 'Customer group', group.label, item.description].filter((part) => part !== '').join(', '),
    ),
  };
  return item;
}

export function shelfItem({ id, pinned, recent }: ShelfNode): vscode.TreeItem {
  const parts = [pinned.length === 0 ? '' : 'Pinned', recent.length === 0 ? '' : 'Recent'].filter((part) => part !== '');
  const item = new vscode.TreeItem(parts.join(' and '), Collapsed);
  item.id = id;
  item.description = count(pinned.length + recent.length);
  item.iconPath = new vscode.ThemeIcon(pinned.length === 0 ? 'history' : 'pinned');
  item.tooltip = sheet('Pinned and recent customers', '', [], ['Customers that you pinned, then those that you found or opened last.']);
  item.contextValue = 'shelf';
  item.accessibilityInformation = {
    label: `${parts.join(' and ')} customers, ${count(pinned.length)} pinned, ${count(recent.length)} recent`,
  };
  return item;
}

/** `37` when that is all, `200 seen` while there may be more; nothing before anybody looked. */
function foundSoFar(list: RowList): string {
  if (!list.started) return '';
  const seen = list.more ? `${count(list.rows.length)} seen` : count(list.rows.length);
  return `${seen}${list.outdated ? ', may be outdated' : ''}${staleWords(list)}`;
}

/** How old the rows are, when the store was asked anew and did not answer. */
function staleWords({ staleSince }: RowList): string {
  return staleSince === undefined ? '' : `, as of ${timeOfDay(staleSince)}`;
}

function listIcon({ staleSince }: RowList, icon: string): vscode.ThemeIcon {
  return staleSince === undefined
    ? new vscode.ThemeIcon(icon)
    : new vscode.ThemeIcon('history', new vscode.ThemeColor('problemsWarningIcon.foreground'));
}

export function customerItem(node: CustomerNode): vscode.TreeItem {
  const { id, name, email, unconfirmed, lockedToGroup, websiteId } = summarize(node.row);
  const elsewhere = websiteId !== '' && websiteId !== (firstWebsite(node.parent.list.rows) ?? websiteId);
  const item = new vscode.TreeItem(oneLine(name === '' ? '(no name)' : name), node.showsAddresses ? Expanded : None);
  item.id = node.id;
  item.description = oneLine(email === '' ? `#${id}, no e-mail` : email);
  // One icon has room for one thing; the tooltip and the screen reader tell all of them.
  const isPinned = node.parent.ports.pinned(node.store).some((row) => summarize(row).id === id);
  const icon =
    isPinned && node.parent.kind === 'shelf'
      ? 'pinned'
      : lockedToGroup
        ? 'lock-small'
        : unconfirmed
          ? 'unverified'
          : elsewhere
            ? 'globe'
            : 'account';
  const { staleSince } = node.parent.list;
  item.iconPath =
    staleSince === undefined ? new vscode.ThemeIcon(icon) : new vscode.ThemeIcon(icon, new vscode.ThemeColor('disabledForeground'));
  const writable = !node.store.readOnly;
  item.contextValue = words('customer', {
    email: email !== '',
    writable,
    pinned: isPinned,
    deletable: writable && node.store.cannot('delete') === undefined,
  });
  item.command = { command: 'mahoSoap.customer.open', title: 'Open Customer', arguments: [node, 'preview'] };
  const marks = [
    isPinned ? 'pinned' : '',
    lockedToGroup ? 'stays in its group' : '',
    unconfirmed ? 'not confirmed' : '',
    elsewhere ? `website ${websiteId}` : '',
    staleSince === undefined ? '' : `as of ${timeOfDay(staleSince)}`,
  ];
  item.accessibilityInformation = {
    label: oneLine([name === '' ? 'no name' : name, email, `ID ${id}`, ...marks].filter((part) => part !== '').join(', ')),
  };
  return item;
}

export function addressItem({ id, row }: AddressNode): vscode.TreeItem {
  const { street, place, billing, shipping } = summarizeAddress(row);
  const item = new vscode.TreeItem(oneLine(street === '' ? '(no street)' : street), None);
  item.id = id;
  item.description = oneLine(place);
  item.iconPath = new vscode.ThemeIcon(billing ? 'credit-card' : shipping ? 'package' : 'home');
  const uses = [billing ? 'Default billing address' : '', shipping ? 'Default shipping address' : ''].filter((use) => use !== '');
  const lines = addressEntity.fields
    .map((field) => [field.title, text(row[field.name]).trim()] as const)
    .filter(([, value]) => value !== '');
  item.tooltip = sheet(street === '' ? '(no street)' : street, '', lines, uses);
  item.contextValue = 'address';
  item.accessibilityInformation = { label: oneLine(['Address', street, place, ...uses].filter((part) => part !== '').join(', ')) };
  return item;
}

export function noteItem({ id, words: said }: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(said, None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('info');
  return item;
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const { list } = node.parent;
  const search = list.stopped && list.isSearch;
  const item = new vscode.TreeItem(
    search ? 'Go on looking' : list.rows.length === 0 ? 'Load customers' : `Load ${count(PAGE_ROWS)} more`,
    None,
  );
  item.id = node.id;
  if (list.stopped) item.description = search ? `stopped after ${count(list.looked)} customers` : 'stopped';
  item.iconPath = new vscode.ThemeIcon('chevron-down');
  item.tooltip = search ? 'Looks on where it was stopped.' : moreTooltip(node.parent);
  item.command = { command: 'mahoSoap.customers.loadMore', title: 'Load More Customers', arguments: [node] };
  return item;
}

function moreTooltip({ list }: ListNode): string {
  return `Asks the store for the next customers. ${count(list.rows.length)} are shown.`;
}

/** A context value: a kind of row, and what holds for it, as words. */
export function words(first: string, more: Readonly<Record<string, boolean>>): string {
  return [first, ...Object.keys(more).filter((word) => more[word])].join(' ');
}
