import * as vscode from 'vscode';
import {
  checkMapping,
  guessMapping,
  importMapping,
  importTargets,
  takeBackMapping,
  whyNotImported,
  type CsvFile,
  type ImportMapping,
} from '../../store/transfer';
import { toToolkitError } from '../../api/errors';
import { oneLine, withoutIcons } from '../text';

/** Mappings that were used before, by the columns they are for. */
const STATE_KEY = 'mahoSoap.importMappings';
/** Mappings to remember; the oldest are forgotten. */
const MAX_MAPPINGS = 20;

interface Choice<T> extends vscode.QuickPickItem {
  readonly value: T;
}

type Step =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'key' }
  | { readonly kind: 'empty' }
  | { readonly kind: 'column'; readonly index: number };

/** Asks which file. @returns `undefined` when none was chosen */
export async function askForCsv(title: string, folder: vscode.Uri): Promise<vscode.Uri | undefined> {
  const chosen = await vscode.window.showOpenDialog({
    title,
    openLabel: 'Import',
    defaultUri: folder,
    filters: { CSV: ['csv', 'txt', 'tsv'] },
  });
  return chosen?.[0];
}

/**
 * Shows what the columns mean, as guessed or as used before, until somebody goes on. The answer is remembered for files with the same
 * columns.
 */
export async function askForMapping(csv: CsvFile, title: string, memory: vscode.Memento): Promise<ImportMapping | undefined> {
  let mapping = takeBackMapping(csv) ?? remembered(csv, memory) ?? guessMapping(csv.header);
  for (;;) {
    const step = await vscode.window.showQuickPick(steps(csv, mapping), {
      title,
      placeHolder: problemOf(mapping) ?? 'What do the columns mean?',
      ignoreFocusOut: true,
      matchOnDescription: true,
    });
    if (step === undefined) return undefined;
    const { value } = step;
    if (value.kind === 'go-on') {
      if (problemOf(mapping) !== undefined) continue;
      if (takeBackMapping(csv) === undefined) await remember(csv, mapping, memory);
      return mapping;
    }
    if (value.kind === 'key') mapping = { ...mapping, key: mapping.key === 'email' ? 'customer_id' : 'email' };
    else if (value.kind === 'empty') mapping = { ...mapping, emptyCells: mapping.emptyCells === 'keep' ? 'clear' : 'keep' };
    else mapping = await askForColumn(csv, mapping, value.index, title);
  }
}

function steps({ header }: CsvFile, mapping: ImportMapping): readonly Choice<Step>[] {
  const used = mapping.columns.filter((name) => name !== null).length;
  const problem = problemOf(mapping);
  return [
    {
      label: '$(arrow-right) Show Preview',
      description: problem === undefined ? `${used} of ${header.length} columns` : 'not possible yet',
      value: { kind: 'go-on' },
    },
    {
      label: '$(key) Find Customers by',
      description:
        mapping.key === 'email' ? 'e-mail, within the website where the file names one' : 'ID; rows without one become new customers',
      value: { kind: 'key' },
    },
    {
      label: '$(clear-all) Empty Cells',
      description: mapping.emptyCells === 'keep' ? 'leave the attribute as it is' : 'clear the attribute',
      value: { kind: 'empty' },
    },
    { label: 'Columns', kind: vscode.QuickPickItemKind.Separator, value: { kind: 'go-on' } },
    ...header.map((title, index): Choice<Step> => {
      const target = mapping.columns[index] ?? null;
      const meaning = target === null ? (whyNotImported(title) ?? 'not imported') : titleOf(target);
      return {
        label: withoutIcons(title === '' ? `Column ${index + 1}` : title),
        description: `${target === null ? '' : '→ '}${meaning}`,
        value: { kind: 'column', index },
      };
    }),
  ];
}

async function askForColumn({ header }: CsvFile, mapping: ImportMapping, index: number, title: string): Promise<ImportMapping> {
  const now = mapping.columns[index] ?? null;
  const none: Choice<string | null> = { label: 'Do Not Import', value: null, ...(now === null ? { description: 'now' } : {}) };
  const choices = importTargets.map((field): Choice<string | null> => ({
    label: field.title,
    description: [field.name, field.name === now ? 'now' : mapping.columns.includes(field.name) ? 'taken from another column' : undefined]
      .filter((part) => part !== undefined)
      .join(', '),
    detail: field.name === 'customer_id' ? 'Says which customer is meant; never sent as data.' : field.doc,
    value: field.name,
  }));
  const chosen = await vscode.window.showQuickPick([none, ...choices], {
    title,
    placeHolder: `What is in the column "${oneLine(header[index] ?? '')}"?`,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  if (chosen === undefined) return mapping;
  // An attribute comes from one column: the one that was chosen last.
  return {
    ...mapping,
    columns: mapping.columns.map((name, other) => (other === index ? chosen.value : name === chosen.value ? null : name)),
  };
}

function titleOf(name: string): string {
  const title = importTargets.find((field) => field.name === name)?.title ?? name;
  return title === name ? name : `${title} (${name})`;
}

function problemOf(mapping: ImportMapping): string | undefined {
  try {
    checkMapping(mapping);
    return undefined;
  } catch (error) {
    return toToolkitError(error).message;
  }
}

type Memory = readonly { readonly header: readonly string[]; readonly mapping: ImportMapping }[];

function all(memory: vscode.Memento): Memory {
  const kept = memory.get<unknown>(STATE_KEY);
  return (Array.isArray(kept) ? kept : []).flatMap((each: unknown) => {
    if (typeof each !== 'object' || each === null || !('header' in each) || !('mapping' in each) || !Array.isArray(each.header)) return [];
    const mapping = importMapping.safeParse(each.mapping);
    return mapping.success ? [{ header: each.header.map(String), mapping: mapping.data }] : [];
  });
}

function remembered({ header }: CsvFile, memory: vscode.Memento): ImportMapping | undefined {
  return all(memory).find((each) => JSON.stringify(each.header) === JSON.stringify(header))?.mapping;
}

async function remember({ header }: CsvFile, mapping: ImportMapping, memory: vscode.Memento): Promise<void> {
  const others = all(memory).filter((each) => JSON.stringify(each.header) !== JSON.stringify(header));
  await memory.update(STATE_KEY, [{ header, mapping }, ...others].slice(0, MAX_MAPPINGS));
}
