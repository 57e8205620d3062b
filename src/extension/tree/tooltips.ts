import * as vscode from 'vscode';
import type { ToolkitError } from '../../api/errors';
import type { Field } from '../../api/types';
import { customerEntity } from '../../api/entities';
import type { SoapRecord } from '../../api/value';
import { markdownText } from '../text';
import { summarize, text } from './customer-summary';

/** The attributes that help to tell customers apart, in the order of reading. */
const shown = ['email', 'group_id', 'website_id', 'store_id', 'created_in', 'created_at', 'dob', 'taxvat'];

/** A small sheet about a customer. Nothing in it can be clicked, since all of it came from a store. */
export function customerTooltip(row: SoapRecord): vscode.MarkdownString {
  const { id, name, unconfirmed, lockedToGroup } = summarize(row);
  const lines = shown
    .map((attribute) => fieldOf(attribute))
    .filter((field) => field !== undefined)
    .map((field) => [field.title, text(row[field.name])] as const)
    .filter(([, value]) => value.trim() !== '');
  const notes = [...(unconfirmed ? ['E-mail not confirmed yet'] : []), ...(lockedToGroup ? ['Stays in this group'] : [])];
  return sheet(`${name === '' ? '(no name)' : name}`, `#${id}`, lines, notes);
}

/** What happened, why, and what to do, with the store's own words apart. */
export function problemTooltip({ words }: ToolkitError): vscode.MarkdownString {
  const { what, said, why, next } = words;
  const markdown = new vscode.MarkdownString(`**${markdownText(what)}**`);
  if (said !== undefined) markdown.appendMarkdown(`\n\nThe store said: ${markdownText(said)}`);
  if (why !== undefined) markdown.appendMarkdown(`\n\n${markdownText(why)}`);
  if (next !== undefined) markdown.appendMarkdown(`\n\n${markdownText(next)}`);
  return markdown;
}

/** A heading, and labels with their values. */
export function sheet(title: string, aside: string, lines: readonly (readonly [label: string, value: string])[], notes: readonly string[] = []): vscode.MarkdownString {
  const markdown = new vscode.MarkdownString(`**${markdownText(title)}** ${markdownText(aside)}`);
  if (lines.length > 0) markdown.appendMarkdown(`\n\n| | |\n|:--|:--|\n${lines.map(([label, value]) => `| ${markdownText(label)} | ${markdownText(value)} |`).join('\n')}`);
  for (const note of notes) markdown.appendMarkdown(`\n\n${markdownText(note)}`);
  return markdown;
}

function fieldOf(name: string): Field | undefined {
  return customerEntity.fields.find((field) => field.name === name);
}
