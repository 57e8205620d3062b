import { isList, isRecord, setKey, type MutableRecord, type SoapValue } from '../value';
import type { ArgEdit, ArgFix, ArgPath } from './types';

/** A call to which a fix can be applied. */
export interface FixableCall {
  readonly method: string;
  readonly args: SoapValue | undefined;
}

/** Applies a fix to a call, for forms and tests. In request files the same edits become edits of the text. */
export function applyFix(call: FixableCall, fix: ArgFix): FixableCall {
  return fix.edits.reduce<FixableCall>(
    (before, edit) =>
      edit.kind === 'method' ? { ...before, method: edit.to } : { ...before, args: changed(before.args, edit.path, edit) },
    call,
  );
}

type ValueEdit = Exclude<ArgEdit, { readonly kind: 'method' }>;

function changed(value: SoapValue | undefined, path: ArgPath, edit: ValueEdit): SoapValue | undefined {
  const [step, ...rest] = path;
  if (step === undefined) return edit.kind === 'set' ? edit.value : edit.kind === 'remove' ? undefined : value;
  if (isList(value)) {
    return value.flatMap((item, index) => {
      if (index !== step) return [item];
      const next = changed(item, rest, edit);
      return next === undefined ? [] : [next];
    });
  }
  const record: MutableRecord = {};
  let met = false;
  for (const [key, item] of Object.entries(isRecord(value) ? value : {})) {
    if (key !== step) {
      setKey(record, key, item);
      continue;
    }
    met = true;
    if (rest.length === 0 && edit.kind === 'rename') {
      setKey(record, edit.to, item);
      continue;
    }
    const next = changed(item, rest, edit);
    if (next !== undefined) setKey(record, key, next);
  }
  if (!met && edit.kind === 'set' && typeof step === 'string') {
    const next = changed(undefined, rest, edit);
    if (next !== undefined) setKey(record, step, next);
  }
  return record;
}
