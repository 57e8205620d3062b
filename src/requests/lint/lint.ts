import type { Node } from 'jsonc-parser';
import type { Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import type { ResourceRegistry } from '../../api/resources';
import { findTraps, similar, withGuess, type Finding, type StoreKnowledge } from '../../api/traps';
import { textFix } from '../file/edits';
import { inspectEnvelope } from '../file/envelope';
import { type Diagnostic, type Range, type RequestFile, type SavedRequest } from '../file/model';
import { moved } from '../file/shift';
import { descend, nearest, property, propertyAt, rangeOf } from '../file/tree';
import { hasPlaceholder, interpolate } from '../variables/template';
import { isWrite } from '../../store';
import { t } from '../../l10n/texts';
import { checkCycles } from './cycles';
import { misspelledExpectations } from './expected';
import { undescribed } from './undescribed';
import { checkReference, placeholdersIn, suggesting, type PlacedPlaceholder, type ReferenceContext } from './references';

/** Knowledge from outside the file. All of it is optional. A check that needs a missing part is skipped. */
export interface LintContext {
  /** Dialect of the file's store, for requests that name none. */
  readonly dialect?: Dialect | undefined;
  readonly knowledge?: StoreKnowledge | undefined;
  /** Names of the known stores. */
  readonly stores?: readonly string[] | undefined;
  /** Names of the variables of the chosen environment file. */
  readonly environment?: readonly string[] | undefined;
  /** The content of the files that it includes, see `withIncluded`. */
  readonly included?:
    | {
        readonly variables: readonly string[];
        /** Names of requests that run before those of the file. */
        readonly requests: readonly string[];
        readonly problems: readonly Diagnostic[];
      }
    | undefined;
  /** `false` in an untrusted workspace. The default is `true`. */
  readonly trusted?: boolean | undefined;
  /**
   * The known methods for requests of a dialect: those of the catalogue and of the store's description. It must be the same object until
   * they change. `undefined` while no description is known.
   */
  readonly registry?: ((dialect: Dialect | undefined) => ResourceRegistry | undefined) | undefined;
  /** Whether the host can read descriptions of methods. If so, a method without a description gets a hint. */
  readonly describing?: boolean | undefined;
}

/**
 * Checks the content of a request file: traps, placeholders, the store. Keeps the traps found in each request, so that after an edit only
 * the changed requests are checked again.
 * @example
 * const linter = new Linter();
 * const diagnostics = linter.lint(reader.read(text), { dialect: 'v2' });
 */
export class Linter {
  /** By the syntax tree of the request, which is the same object while its text stays the same. */
  #found = new Map<Node, RequestFindings>();
  #around = '';
  #registry: LintContext['registry'];

  /** All diagnostics of a file, sorted by place. Problems from reading it are included. */
  lint(file: RequestFile, context: LintContext = {}): readonly Diagnostic[] {
    const environment = new Set(context.environment ?? []);
    const references: ReferenceContext = {
      variables: new Set([...environment, ...file.variables.map(({ name }) => name), ...(context.included?.variables ?? [])]),
      requests: new Map([...(context.included?.requests ?? []).map((name) => [name, -1] as const), ...firstPositions(file.all)]),
      trusted: context.trusted ?? true,
      suggest: suggesting(),
    };
    const around = JSON.stringify([context.dialect, context.knowledge, context.describing]);
    const before = around === this.#around && context.registry === this.#registry ? this.#found : new Map<Node, RequestFindings>();
    this.#around = around;
    this.#registry = context.registry;
    this.#found = new Map();
    const own: Diagnostic[] = [];
    for (const request of file.all) {
      const { offset, length } = request.range;
      const known = before.get(request.node);
      const found =
        known !== undefined && known.dialect === request.dialect
          ? known
          : examineRequest(file.text.slice(offset, offset + length), request, context);
      this.#found.set(request.node, found);
      for (const trap of found.traps) own.push(moved(trap, offset));
      for (const each of found.placeholders)
        for (const problem of checkReference(each, references, request.index, request.each !== undefined)) own.push(moved(problem, offset));
      // An expectation may refer to the result of its own request.
      for (const each of found.expected)
        for (const problem of checkReference(each, references, request.index + 1, request.each !== undefined))
          own.push(moved(problem, offset));
    }
    const variables = file.variables
      .flatMap(({ node }) => placeholdersIn(file.text, node))
      .flatMap((each) => checkReference(each, references, -1));
    const included = context.included?.problems ?? [];
    return [...file.problems, ...included, ...storeProblems(file, context), ...checkCycles(file, environment), ...variables, ...own].sort(
      (a, b) => a.range.offset - b.range.offset,
    );
  }
}

/** The findings in a request that do not depend on the rest of the file. Offsets count from its beginning. */
interface RequestFindings {
  readonly dialect: Dialect | undefined;
  readonly traps: readonly Diagnostic[];
  /** In the parts that are sent. */
  readonly placeholders: readonly PlacedPlaceholder[];
  /** In the expectations. */
  readonly expected: readonly PlacedPlaceholder[];
}

function examineRequest(text: string, request: SavedRequest, context: LintContext): RequestFindings {
  const { node, dialect } = request;
  const any = text.includes('{{');
  return {
    dialect,
    traps: [...lintRequest(text, request, context), ...repeatedWrite(request)],
    placeholders: any
      ? [
          ...placeholdersIn(text, descend(node, ['args'])),
          ...placeholdersIn(text, descend(node, ['each'])),
          ...placeholdersIn(text, descend(node, ['envelope']), true),
        ]
      : [],
    expected: any ? [...placeholdersIn(text, descend(node, ['expect'])), ...placeholdersIn(text, descend(node, ['until']))] : [],
  };
}

/** All diagnostics of a file that is checked once. */
export function lint(file: RequestFile, context: LintContext = {}): readonly Diagnostic[] {
  return new Linter().lint(file, context);
}

/** Traps of one request. Offsets count from its beginning, as in its syntax tree. */
function lintRequest(text: string, request: SavedRequest, context: LintContext): readonly Diagnostic[] {
  if (request.envelope !== undefined) return envelopeProblems(request);
  if (request.method === undefined) return [];
  const dialect = request.dialect ?? context.dialect;
  const registry = context.registry?.(dialect);
  const findings = findTraps({
    method: request.method,
    args: request.args,
    dialect,
    knowledge: context.knowledge,
    registry,
    opaque: (value) => typeof value === 'string' && hasPlaceholder(value),
  });
  const unknown = registry === undefined && context.describing === true ? undescribed(request) : [];
  // Answers of V1 have more fields than the description names.
  const typed = dialect !== undefined && !facets[dialect].allAttributes;
  const expected = registry !== undefined && typed ? misspelledExpectations(request, registry) : [];
  return [...findings.map((finding) => diagnosticOf(text, request, finding)), ...unknown, ...expected];
}

/** The problem of a write with `until`, which would be repeated. */
function repeatedWrite({ until, method, node }: SavedRequest): readonly Diagnostic[] {
  const key = property(node, 'until')?.keyNode;
  if (until === undefined || key === undefined || method === undefined || method === 'multiCall' || !isWrite(method)) return [];
  return [
    {
      code: 'until-write',
      message: t('"until" repeats a request, and {method} writes to the store.', { method }),
      severity: 'error',
      range: rangeOf(key),
      why: t('A write is sent only once. Let another request read until the result of the write is there.'),
      fixes: [],
    },
  ];
}

function diagnosticOf(text: string, request: SavedRequest, finding: Finding): Diagnostic {
  const { code, message, severity, why, source } = finding;
  const fixes = finding.fixes.flatMap((fix) => textFix(text, request.node, fix) ?? []);
  return { code, message, severity, why, source, range: placeOf(request, finding), fixes };
}

function placeOf({ node }: SavedRequest, { path, at }: Finding): Range {
  const whole = rangeOf(property(node, 'method')?.value ?? property(node, 'name')?.value ?? node);
  if (at === 'method') return whole;
  const full = ['args', ...path];
  const key = at === 'key' ? propertyAt(node, full)?.keyNode : undefined;
  if (key !== undefined) return rangeOf(key);
  const found = nearest(node, full);
  // An argument that is missing altogether is reported at the method, a key missing in a map at the key of the map.
  if (found === node) return whole;
  if (found.type === 'object' || found.type === 'array') {
    const keyNode = found.parent?.type === 'property' ? found.parent.children?.[0] : undefined;
    if (keyNode !== undefined) return rangeOf(keyNode);
  }
  return rangeOf(found);
}

function envelopeProblems({ envelope, node }: SavedRequest): readonly Diagnostic[] {
  const filled = interpolate(envelope ?? '', () => 'x');
  const { methods, unclear } = inspectEnvelope(filled);
  if (unclear === undefined) return [];
  const place = property(node, 'envelope')?.keyNode ?? node;
  const why = t(
    'It counts as a write, since the store may run something other than what it seems to call. Read-only stores refuse it, production stores ask for confirmation.',
  );
  if (methods.length > 0) {
    return [
      {
        code: 'envelope-unclear',
        message: `${t('This envelope counts as a write.')} ${unclear}`,
        severity: 'information',
        range: rangeOf(place),
        why,
        fixes: [],
      },
    ];
  }
  return [
    {
      code: 'envelope-unreadable',
      message: t('The method that this envelope calls cannot be determined: it is not a readable SOAP request.'),
      severity: 'warning',
      range: rangeOf(place),
      why: `${t('It can be sent as it is.')} ${why}`,
      fixes: [],
    },
  ];
}

function storeProblems(file: RequestFile, { stores }: LintContext): readonly Diagnostic[] {
  if (file.store === undefined || stores === undefined) return [];
  const { name, range } = file.store;
  const times = stores.filter((store) => store === name).length;
  if (times > 1) {
    return [
      {
        code: 'store-ambiguous',
        message: t('The name "{name}" is not unique: {count} stores have it.', { name, count: times }),
        severity: 'warning',
        range,
        why: t('Nothing is sent until each store has a unique name. Change the name in the settings.'),
        fixes: [],
      },
    ];
  }
  if (times === 1) return [];
  const meant = similar(name, stores);
  return [
    {
      code: 'store-unknown',
      message: withGuess(t('There is no store "{name}".', { name }), meant),
      severity: 'warning',
      range,
      why: t('Use the name of a store in the settings. Without one, you select the store when you run the requests.'),
      fixes:
        meant === undefined
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ range, newText: JSON.stringify(meant) }], preferred: true }],
    },
  ];
}

function firstPositions(requests: readonly SavedRequest[]): ReadonlyMap<string, number> {
  const positions = new Map<string, number>();
  for (const { name, index } of requests) if (name !== '' && !positions.has(name)) positions.set(name, index);
  return positions;
}
