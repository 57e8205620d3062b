import { later, translated, t } from '../../l10n/texts';
import { facets } from '../../api/dialect-facets';
import { toV1Filters, toV2Filters } from '../../api/filters';
import { findTraps, type Finding, type Severity, type StoreKnowledge } from '../../api/traps';
import { isRecord } from '../../api/value';
import { knownResources, type ResourceRegistry } from '../../api/resources';
import { findCalls, type FoundCall } from './calls';
import { codeFix, filtersArgument, written, type CodeFix } from './edits';
import { locate } from './locate';
import { entryOf, isLiteral, keyOf, UNKNOWN, valueOf, type CodeLanguage, type CodeNode, type Span } from './node';
import { unwrapLists, wrappers } from './normal';

/** A problem of a call in code. */
export interface CodeDiagnostic {
  readonly span: Span;
  /** Stable: the code of a trap (`api/traps`), or one of {@link codeTraps}. */
  readonly code: string;
  readonly severity: Severity;
  /** One sentence that says what happens. */
  readonly message: string;
  /** The reason, and where it was observed. */
  readonly why: string;
  readonly source: string;
  readonly fixes: readonly CodeFix[];
}

/** Traps of code only. Requests of this tool do not have them, because they are written for their dialect. */
export const codeTraps = {
  method: {
    code: 'code-method',
    why: later(
      'This method is not in any known API. A store with an extension may have it. Other stores return fault 3, ' +
        '"Invalid api path.", over V1 and HTTP 500 over V2 and WS-I.',
    ),
    source: 'facts §8',
  },
  v2FiltersForm: {
    code: 'code-filters-form',
    why: later(
      'V2 and WS-I accept filter and complex_filter. Other elements are dropped without a fault, and the whole ' + 'store is returned.',
    ),
    source: 'facts §5',
  },
  v1FiltersForm: {
    code: 'code-filters-v2-form',
    why: later('V1 needs a map of attributes. It reads filter and complex_filter as attributes and returns fault 101.'),
    source: 'wire v1/48',
  },
  wrapper: {
    code: 'code-list-wrapper',
    why: later('WS-I puts lists into an element complexObjectArray. Without it, the list is dropped without a fault.'),
    source: 'facts §1, facts §4',
  },
  items: {
    code: 'code-list-items',
    why: later(
      'The soap package sends a list as it is, so the store finds no items. V2 needs { item: [...] }, WS-I { ' +
        'complexObjectArray: [...] }.',
    ),
    source: 'soap 1.13, objectToXML',
  },
  listValue: {
    code: 'code-filter-list-value',
    why: later('The value of a V2 filter is one text, and the store splits lists at commas. A list is sent as something else.'),
    source: 'facts §5',
  },
} as const;

/** The problems of all calls in a file, in order. Pure, never throws; costs almost nothing for files without calls. */
export function diagnose(
  text: string,
  language: CodeLanguage,
  knowledge?: StoreKnowledge,
  registry: ResourceRegistry = knownResources,
): readonly CodeDiagnostic[] {
  return findCalls(text, language, registry)
    .flatMap((call) => diagnoseCall(text, call, knowledge))
    .sort((a, b) => a.span.start - b.span.start);
}

/** The problems of one call. */
export function diagnoseCall(text: string, call: FoundCall, knowledge?: StoreKnowledge): readonly CodeDiagnostic[] {
  const formed = formTraps(call);
  const root = call.args === undefined ? undefined : call.positional ? call.args : unwrapLists(call.args);
  // Findings about the content of filters make no sense while their form is wrong.
  const wrongForm = formed.some(({ code }) => code === codeTraps.v2FiltersForm.code || code === codeTraps.v1FiltersForm.code);
  const found = findings(call, root, knowledge).filter(
    ({ path }) => !(wrongForm && (path.includes(filtersArgument(call)?.name ?? '') || call.positional)),
  );
  const unknown: readonly CodeDiagnostic[] =
    call.known === undefined && !found.some(({ at }) => at === 'method')
      ? [
          {
            ...trapTold(codeTraps.method),
            span: call.methodSpan,
            severity: 'information',
            message: t('{owner} has no method "{name}".', { owner: call.registry.further?.owner ?? t('The catalogue'), name: call.method }),
            fixes: [],
          },
        ]
      : [];
  return [...unknown, ...formed, ...found.map((finding) => diagnosticOf(text, call, root, finding))];
}

function findings(call: FoundCall, root: CodeNode | undefined, knowledge: StoreKnowledge | undefined): readonly Finding[] {
  const value = root === undefined ? undefined : valueOf(root);
  const common = { dialect: call.dialect, knowledge, registry: call.registry, opaque: (inner: unknown) => inner === UNKNOWN };
  // Checked as V1's `call`, because an empty list of arguments is a trap there.
  const found = call.positional
    ? findTraps({ ...common, method: 'call', args: { resourcePath: call.method, ...(value === undefined ? {} : { args: value }) } }).map(
        (finding) => ({
          ...finding,
          path: finding.path.slice(1),
          fixes: finding.fixes.map((fix) => ({
            ...fix,
            edits: fix.edits.map((edit) => (edit.kind === 'method' ? edit : { ...edit, path: edit.path.slice(1) })),
          })),
        }),
      )
    : findTraps({ ...common, method: call.method, args: value });
  // The store may have an operation beyond the catalogue, so only a misspelled one is reported.
  return found.filter(({ code, fixes }) => code !== 'method-v1-only' && (code !== 'method-path' || fixes.length > 0));
}

function diagnosticOf(text: string, call: FoundCall, root: CodeNode | undefined, finding: Finding): CodeDiagnostic {
  const { code, severity, message, why, source } = finding;
  const fixes = finding.fixes.flatMap((fix) => codeFix(text, call, root, fix) ?? []);
  return { span: spanOf(call, root, finding), code, severity, message, why, source, fixes };
}

function spanOf(call: FoundCall, root: CodeNode | undefined, { path, at }: Finding): Span {
  if (at === 'method' || root === undefined) return call.methodSpan;
  const { node, entry, exact } = locate(root, path);
  const key = entry?.key;
  if (exact && at === 'key' && key !== undefined && key.end > key.start) return key;
  if (node === root && !(call.positional && exact && path.length > 0)) return call.methodSpan;
  // A whole map or list is reported at its key, which is clearer than an underline over many lines.
  if (node.kind === 'map' || node.kind === 'list')
    return key !== undefined && key.end > key.start ? key : { start: node.start, end: Math.min(node.end, node.start + 1) };
  return node;
}

/** Traps in the form of the arguments. */
function formTraps(call: FoundCall): readonly CodeDiagnostic[] {
  if (call.args === undefined) return [];
  return [...filtersForm(call, call.args), ...(call.positional ? [] : listForm(call, call.args))];
}

function filtersForm(call: FoundCall, args: CodeNode): readonly CodeDiagnostic[] {
  const argument = filtersArgument(call);
  if (argument === undefined || call.known === undefined) return [];
  const raw = filtersNode(call, args, argument.name, call.known.args.indexOf(argument));
  if (raw?.kind !== 'map' || raw.entries.length === 0) return [];
  const keys = raw.entries.map(({ key }) => keyOf(key));
  const isElement = (key: string | undefined): boolean => key === undefined || key === 'filter' || key === 'complex_filter';
  if (call.positional) {
    const stray = raw.entries.find(
      ({ key, value }) => keyOf(key) !== undefined && isElement(keyOf(key)) && value?.kind !== 'text' && value?.kind !== 'scalar',
    );
    return stray === undefined
      ? []
      : [
          formDiagnostic(
            call,
            raw,
            stray.key,
            codeTraps.v1FiltersForm,
            t('V1 filters have no such element; they are a map of attributes.'),
            t('Write it in the V1 form'),
            toV1Filters,
          ),
        ];
  }
  if (keys.every(isElement)) return [];
  const stray = raw.entries.find(({ key }) => !isElement(keyOf(key)));
  // The traps report a misspelled element.
  if (stray === undefined || keys.some((key) => /^(?:complex|simple)?[_-]?filters?$/i.test(key ?? ''))) return [];
  return [
    formDiagnostic(
      call,
      raw,
      stray.key,
      codeTraps.v2FiltersForm,
      t('This is dropped, and the whole store is returned: V2 and WS-I accept filter and complex_filter.'),
      t('Write it in the V2 form'),
      (value) => toV2Filters(value) ?? {},
    ),
  ];
}

/** The node with the filters of a call. V1 also accepts a bare map if filters are the only argument. */
function filtersNode({ positional }: FoundCall, args: CodeNode, name: string, place: number): CodeNode | undefined {
  if (args.kind === 'map') return entryOf(args, name)?.value ?? (positional && place === 0 ? args : undefined);
  if (!positional) return undefined;
  return args.kind === 'list' ? args.items[place] : place === 0 ? args : undefined;
}

type Trap = (typeof codeTraps)[keyof typeof codeTraps];

/** A trap, with its reason in the language of the reader. */
function trapTold({ code, why, source }: Trap): Pick<CodeDiagnostic, 'code' | 'why' | 'source'> {
  return { code, why: translated(why), source };
}

function formDiagnostic(
  call: FoundCall,
  node: CodeNode,
  place: CodeNode,
  trap: Trap,
  message: string,
  title: string,
  convert: typeof toV1Filters,
): CodeDiagnostic {
  const plain = unwrapLists(node);
  const value = isLiteral(plain) ? valueOf(plain) : undefined;
  const text =
    value !== undefined && !built(node) && isRecord(value) && convertible(value, convert) ? written(call, convert(value)) : undefined;
  const fixes = text === undefined ? [] : [{ title, preferred: true, edits: [{ span: node, text }] }];
  return { span: place, ...trapTold(trap), severity: 'error', message, fixes };
}

/** Whether a value was filled step by step. It is not in one place, so it cannot be rewritten there. */
function built(node: CodeNode): boolean {
  if (node.kind === 'list') return node.built === true || node.items.some(built);
  return node.kind === 'map' && (node.built === true || node.entries.some((entry) => entry.value !== undefined && built(entry.value)));
}

/** Whether filters can be converted to another form. Alternatives and malformed filters cannot. They get no fix, and the traps say why. */
function convertible(value: Parameters<typeof toV1Filters>[0], convert: typeof toV1Filters): boolean {
  try {
    convert(value);
    return true;
  } catch (error) {
    if (error instanceof Error && 'kind' in error && error.kind === 'input') return false;
    throw error;
  }
}

/** Reports lists without their wrapper, and lists as values of filters. */
function listForm(call: FoundCall, args: CodeNode): readonly CodeDiagnostic[] {
  const { itemElement } = facets[call.dialect];
  const needs = itemElement !== undefined || call.language === 'typescript';
  const found: CodeDiagnostic[] = [];
  const visit = (node: CodeNode, inside: boolean, operator: boolean): void => {
    if (node.kind === 'list') {
      if (operator)
        found.push(
          listDiagnostic(
            call,
            node,
            codeTraps.listValue,
            t('A filter does not accept this list as a value: write "1,3".'),
            joined(call, node),
          ),
        );
      else if (needs && !inside && node.items.length > 0) {
        const wrapper = itemElement ?? 'item';
        const trap = call.language === 'php' ? codeTraps.wrapper : codeTraps.items;
        found.push(
          listDiagnostic(
            call,
            node,
            trap,
            t('This list is dropped: it needs {wrapper} around it.', { wrapper }),
            isLiteral(node) ? written(call, valueOf(node)) : undefined,
          ),
        );
      }
      if (!operator) for (const item of node.items) visit(item, false, false);
    } else if (node.kind === 'map') {
      const condition = entryOf(node, 'key') !== undefined;
      for (const { key, value } of node.entries)
        if (value !== undefined) visit(value, wrappers.has(keyOf(key) ?? ''), condition && keyOf(key) === 'value');
    }
  };
  if (args.kind === 'map') for (const { value } of args.entries) if (value !== undefined) visit(value, false, false);
  return found;
}

function listDiagnostic(call: FoundCall, node: CodeNode, trap: Trap, message: string, text: string | undefined): CodeDiagnostic {
  const fixes =
    text === undefined || built(node)
      ? []
      : [
          {
            title: trap === codeTraps.listValue ? t('Write it as one text') : t('Put the wrapper around it'),
            preferred: true,
            edits: [{ span: node, text }],
          },
        ];
  return { span: { start: node.start, end: Math.min(node.end, node.start + 1) }, ...trapTold(trap), severity: 'error', message, fixes };
}

/** Converts `[1, 3]` to `'1,3'`; `undefined` if a value has a comma. */
function joined(call: FoundCall, node: CodeNode): string | undefined {
  if (node.kind !== 'list' || !isLiteral(node)) return undefined;
  const parts = node.items.map((item) => (item.kind === 'text' || item.kind === 'scalar' ? String(item.value) : ','));
  return parts.some((part) => part.includes(',')) ? undefined : written(call, parts.join(','));
}
