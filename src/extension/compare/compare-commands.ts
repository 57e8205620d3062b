import type * as vscode from 'vscode';
import { plural, t } from '../../l10n/texts';
import { dialectLabels, type Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord } from '../../api/value';
import { compareCustomers, type ComparedCustomer } from '../../forms/customer-comparison';
import { readAddresses } from '../../store/customers/addresses';
import { maskRecord } from '../../store/masking/mask';
import type { Handlers } from '../commands/commands';
import { customerGroups } from '../customer/customer-groups';
import { summarize } from '../customer/customer-summary';
import { askInput, showInformation } from '../messages';
import { pickOne } from '../picks';
import type { ReportDocuments } from '../reports/report-documents';
import type { ActiveStore } from '../stores/active-store';
import { connectionFor, waitWithNotice } from '../stores/wait-with-notice';
import type { Connection, Store } from '../stores/store';
import { oneLine, withoutIcons } from '../text';
import { asTreeNode } from '../tree/nodes';
import { comparisonTexts, differences } from './comparison-text';

/** A customer of a store. */
interface CustomerPlace {
  readonly store: Store;
  readonly id: string;
}

/** The dependencies of the comparison. */
export interface ComparePorts {
  readonly active: ActiveStore;
  readonly reports: ReportDocuments;
}

/** The other side of a comparison: the same customer over another dialect, or the matching customer of another store. */
type Counterpart = { readonly dialect: Dialect } | { readonly store: Store };

interface CounterpartItem extends vscode.QuickPickItem {
  readonly value?: Counterpart;
}

/** The command that compares a customer with another store or another dialect. */
export function compareCommands(ports: ComparePorts): Handlers<'compare'> {
  return {
    'customer.compare': async (argument) => {
      const place = await placeOf(argument, ports);
      if (place === undefined) return;
      const connection = await connectionFor(place.store);
      const counterpart = await chosenCounterpart(place.store, connection, ports.active);
      if (counterpart !== undefined) await compare(place, connection, counterpart, ports.reports);
    },
  };
}

async function placeOf(argument: unknown, { active }: ComparePorts): Promise<CustomerPlace | undefined> {
  const node = asTreeNode(argument);
  if (node?.kind === 'customer') return { store: node.store, id: summarize(node.row).id };
  const store = await active.needed(t('Select the store of the customer'));
  if (store === undefined) return undefined;
  const typed = await askInput({
    title: t('Compare Customer'),
    prompt: t('ID or e-mail address of a customer of {name}', { name: store.name }),
  });
  if (typed === undefined || typed.trim() === '') return undefined;
  const connection = await connectionFor(store);
  const wanted = /^#?\d+$/.test(typed.trim()) ? { customer_id: typed.trim().replace('#', '') } : { email: typed.trim() };
  const rows = await customersMatching(store, connection, wanted);
  const row = await oneOf(rows, store);
  if (row === undefined && rows.length === 0) throw notThere(store, typed.trim());
  return row && { store, id: summarize(row).id };
}

/** Asks what to compare with. Dialects come first, because they return the very same customer. */
async function chosenCounterpart(store: Store, connection: Connection, active: ActiveStore): Promise<Counterpart | undefined> {
  const dialects = await otherDialects(store, connection);
  const stores = active.all.filter((other) => other !== store && other.problem === undefined);
  const items: readonly CounterpartItem[] = [
    ...dialects.map((dialect) => ({
      label: t('Over {dialect}', { dialect: dialectLabels[dialect] }),
      description: t('this customer, shown over {dialect}', { dialect: dialectLabels[connection.dialect] }),
      value: { dialect },
    })),
    ...stores.map((other) => ({
      label: withoutIcons(other.config?.name ?? other.name),
      description: other.environment ?? '',
      detail: withoutIcons(other.config?.url ?? ''),
      value: { store: other },
    })),
  ];
  if (items.length === 0) {
    await showInformation(t('{name} offers only one dialect, and there is no other store to compare with.', { name: store.name }));
    return undefined;
  }
  const placeHolder = t('Select a dialect or store to compare with');
  return (await pickOne(items, { title: t('Compare Customer'), placeHolder }))?.value;
}

/** The dialect at the other address of the API. Empty if there is none, and then only other stores are offered. */
async function otherDialects(store: Store, { client }: Connection): Promise<readonly Dialect[]> {
  try {
    const beside = await client.beside(store.signal);
    return beside === undefined ? [] : [beside.summary.dialect];
  } catch (error) {
    if (error instanceof ToolkitError) return [];
    throw error;
  }
}

async function compare(place: CustomerPlace, connection: Connection, counterpart: Counterpart, reports: ReportDocuments): Promise<void> {
  const sameStore = 'dialect' in counterpart;
  const { store, id } = place;
  const left = await read(store, connection, id, connection.dialect);
  const other = sameStore ? { store, connection, id } : await counterpartOn(counterpart.store, left.row);
  if (other === undefined) return;
  const right = await read(other.store, other.connection, other.id, sameStore ? counterpart.dialect : other.connection.dialect);
  const sections = compareCustomers(left, right, sameStore);
  const heading = ({ name, dialect }: ComparedCustomer, customer: string): string =>
    t('Customer {customer} on {store}, over {dialect}', { customer, store: name, dialect: dialectLabels[dialect] });
  const [before, after] = comparisonTexts(sections, heading(left, id), heading(right, other.id));
  const names = t('{left} and {right}', {
    left: sameStore ? dialectLabels[left.dialect] : left.name,
    right: sameStore ? dialectLabels[right.dialect] : right.name,
  });
  const number = differences(sections);
  const counted = number === 0 ? t('no differences') : plural(number, '{count} difference', '{count} differences');
  const name = summarize(left.row).name || t('Customer {id}', { id });
  await reports.showBeside(
    oneLine(`${name}: ${names} (${counted})`),
    { name: oneLine(heading(left, id)), text: before },
    { name: oneLine(heading(right, other.id)), text: after },
  );
}

/** A customer with its addresses, over one dialect. */
async function read(store: Store, connection: Connection, customerId: string, dialect: Dialect): Promise<ComparedCustomer> {
  const name = store.config?.name ?? store.name;
  return await waitWithNotice(t('Reading customer {customerId} of {name}', { name, customerId }), async (stop) => {
    const signal = AbortSignal.any([stop, store.signal]);
    const { client } = connection;
    const { value } = await client.call('customer.info', { customerId }, { signal, dialect });
    if (!isRecord(value)) throw new ToolkitError('decode', { code: 'not-a-customer', what: t('{name} returned no customer.', { name }) });
    const addresses = await readAddresses(client, customerId, signal, dialect);
    return {
      name,
      dialect,
      row: value,
      masked: maskRecord(value),
      addresses: addresses.map((row) => ({ row, masked: maskRecord(row) })),
      groups: await customerGroups(connection),
    };
  });
}

/**
 * The matching customer of another store: the one with the same e-mail address. If there is none, offers the one with the same ID.
 * @returns `undefined` when none was chosen
 */
async function counterpartOn(store: Store, row: SoapRecord): Promise<(CustomerPlace & { readonly connection: Connection }) | undefined> {
  const { id, email } = summarize(row);
  const connection = await connectionFor(store);
  const found = email === '' ? [] : await customersMatching(store, connection, { email });
  if (found.length > 0) {
    const chosen = await oneOf(found, store);
    return chosen && { store, connection, id: summarize(chosen).id };
  }
  const [same] = await customersMatching(store, connection, { customer_id: id });
  if (same === undefined) throw notThere(store, email === '' ? `#${id}` : email);
  const compareIds = t('Compare with #{id}', { id });
  const who = summarize(same).email;
  const chosen = await showInformation(absence(store.name, email, id, who), compareIds);
  return chosen === compareIds ? { store, connection, id } : undefined;
}

/**
 * Words for a store that has no customer with an e-mail address (empty if the customer has none), and about its customer with the same ID.
 */
function absence(name: string, email: string, id: string, who: string): string {
  if (who === '')
    return email === ''
      ? t('The customer has no e-mail address, and neither has customer #{id} of {name}.', { name, id })
      : t('{name} has no customer with {email}. Its customer #{id} has no e-mail address.', { name, email, id });
  return email === ''
    ? t('The customer has no e-mail address. Customer #{id} of {name} has {who}.', { name, id, who })
    : t('{name} has no customer with {email}. Its customer #{id} has {who}.', { name, email, id, who });
}

/** Customers of a store that match the filters. */
async function customersMatching(store: Store, { client }: Connection, filters: SoapRecord): Promise<readonly SoapRecord[]> {
  return await waitWithNotice(t('Reading customers of {name}', { name: store.config?.name ?? store.name }), async (stop) => {
    const { value } = await client.call('customer.list', { filters }, { signal: AbortSignal.any([stop, store.signal]) });
    return isList(value) ? value.filter(isRecord) : [];
  });
}

/** Asks for one of several customers. An e-mail address may belong to one customer in each website. */
async function oneOf(rows: readonly SoapRecord[], store: Store): Promise<SoapRecord | undefined> {
  if (rows.length <= 1) return rows[0];
  const items = rows.map((row) => {
    const { id, name, email, websiteId } = summarize(row);
    return {
      label: withoutIcons(name === '' ? t('(no name)') : name),
      description: withoutIcons(t('{email}  #{id}, website {website}', { email, id, website: websiteId })),
      row,
    };
  });
  return (
    await pickOne(items, {
      placeHolder: t('Select a customer of {name}', { name: oneLine(store.name) }),
    })
  )?.row;
}

function notThere(store: Store, wanted: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'customer-not-found',
    what: t('{name} has no customer {wanted}.', { name: store.config?.name ?? store.name, wanted }),
    why: t('Customers of two stores are compared by e-mail address, or else by ID.'),
    next: t('Search for the customer there with Find Customer.'),
  });
}
