import * as vscode from 'vscode';
import { t } from '../../l10n/texts';
import type { Dialect } from '../../api/dialect';
import { isRecord, type SoapValue } from '../../api/value';
import type { FoundCall } from '../../codegen';
import type { SoapCall } from '../../rest-equivalent';
import type { CodeMethods } from '../calls/code-methods';
import type { Call } from '../calls/outcome';
import { foundCallAt } from '../code/call-at';
import { chooseCall } from '../code/choose-call';
import type { ActiveStore } from '../stores/active-store';
import type { Store } from '../stores/store';
import { asTreeNode } from '../tree/nodes';

/** A call to show over REST. */
export interface ChosenRestCall {
  readonly call: SoapCall;
  readonly dialect: Dialect | undefined;
  readonly store: Store | undefined;
}

/** The argument that other commands pass: a known call. */
export interface GivenCall {
  readonly call: Call;
  /** ID of its store. */
  readonly store: string | undefined;
}

/** The argument that a quick fix passes: a position in code. */
export interface CodePlace {
  readonly uri: string;
  readonly offset: number;
}

/**
 * The call that a command is about: the one that was passed, the one at a position in code, or that of a row, a request or the cursor.
 * @returns `undefined` when a question was dismissed
 */
export async function chooseRestCall(argument: unknown, active: ActiveStore, methods: CodeMethods): Promise<ChosenRestCall | undefined> {
  if (isGiven(argument)) return await ofCall(argument.call, active.all.find(({ id }) => id === argument.store) ?? active.current);
  // A row of a tree refers to itself, wherever the cursor is.
  const place = isPlace(argument) ? argument : asTreeNode(argument) === undefined ? placeOfCursor() : undefined;
  const found = place === undefined ? undefined : await foundIn(place, methods);
  if (found !== undefined) return await ofCode(found, active.current);
  const meant = await chooseCall(argument, active, t('Select a request to show over REST'), undefined);
  return meant === undefined ? undefined : await ofCall(meant.call, meant.store ?? active.current);
}

async function ofCall({ method, args, dialect, envelope, empty }: Call, store: Store | undefined): Promise<ChosenRestCall> {
  const { hasPlaceholder, inspectEnvelope, readyCall } = await import('../../requests');
  if (envelope !== undefined) return { call: { method: inspectEnvelope(envelope).methods[0] ?? method, args: undefined }, dialect, store };
  const ready = readyCall(method, args);
  const isUnknown = (value: SoapValue): boolean => typeof value === 'string' && hasPlaceholder(value);
  return { call: { method: ready.method, args: isRecord(ready.args) ? ready.args : undefined, isUnknown, empty }, dialect, store };
}

async function ofCode(found: FoundCall, store: Store | undefined): Promise<ChosenRestCall> {
  const { isUnknownValue, partialArguments } = await import('../../codegen');
  const call = { method: found.known?.id ?? found.method, args: partialArguments(found), isUnknown: isUnknownValue };
  return { call, dialect: found.dialect, store };
}

async function foundIn({ uri, offset }: CodePlace, methods: CodeMethods): Promise<FoundCall | undefined> {
  return await foundCallAt(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)), offset, await methods.registry());
}

function placeOfCursor(): CodePlace | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined
    ? undefined
    : { uri: editor.document.uri.toString(), offset: editor.document.offsetAt(editor.selection.active) };
}

function isGiven(argument: unknown): argument is GivenCall {
  if (typeof argument !== 'object' || argument === null || 'kind' in argument || !('call' in argument)) return false;
  const { call } = argument;
  return typeof call === 'object' && call !== null && 'method' in call && typeof call.method === 'string';
}

function isPlace(argument: unknown): argument is CodePlace {
  return (
    typeof argument === 'object' &&
    argument !== null &&
    'uri' in argument &&
    'offset' in argument &&
    typeof argument.uri === 'string' &&
    typeof argument.offset === 'number'
  );
}
