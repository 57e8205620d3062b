import { translated, t } from '../../l10n/texts';
import { dialectLabels, isSoap, type Dialect } from '../../api/dialect';
import { ToolkitError } from '../../api/errors';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../../api/value';
import { generateRestCode, restCodeTargets, restTitle, type RestCodeTarget } from '../../codegen/rest';
import {
  fieldsOf,
  gravestFirst,
  translate,
  withExamples,
  type Field,
  type FieldEntity,
  type Note,
  type TranslatedRequest,
  type SoapCall,
  type Translation,
  type Verdict,
} from '../../rest-equivalent';

/** A call and its equivalent over REST, for a page. */
export interface Equivalence {
  readonly method: string;
  readonly verdict: Verdict;
  readonly summary: string;
  readonly soap: {
    readonly title: string;
    /** The known arguments as JSON, secrets masked. */
    readonly args: string;
  };
  readonly rest:
    | {
        readonly request: Pick<TranslatedRequest, 'http' | 'path' | 'query'>;
        /** As JSON, secrets masked. `undefined` if the request has no body. */
        readonly body: string | undefined;
        readonly permission: string | undefined;
        readonly since: string;
      }
    | undefined;
  /** Notes about this call. */
  readonly reasons: readonly Note[];
  /** Notes about every call of the method. */
  readonly notes: readonly Note[];
  readonly fields: readonly (Field & { readonly used: boolean })[];
  readonly programs: readonly { readonly target: RestCodeTarget; readonly text: string }[];
  /** Whether unknown values were replaced by examples. */
  readonly examples: boolean;
  /** Why there is no program, although the call has an equivalent. */
  readonly problem: string | undefined;
}

/** The address and user in programs. */
export interface ProgramStore {
  readonly url: string;
  readonly user: string;
}

const entities: Readonly<Record<string, FieldEntity>> = { customer: 'customer', customer_group: 'group', customer_address: 'address' };

/**
 * The content of the page about a call.
 * @param mask masks secrets
 * @throws {ToolkitError} of kind `input`, `rest-unknown`, for a method beyond the customer family
 */
export function equivalenceOf(
  soap: SoapCall,
  store: ProgramStore,
  dialect: Dialect | undefined,
  mask: (value: SoapRecord) => SoapRecord,
): Equivalence {
  const translation = translate(soap);
  if (translation === undefined) {
    throw new ToolkitError('input', {
      code: 'rest-unknown',
      what: t('There is no known REST equivalent of {method}.', { method: soap.method }),
      why: t('Only the methods of customers, customer groups and addresses have a known one.'),
      next: t('See the OpenAPI document of the shop at /api/docs.json.'),
    });
  }
  const { equivalent, verdict, reasons, request } = translation;
  const { call, filled } = withExamples(soap);
  const shown = JSON.stringify(mask(shownRecord(soap.args ?? {}, soap.isUnknown)), undefined, 2);
  const used = usedNames(soap.args);
  const [resource = ''] = soap.method.split('.');
  const entity = Object.hasOwn(entities, resource) ? entities[resource] : undefined;
  const fields = (entity === undefined ? [] : fieldsOf(entity)).map((field) => ({
    ...field,
    used: field.soap !== undefined && used.has(field.soap),
  }));
  return {
    method: soap.method,
    verdict,
    summary: translated(equivalent.summary),
    soap: {
      title: dialect === undefined || !isSoap(dialect) ? 'SOAP' : ['SOAP', dialectLabels[dialect]].join(' '),
      args: shown,
    },
    rest:
      request === undefined || equivalent.request === undefined
        ? undefined
        : {
            request,
            body: request.body === undefined ? undefined : JSON.stringify(mask(shownRecord(request.body, soap.isUnknown)), undefined, 2),
            permission: equivalent.request.permission,
            since: equivalent.request.since,
          },
    reasons,
    notes: gravestFirst(equivalent.notes),
    // A call without an equivalent that uses no attributes needs no list of attributes.
    fields: request === undefined && !fields.some((field) => field.used) ? [] : fields,
    ...programsOf(translate(call), store),
    examples: filled,
  };
}

function programsOf(translation: Translation | undefined, store: ProgramStore): Pick<Equivalence, 'programs' | 'problem'> {
  const request = translation?.request;
  if (translation === undefined || request === undefined) return { programs: [], problem: undefined };
  const title = `${restTitle(translation.equivalent.method)}: ${request.http} ${translation.equivalent.request?.path ?? ''}`;
  try {
    const texts = restCodeTargets.map((target) => ({ target, text: generateRestCode({ ...store, ...request, title }, target) }));
    return { programs: texts, problem: undefined };
  } catch (error) {
    if (!(error instanceof ToolkitError)) throw error;
    return { programs: [], problem: error.words.what };
  }
}

/** Replaces unknown values by an ellipsis. */
function shownValue(value: SoapValue, isUnknown: SoapCall['isUnknown']): SoapValue {
  if (isUnknown?.(value) === true) return '…';
  if (isList(value)) return value.map((item) => shownValue(item, isUnknown));
  return isRecord(value) ? shownRecord(value, isUnknown) : value;
}

function shownRecord(record: SoapRecord, isUnknown: SoapCall['isUnknown']): SoapRecord {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, shownValue(value, isUnknown)]));
}

/** Names of attributes that a call uses: keys at any depth, and names in lists. */
function usedNames(args: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (typeof args === 'string') found.add(args);
  if (typeof args !== 'object' || args === null) return found;
  for (const [key, value] of Object.entries(args)) {
    found.add(key);
    usedNames(value, found);
  }
  return found;
}
