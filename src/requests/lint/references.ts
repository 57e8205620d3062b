import type { Node } from 'jsonc-parser';
import { similar } from '../../api/traps';
import { holdsKey } from '../../store/variables';
import { SESSION_PLACEHOLDER } from '../file/envelope';
import type { Diagnostic, FileVariable, Range, RequestFile, TextFix } from '../file/model';
import { texts, valueOf } from '../file/tree';
import { storeFields } from '../variables/resolver';
import { placeholders, referencesIn, type Placeholder } from '../variables/template';

/** What placeholders may refer to. */
export interface ReferenceContext {
  /** Variables of the file and of the chosen environment. */
  readonly variables: ReadonlySet<string>;
  /** Position of each request by its name; of doubles the first. */
  readonly requests: ReadonlyMap<string, number>;
  /** `false` in an untrusted workspace. */
  readonly trusted: boolean;
}

/** A placeholder where it stands. What it refers to is looked up each time, as that may change without it. */
export interface PlacedPlaceholder {
  readonly placeholder: Placeholder;
  readonly range: Range;
}

/** Every placeholder in a part of the file. @param envelope whether it is a raw envelope, which may hold the session */
export function placeholdersIn(text: string, node: Node | undefined, envelope = false): readonly PlacedPlaceholder[] {
  return texts(node).flatMap((each) => {
    const value = valueOf(each);
    if (typeof value !== 'string') return [];
    return placeholders(value)
      .filter(({ source }) => !(envelope && source === SESSION_PLACEHOLDER))
      .map((placeholder) => ({ placeholder, range: placeOf(text, each, value, placeholder) }));
  });
}

/** What is wrong with a placeholder. @param before position of the request; only earlier ones have results */
export function checkReference({ placeholder: { source, reference }, range }: PlacedPlaceholder, context: ReferenceContext, before: number): readonly Diagnostic[] {
  const tell = (code: string, message: string, why?: string, fixes: readonly TextFix[] = []): readonly Diagnostic[] => [{ code, message, severity: 'error', range, why, fixes }];
  const replacement = (meant: string | undefined, suffix = ''): readonly TextFix[] =>
    meant === undefined ? [] : [{ title: `Change to {{${meant}${suffix}}}`, edits: [{ range, newText: `{{${meant}${suffix}}}` }], preferred: true }];
  switch (reference.kind) {
    case 'malformed':
      return tell('variable-malformed', `The placeholder cannot be understood. ${reference.why}`, 'To keep two braces as text, write \\\\{{ in the JSON.');
    case 'generated':
      return none;
    case 'env':
      if (holdsKey(reference.name)) return tell('variable-key', `{{$env ${reference.name}}} is not read: keys are never variables.`, 'Variables that begin with MAHO_SOAP_ hold API keys. A request file must not be able to send one anywhere.');
      if (!context.trusted) return tell('variable-untrusted', `{{$env ${reference.name}}} is not read in an untrusted workspace.`, 'A request file could send what the environment of this machine holds to a store.');
      return [];
    case 'store': {
      if (storeFields.some((field) => field === reference.field)) return none;
      const meant = similar(reference.field, storeFields);
      return tell('variable-store', `{{store.${reference.field}}} is not to be had: of a store there are ${storeFields.join(', ')}.`, 'Keys and passwords are never variables.', replacement(meant === undefined ? undefined : `store.${meant}`));
    }
    case 'result': {
      const position = context.requests.get(reference.request);
      if (position === undefined) {
        const meant = similar(reference.request, context.requests.keys());
        return tell('variable-request', `There is no request "${reference.request}" in this file.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`, undefined, replacement(meant, source.slice(reference.request.length)));
      }
      if (position >= before) return tell('variable-later', `The request "${reference.request}" comes ${position === before ? 'no earlier than its own result' : 'later in the file'}.`, 'Requests run in order, so only results of earlier ones are known. Variables are for all requests and cannot hold results.');
      return [];
    }
    case 'variable': {
      if (context.variables.has(reference.name)) return none;
      const meant = similar(reference.name, context.variables);
      return tell('variable-unknown', `There is no variable "${reference.name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`, 'Variables stand in the file under "variables", or in the chosen environment file.', replacement(meant));
    }
  }
}

const none: readonly Diagnostic[] = [];

/** Where a placeholder stands in the file. In a text with escapes the offsets differ, so the text is searched. */
function placeOf(text: string, node: Node, value: string, { offset, length }: Placeholder): Range {
  if (node.length === value.length + 2) return { offset: node.offset + 1 + offset, length };
  const raw = text.slice(node.offset, node.offset + node.length);
  const written = JSON.stringify(value.slice(offset, offset + length)).slice(1, -1);
  const earlier = placeholders(value.slice(0, offset)).filter((each) => value.slice(each.offset, each.offset + each.length) === value.slice(offset, offset + length)).length;
  let at = -1;
  for (let count = 0; count <= earlier; count++) at = raw.indexOf(written, at + 1);
  return at < 0 ? { offset: node.offset, length: node.length } : { offset: node.offset + at, length: written.length };
}

/** Variables that are made of themselves, directly or over others. */
export function checkCycles(file: RequestFile, environment: ReadonlySet<string>): readonly Diagnostic[] {
  const variables = new Map(file.variables.filter(({ name }) => !environment.has(name)).map((variable) => [variable.name, variable] as const));
  const uses = new Map([...variables].map(([name, { value }]) => [name, referencesIn(value).flatMap((reference) => (reference.kind === 'variable' && variables.has(reference.name) ? [reference.name] : []))] as const));
  return [...variables.values()].flatMap((variable): readonly Diagnostic[] => {
    const path = wayBack(variable, uses);
    if (path === undefined) return [];
    return [{ code: 'variable-cycle', message: `The variable "${variable.name}" is made of itself: ${path.join(' -> ')}.`, severity: 'error', range: variable.range, fixes: [] }];
  });
}

/** The way from a variable over its uses back to itself. */
function wayBack({ name }: FileVariable, uses: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const seen = new Set<string>();
  const open: string[][] = [[name]];
  for (let path = open.shift(); path !== undefined; path = open.shift()) {
    for (const next of uses.get(path.at(-1) ?? '') ?? []) {
      if (next === name) return [...path, name];
      if (seen.has(next)) continue;
      seen.add(next);
      open.push([...path, next]);
    }
  }
  return undefined;
}
