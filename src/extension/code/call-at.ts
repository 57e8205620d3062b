import type * as vscode from 'vscode';
import type { ResourceRegistry } from '../../api/resources';
import type { CodeRequest, FoundCall } from '../../codegen';
import { codeOf } from './languages';

/** The call of this API at an offset of a document, with the arguments that are literals. */
export async function callAt(document: vscode.TextDocument, offset: number, registry: ResourceRegistry): Promise<CodeRequest | undefined> {
  const found = await foundCallAt(document, offset, registry);
  if (found === undefined) return undefined;
  const { requestOf } = await import('../../codegen');
  return requestOf(found);
}

/** The innermost call of this API at an offset. */
export async function foundCallAt(
  document: vscode.TextDocument,
  offset: number,
  registry: ResourceRegistry,
): Promise<FoundCall | undefined> {
  const code = codeOf(document);
  if (code === undefined) return undefined;
  const { findCalls } = await import('../../codegen');
  return findCalls(code.text, code.language, registry).findLast(({ start, end }) => offset >= start && offset <= end);
}
