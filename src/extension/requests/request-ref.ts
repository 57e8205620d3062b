import * as vscode from 'vscode';
import * as z from 'zod/mini';
import { t } from '../../l10n/texts';

/** A reference to a request or a file. CodeLenses and rows pass it to commands. */
export interface RequestRef {
  /** URI of the request file. */
  readonly uri: vscode.Uri;
  /** Name of the request. `undefined` for the whole file. */
  readonly name: string | undefined;
  /** Index of the request in the file when the reference was made. Used if the request was renamed since. */
  readonly index?: number | undefined;
  /** ID of the store to run it on, instead of the usual one. */
  readonly store?: string | undefined;
}

const reference = z.looseObject({
  uri: z.union([z.string(), z.custom<vscode.Uri>((value) => value instanceof vscode.Uri)]),
  name: z.optional(z.string()),
  index: z.optional(z.number()),
  store: z.optional(z.string()),
});

/** The reference that was passed to a command. `undefined` for any other argument. */
export function asRequestRef(argument: unknown): RequestRef | undefined {
  const parsed = reference.safeParse(argument);
  if (!parsed.success) return undefined;
  const { uri, name, index, store } = parsed.data;
  return { uri: typeof uri === 'string' ? vscode.Uri.parse(uri) : uri, name, index, store };
}

/** The method of a request, for rows. */
export function calledBy({ method, envelope }: { readonly method: string | undefined; readonly envelope: string | undefined }): string {
  return method ?? (envelope === undefined ? t('no method') : t('envelope'));
}

/** Whether a document is a request file. Decided by its name, whatever its language is set to. */
export function isRequestFile(uri: vscode.Uri): boolean {
  return uri.path.endsWith('.maho.json');
}

/** Request files in and outside of workspace folders. */
export const requestFileSelector: vscode.DocumentSelector = { pattern: '**/*.maho.json' };
