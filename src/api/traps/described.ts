import { isFiltersType } from '../filters';
import type { Method } from '../method';
import { openList, WINDOW_IDS, windowFilters } from '../store-methods/windows';
import type { EntityType } from '../types';
import { isList, isRecord, type SoapValue } from '../value';
import { formatNumber, later, t } from '../../l10n/texts';
import { checkType, MAX_CHECKED_LEVELS, type GivenArgument, type ValueToCheck } from './arguments';
import { checkFilters, narrows } from './filters';
import { valueText, typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps in arguments whose types come from the store's description only (facts §1, §4). */
export const describedTraps = {
  field: {
    code: 'field-unknown',
    severity: 'warning',
    title: later('A field that the WSDL does not have'),
    why: later(
      'V2 and WS-I send only the fields of their WSDL. Other fields are dropped without a fault. V1 accepts every ' + 'attribute.',
    ),
    source: 'facts §4',
  },
  number: {
    code: 'field-number',
    severity: 'warning',
    title: later('Text in place of a number'),
    why: later('The WSDL declares a number. PHP reads the digits at the beginning of the text, or 0 if there are none.'),
    source: 'facts §1',
  },
  everything: {
    code: 'list-without-limit',
    severity: 'information',
    title: later('A list of everything in the store'),
    why: later(
      'The API has no paging. Without filters, the store builds the whole list in memory before it sends the first ' +
        'byte. A large list takes minutes or ends in a PHP fatal error.',
    ),
    source: 'facts §7',
  },
} as const satisfies Record<string, Trap>;

/** Checks the content of arguments whose types come from a description. */
export function checkDescribed(
  report: Report,
  method: Method,
  given: ReadonlyMap<string, GivenArgument>,
  base: ArgPath,
  whole: SoapValue | undefined,
): void {
  checkLimit(report, method, given, { base, whole });
  const resource = report.registry.resourceOf(method);
  for (const { name, type } of method.args) {
    const argument = given.get(name);
    if (isFiltersType(type) && resource !== undefined) checkFilters(report, argument?.value, argument?.path ?? [...base, name], resource);
    else if (argument?.value !== undefined) checkInside(report, { name, type, value: argument.value, path: argument.path, level: 0 });
  }
}

/** Reports a list without conditions. */
function checkLimit(
  report: Report,
  method: Method,
  given: ReadonlyMap<string, GivenArgument>,
  { base, whole }: { readonly base: ArgPath; readonly whole: SoapValue | undefined },
): void {
  if (report.opaque(whole)) return;
  const list = openList(report.registry.resourceOf(method)?.name ?? '', { args: method.args, result: method.result.type });
  if (list === undefined) return;
  const filters = given.get(list.argument);
  if (report.opaque(filters?.value) || narrows(filters?.value)) return;
  const path = filters?.path ?? [...base, list.argument];
  const fixes: ArgFix[] =
    list.idField === undefined
      ? []
      : [
          {
            title: t('Read the first {count} IDs', { count: formatNumber(WINDOW_IDS) }),
            edits: [{ kind: 'set', path, value: windowFilters(list, { by: 'id', from: 1, to: WINDOW_IDS }) }],
            certain: false,
          },
        ];
  report.add(describedTraps.everything, path, t('Without filters, {id} returns everything in the store.', { id: method.id }), {
    fixes,
  });
}

/** Checks the content of a value. It also reports texts in place of numbers, which the check of arguments does not. */
function checkInside(report: Report, { name, type, value, path, level }: ValueToCheck): void {
  if (report.opaque(value) || value === null || level > MAX_CHECKED_LEVELS) return;
  // Filters have their own check.
  if (isFiltersType(type)) return;
  switch (type.kind) {
    case 'int':
    case 'double':
      if (typeof value === 'string' && value.trim() !== '' && !/^\s*-?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?\s*$/i.test(value))
        report.add(describedTraps.number, path, t('{name} is a number, not {value}.', { name, value: valueText(value, name) }), {
          dialects: typedDialects,
        });
      return;
    case 'list':
      if (!isList(value)) return;
      value.forEach((item, index) => {
        inner(report, { name, type: type.of, value: item, path: [...path, index], level: level + 1 });
      });
      return;
    case 'entity':
      if (isRecord(value)) checkFields(report, type, value, path, level);
      return;
    default:
  }
}

function checkFields(report: Report, type: EntityType, value: Readonly<Record<string, SoapValue>>, path: ArgPath, level: number): void {
  const fields = new Map(type.fields.map((field) => [field.name, field.type]));
  for (const [key, item] of Object.entries(value)) {
    const field = fields.get(key);
    if (field !== undefined) inner(report, { name: key, type: field, value: item, path: [...path, key], level: level + 1 });
    // An entity without fields has no description.
    else if (fields.size > 0) unknownField(report, type, key, value, path);
  }
}

function inner(report: Report, inside: ValueToCheck): void {
  if (inside.value !== null && !report.opaque(inside.value)) checkType(report, inside.name, inside.type, inside.value, inside.path);
  checkInside(report, inside);
}

function unknownField(
  report: Report,
  { name, fields }: EntityType,
  key: string,
  value: Readonly<Record<string, SoapValue>>,
  path: ArgPath,
): void {
  const meant = similar(
    key,
    fields.map((field) => field.name).filter((other) => !Object.hasOwn(value, other)),
  );
  const fixes: ArgFix[] =
    meant === undefined
      ? []
      : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path: [...path, key], to: meant }], certain: false }];
  report.add(describedTraps.field, [...path, key], withGuess(t('{name} has no field "{key}".', { name, key }), meant), {
    at: 'key',
    dialects: typedDialects,
    // Stores have extensions with fields that the description of a product, or of another store, lacks.
    severity: report.registry.further?.complete === true ? 'warning' : 'information',
    fixes,
  });
}
