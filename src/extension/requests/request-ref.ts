import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { t } from '../../l10n/texts';

/** Which request a command is about. What CodeLenses and rows hand to commands looks like this. */
export interface RequestRef {
  /** Of the request file. */
  readonly uri: vscode.Uri;
  /** Name of the request; `undefined` for the file as a whole. */
  readonly name: string | undefined;
  /** Its place in the file, from 0, when the reference was made: for a request that was renamed since. */
  readonly index?: number | undefined;
  /** ID of the store to run it on instead of the usual one. */
  readonly store?: string | undefined;
}

const reference = z.looseObject({
  uri: z.union([z.string(), z.custom<vscode.Uri>((value) => value instanceof vscode.Uri)]),
  name: z.optional(z.string()),
  index: z.optional(z.number()),
  store: z.optional(z.string()),
});

/** What a command was given as a reference, if it is one. */
export function asRequestRef(argument: unknown): RequestRef | undefined {
  const parsed = reference.safeParse(argument);
  if (!parsed.success) return undefined;
  const { uri, name, index, store } = parsed.data;
  return { uri: typeof uri === 'string' ? vscode.Uri.parse(uri) : uri, name, index, store };
}

/** What a request calls, for rows. */
export function calledBy({ method, envelope }: { readonly method: string | undefined; readonly envelope: string | undefined }): string {
  return method ?? (envelope === undefined ? t('no method') : t('envelope'));
}

/** Whether a document is a request file: by its name, whatever language somebody chose for it. */
export function isRequestFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.maho.json');
}

/** Request files of every workspace folder and of none. */
export const requestFileSelector: vscode.DocumentSelector = { pattern: '**/*.maho.json' };
