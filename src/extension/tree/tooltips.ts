import * as vscode from 'vscode';
import { translated, t } from '../../l10n/texts';
import type { ToolkitError } from '../../api/errors';
import type { Field } from '../../api/types';
import { customerEntity } from '../../api/entities';
import type { SoapRecord } from '../../api/value';
import { dayOf, groupWords, shownMoment } from '../../forms/shown-value';
import { helpCommand, helpLink } from '../help-link';
import { markdownText } from '../text';
import { summarize, text } from '../customer/customer-summary';

/** The attributes that help to tell customers apart, in the order of display. */
const shown = ['email', 'group_id', 'website_id', 'store_id', 'created_in', 'created_at', 'dob', 'taxvat'];

/**
 * The tooltip of a customer. Nothing in it can be clicked, since all of it came from a store.
 * @param groups names of the customer groups by their number, where they are known
 * @param more notes about the store
 */
export function customerTooltip(
  row: SoapRecord,
  groups: ReadonlyMap<number, string> = new Map(),
  more: readonly string[] = [],
): vscode.MarkdownString {
  const { id, name, unconfirmed, lockedToGroup } = summarize(row);
  const lines = shown
    .map((attribute) => fieldOf(attribute))
    .filter((field) => field !== undefined)
    .map((field) => [translated(field.title), readable(field, text(row[field.name]), groups)] as const)
    .filter(([, value]) => value.trim() !== '');
  const notes = [...(unconfirmed ? [t('E-mail not confirmed yet')] : []), ...(lockedToGroup ? [t('Stays in this group')] : []), ...more];
  return headedTable(`${name === '' ? t('(no name)') : name}`, `#${id}`, lines, notes);
}

/** The tooltip of a problem: what happened, why, and what to do. The store's own words are quoted separately. */
export function problemTooltip({ words }: ToolkitError): vscode.MarkdownString {
  const { what, said: quote, why, next } = words;
  const markdown = new vscode.MarkdownString(`**${markdownText(what)}**`);
  if (quote !== undefined) markdown.appendMarkdown(`\n\n${t('The store said: {said}', { said: markdownText(quote) })}`);
  if (why !== undefined) markdown.appendMarkdown(`\n\n${markdownText(why)}`);
  if (next !== undefined) markdown.appendMarkdown(`\n\n${markdownText(next)}`);
  if (words.topic !== undefined) {
    markdown.appendMarkdown(`\n\n[${t('Learn more')}](${helpLink('faults', words.topic)})`);
    // The text of a store is escaped, and this command can only open our own pages.
    markdown.isTrusted = { enabledCommands: [helpCommand] };
  }
  return markdown;
}

/** A heading, and a table of labels and values. */
export function headedTable(
  title: string,
  aside: string,
  lines: readonly (readonly [label: string, value: string])[],
  notes: readonly string[] = [],
): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(`**${markdownText(title)}** ${markdownText(aside)}`);
  if (lines.length > 0)
    markdown.appendMarkdown(
      `\n\n| | |\n|:--|:--|\n${lines.map(([label, value]) => `| ${markdownText(label)} | ${markdownText(value)} |`).join('\n')}`,
    );
  for (const note of notes) markdown.appendMarkdown(`\n\n${markdownText(note)}`);
  return markdown;
}

/** A value formatted for the tooltip of a customer. */
function readable({ name, role }: Field, value: string, groups: ReadonlyMap<number, string>): string {
  switch (role) {
    case 'date':
      return dayOf(value).text;
    case 'datetime':
      return shownMoment(name, value).text;
    case 'group':
      return groupWords(value, groups.get(Number(value)));
    default:
      return value;
  }
}

function fieldOf(name: string): Field | undefined {
  return customerEntity.fields.find((field) => field.name === name);
}
