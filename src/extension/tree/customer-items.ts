import * as vscode from 'vscode';
import { plural, translated, t } from '../../l10n/texts';
import { timeOfDay } from '../../pages/formats';
import { addressEntity } from '../../api/entities';
import { conditionsOf, conditionWords } from '../customer/saved-filter';
import { count, oneLine } from '../text';
import { summarizeAddress } from '../customer/addresses';
import type { RowList } from '../customer/row-list';
import { LOAD_MORE_ROWS } from '../customer/row-walk';
import type { CustomerNode, CustomersNode, FilterNode, GroupNode, ListNode, MoreNode, RememberedNode } from './customer-nodes';
import type { AddressNode } from './address-node';
import type { NoteNode } from './note-node';
import { firstWebsite, summarize, text } from '../customer/customer-summary';
import { headedTable } from './tooltips';
import { readOnlyWords } from '../stores/read-only';

const { None, Collapsed, Expanded } = vscode.TreeItemCollapsibleState;

export function customersItem({ id, list, grouping, groups, store }: CustomersNode): vscode.TreeItem {
  const item = new vscode.TreeItem(t('Customers'), Expanded);
  item.id = id;
  const order = list.shownOrder === 'newest' ? t('newest first') : t('oldest first');
  const { length } = list.rows;
  const grouped = grouping === 'website' ? t('by website') : t('by customer group');
  if (grouping !== undefined)
    item.description = groups.length === 0 ? grouped : `${grouped}, ${plural(groups.length, '{count} group', '{count} groups')}`;
  else
    item.description =
      length === 0
        ? list.more
          ? order
          : t('none')
        : [order, list.more ? seenWords(length) : t('{count} in all', { count: count(length) }), ...staleWords(list)].join(', ');
  item.iconPath = listIcon(list, 'organization');
  item.contextValue = contextValue('customers', {
    writable: !store.readOnly,
    retry: list.problem !== undefined,
    grouped: grouping !== undefined,
    byGroup: grouping === 'customer-group',
    byWebsite: grouping === 'website',
  });
  if (store.readOnly) item.tooltip = headedTable(t('Customers'), '', [], [readOnlyWords()]);
  item.accessibilityInformation = { label: `${t('Customers')}, ${item.description}` };
  return item;
}

export function filterItem({ id, filter, list, store }: FilterNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(filter.name), Collapsed);
  item.id = id;
  item.description = foundSoFar(list);
  item.iconPath = listIcon(list, 'filter');
  const conditions = conditionsOf(filter).map(conditionWords);
  const slow = store.cannot('filter');
  const notes = [...(conditions.length === 0 ? [t('Every customer')] : conditions), ...(slow === undefined ? [] : [slow])];
  item.tooltip = headedTable(filter.name, '', [], notes);
  item.contextValue = contextValue('filter', { retry: list.problem !== undefined });
  item.accessibilityInformation = {
    label: oneLine([t('Filter'), filter.name, item.description, ...conditions].filter((part) => part !== '').join(', ')),
  };
  return item;
}

export function groupItem({ id, group, list, parent }: GroupNode): vscode.TreeItem {
  const item = new vscode.TreeItem(oneLine(group.label), Collapsed);
  item.id = id;
  item.description = foundSoFar(list);
  item.iconPath = listIcon(list, parent.grouping === 'website' ? 'globe' : 'tag');
  item.contextValue = contextValue('group', { retry: list.problem !== undefined });
  item.accessibilityInformation = {
    label: oneLine(
      [parent.grouping === 'website' ? '' : t('Customer group'), group.label, item.description].filter((part) => part !== '').join(', '),
    ),
  };
  return item;
}

export function rememberedItem({ id, pinned, recent }: RememberedNode): vscode.TreeItem {
  const shelf = pinned.length === 0 ? t('Recent') : recent.length === 0 ? t('Pinned') : t('Pinned and Recent');
  const item = new vscode.TreeItem(shelf, Collapsed);
  item.id = id;
  item.description = count(pinned.length + recent.length);
  item.iconPath = new vscode.ThemeIcon(pinned.length === 0 ? 'history' : 'pinned');
  item.tooltip = headedTable(
    t('Pinned and recent customers'),
    '',
    [],
    [t('Customers that you pinned, then those that you found or opened last.')],
  );
  item.contextValue = 'remembered';
  item.accessibilityInformation = {
    label: t('{shelf}: {pinned} pinned, {recent} recent customers', { shelf, pinned: count(pinned.length), recent: count(recent.length) }),
  };
  return item;
}

/** `37` when the list is complete, `200 loaded` while there may be more. Empty before the list was read. */
function foundSoFar(list: RowList): string {
  if (!list.started) return '';
  const seen = list.more ? seenWords(list.rows.length) : count(list.rows.length);
  return [seen, ...(list.outdated ? [t('may be outdated')] : []), ...staleWords(list)].join(', ');
}

/** How old the rows are, if the store was asked again and did not answer. */
function staleWords({ staleSince }: RowList): readonly string[] {
  return staleSince === undefined ? [] : [t('as of {time}', { time: timeOfDay(staleSince) })];
}

/** Number of customers that were read so far. */
function seenWords(number: number): string {
  return t('{count} loaded', { count: count(number) });
}

function listIcon({ staleSince }: RowList, icon: string): vscode.ThemeIcon {
  return staleSince === undefined
    ? new vscode.ThemeIcon(icon)
    : new vscode.ThemeIcon('history', new vscode.ThemeColor('problemsWarningIcon.foreground'));
}

export function customerItem(node: CustomerNode): vscode.TreeItem {
  const { id, name, email, unconfirmed, lockedToGroup, websiteId } = summarize(node.row);
  const elsewhere = websiteId !== '' && websiteId !== (firstWebsite(node.parent.list.rows) ?? websiteId);
  const item = new vscode.TreeItem(oneLine(name === '' ? t('(no name)') : name), node.showsAddresses ? Expanded : None);
  item.id = node.id;
  item.description = oneLine(email === '' ? t('#{id}, no e-mail', { id }) : email);
  // An icon can only show one fact. The tooltip and the label for screen readers tell all of them.
  const isPinned = node.parent.ports.pinned(node.store).some((row) => summarize(row).id === id);
  const icon =
    isPinned && node.parent.kind === 'remembered'
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
  item.contextValue = contextValue('customer', {
    email: email !== '',
    writable,
    pinned: isPinned,
    deletable: writable && node.store.cannot('delete') === undefined,
  });
  item.command = { command: 'mahoSoap.customer.open', title: t('Open Customer'), arguments: [node, 'preview'] };
  const marks = [
    isPinned ? t('pinned') : '',
    lockedToGroup ? t('stays in its group') : '',
    unconfirmed ? t('not confirmed') : '',
    elsewhere ? t('website {id}', { id: websiteId }) : '',
    ...staleWords(node.parent.list),
  ];
  item.accessibilityInformation = {
    label: oneLine([name === '' ? t('no name') : name, email, t('ID {id}', { id }), ...marks].filter((part) => part !== '').join(', ')),
  };
  return item;
}

export function addressItem({ id, row }: AddressNode): vscode.TreeItem {
  const { street, place, billing, shipping } = summarizeAddress(row);
  const item = new vscode.TreeItem(oneLine(street === '' ? t('(no street)') : street), None);
  item.id = id;
  item.description = oneLine(place);
  item.iconPath = new vscode.ThemeIcon(billing ? 'credit-card' : shipping ? 'package' : 'home');
  const uses = [billing ? t('Default billing address') : '', shipping ? t('Default shipping address') : ''].filter((use) => use !== '');
  const lines = addressEntity.fields
    .map((field) => [translated(field.title), text(row[field.name]).trim()] as const)
    .filter(([, value]) => value !== '');
  item.tooltip = headedTable(street === '' ? t('(no street)') : street, '', lines, uses);
  item.contextValue = 'address';
  item.accessibilityInformation = { label: oneLine([t('Address'), street, place, ...uses].filter((part) => part !== '').join(', ')) };
  return item;
}

export function noteItem({ id, words }: NoteNode): vscode.TreeItem {
  const item = new vscode.TreeItem(words, None);
  item.id = id;
  item.iconPath = new vscode.ThemeIcon('info');
  return item;
}

export function moreItem(node: MoreNode): vscode.TreeItem {
  const { list } = node.parent;
  const search = list.stopped && list.isSearch;
  const item = new vscode.TreeItem(
    search ? t('Continue Search') : list.rows.length === 0 ? t('Load customers') : t('Load {count} more', { count: count(LOAD_MORE_ROWS) }),
    None,
  );
  item.id = node.id;
  if (list.stopped) item.description = search ? t('stopped after {count} customers', { count: count(list.checked) }) : t('stopped');
  item.iconPath = new vscode.ThemeIcon('chevron-down');
  item.tooltip = search ? t('Continues the search where it was stopped.') : moreTooltip(node.parent);
  item.command = { command: 'mahoSoap.customers.loadMore', title: t('Load More Customers'), arguments: [node] };
  return item;
}

function moreTooltip({ list }: ListNode): string {
  return t('Asks the store for the next customers. {count} are shown.', { count: count(list.rows.length) });
}

/** A context value: the kind of a row, followed by the words that apply to it. */
export function contextValue(first: string, more: Readonly<Record<string, boolean>>): string {
  return [first, ...Object.keys(more).filter((word) => more[word])].join(' ');
}
