import type { Dialect } from '../../api/dialect';
import { findTraps, similar, type Finding, type StoreKnowledge } from '../../api/traps';
import { textFix } from '../file/edits';
import { inspectEnvelope } from '../file/envelope';
import type { Diagnostic, Range, RequestFile, SavedRequest } from '../file/model';
import { descend, nearest, property, propertyAt, rangeOf } from '../file/tree';
import { hasPlaceholder, interpolate } from '../variables/template';
import { checkCycles, checkReferences, type ReferenceContext } from './references';

/** What is known around a file. Everything may be left out; then nothing is said about it. */
export interface LintContext {
  /** Dialect of the file's store, for requests that name none. */
  readonly dialect?: Dialect | undefined;
  readonly knowledge?: StoreKnowledge | undefined;
  /** Names of the stores that there are. */
  readonly stores?: readonly string[] | undefined;
  /** Names of the variables of the chosen environment file. */
  readonly environment?: readonly string[] | undefined;
  /** `false` in an untrusted workspace. Trusted otherwise. */
  readonly trusted?: boolean | undefined;
}

/**
 * Looks at what a request file says: traps, placeholders, the store. Keeps what it found for each request, so that after
 * a change only the requests that changed are looked at again.
 *
 * @example
 * const linter = new Linter();
 * const diagnostics = linter.lint(parseRequestFile(text), { dialect: 'v2' });
 */
export class Linter {
  #found = new Map<string, readonly Diagnostic[]>();

  /** All diagnostics of a file, those of reading it included, in the order they stand. */
  lint(file: RequestFile, context: LintContext = {}): readonly Diagnostic[] {
    const environment = new Set(context.environment ?? []);
    const references: ReferenceContext = {
      variables: new Set([...environment, ...file.variables.map(({ name }) => name)]),
      requests: firstPositions(file.requests),
      trusted: context.trusted ?? true,
    };
    // What a request's diagnostics depend on besides its own text and its place.
    const around = JSON.stringify([context.dialect, context.knowledge, references.trusted, [...references.variables], file.requests.map(({ name }) => name)]);
    const before = around === this.#around ? this.#found : new Map<string, readonly Diagnostic[]>();
    this.#around = around;
    this.#found = new Map();
    const own = file.requests.flatMap((request) => this.#request(file.text, request, context, references, before));
    const variables = file.variables.flatMap(({ node }) => checkReferences(file.text, node, references, -1));
    return [...file.problems, ...storeProblems(file, context), ...checkCycles(file, environment), ...variables, ...own].sort((a, b) => a.range.offset - b.range.offset);
  }

  #around = '';

  #request(text: string, request: SavedRequest, context: LintContext, references: ReferenceContext, before: ReadonlyMap<string, readonly Diagnostic[]>): readonly Diagnostic[] {
    const { offset, length } = request.range;
    const key = `${request.index} ${request.dialect ?? ''}\n${text.slice(offset, offset + length)}`;
    const known = before.get(key);
    const found = known ?? lintRequest(text, request, context, references).map((diagnostic) => moved(diagnostic, -offset));
    this.#found.set(key, found);
    return found.map((diagnostic) => moved(diagnostic, offset));
  }
}

/** All diagnostics of a file, looked at once. */
export function lint(file: RequestFile, context: LintContext = {}): readonly Diagnostic[] {
  return new Linter().lint(file, context);
}

function lintRequest(text: string, request: SavedRequest, context: LintContext, references: ReferenceContext): readonly Diagnostic[] {
  const { node, index } = request;
  const placeholders = ['args', 'expect'].flatMap((key) => checkReferences(text, descend(node, [key]), references, key === 'expect' ? index + 1 : index));
  if (request.envelope !== undefined) return [...placeholders, ...checkReferences(text, descend(node, ['envelope']), references, index, true), ...envelopeProblems(request)];
  if (request.method === undefined) return placeholders;
  const findings = findTraps({ method: request.method, args: request.args, dialect: request.dialect ?? context.dialect, knowledge: context.knowledge, opaque: (value) => typeof value === 'string' && hasPlaceholder(value) });
  return [...placeholders, ...findings.map((finding) => diagnosticOf(text, request, finding))];
}

function diagnosticOf(text: string, request: SavedRequest, finding: Finding): Diagnostic {
  const { code, message, severity, why, source } = finding;
  const fixes = finding.fixes.flatMap((fix) => textFix(text, request.node, fix) ?? []);
  return { code, message, severity, why, source, range: placeOf(request, finding), fixes };
}

function placeOf({ node, methodRange, nameRange }: SavedRequest, { path, at }: Finding): Range {
  if (at === 'method') return methodRange ?? nameRange;
  const full = ['args', ...path];
  const key = at === 'key' ? propertyAt(node, full)?.keyNode : undefined;
  if (key !== undefined) return rangeOf(key);
  const found = nearest(node, full);
  // What is missing altogether is said at the method; what is missing in a map at its key.
  if (found === node) return methodRange ?? nameRange;
  if (found.type === 'object' || found.type === 'array') {
    const keyNode = found.parent?.type === 'property' ? found.parent.children?.[0] : undefined;
    if (keyNode !== undefined) return rangeOf(keyNode);
  }
  return rangeOf(found);
}

function envelopeProblems({ envelope, node }: SavedRequest): readonly Diagnostic[] {
  const filled = interpolate(envelope ?? '', () => 'x');
  const { methods } = inspectEnvelope(filled);
  if (methods.length > 0) return [];
  const place = property(node, 'envelope')?.keyNode ?? node;
  return [
    {
      code: 'envelope-unreadable',
      message: 'What this envelope calls cannot be told: it is no readable SOAP request.',
      severity: 'warning',
      range: rangeOf(place),
      why: 'It can be sent all the same. Because nobody can tell whether it writes, it counts as a write: read-only stores refuse it, production asks.',
      fixes: [],
    },
  ];
}

function storeProblems(file: RequestFile, { stores }: LintContext): readonly Diagnostic[] {
  if (file.store === undefined || stores === undefined || stores.includes(file.store.name)) return [];
  const { name, range } = file.store;
  const meant = similar(name, stores);
  return [
    {
      code: 'store-unknown',
      message: `There is no store "${name}".${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
      severity: 'warning',
      range,
      why: 'Stores are those of the settings. Without one, the store is chosen when the requests are run.',
      fixes: meant === undefined ? [] : [{ title: `Change to ${meant}`, edits: [{ range, newText: JSON.stringify(meant) }], preferred: true }],
    },
  ];
}

function firstPositions(requests: readonly SavedRequest[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const { name, index } of requests) if (name !== '' && !positions.has(name)) positions.set(name, index);
  return positions;
}

function moved(diagnostic: Diagnostic, by: number): Diagnostic {
  const shift = ({ offset, length }: Range): Range => ({ offset: offset + by, length });
  return {
    ...diagnostic,
    range: shift(diagnostic.range),
    fixes: diagnostic.fixes.map((fix) => ({ ...fix, edits: fix.edits.map(({ range, newText }) => ({ range: shift(range), newText })) })),
  };
}
