import { isFiltersType } from '../filters';
import type { Method } from '../method';
import type { WireType } from '../types';
import { isList, isRecord, kindOf, type SoapValue } from '../value';
import { later, plural, translated, t } from '../../l10n/texts';
import { valueText, type Report } from './report';
import { similar } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps of all kinds of arguments (facts §1, §5). */
export const argumentTraps = {
  unknown: {
    code: 'argument-unknown',
    severity: 'error',
    title: later('An argument that the method does not have'),
    why: later('V1 reads arguments by position, not by name. V2 and WS-I ignore unknown elements without a fault.'),
    source: 'facts §1, wire v1/88',
  },
  missing: {
    code: 'argument-missing',
    severity: 'error',
    title: later('A missing argument'),
    why: later('V1 fails with the PHP error "Too few arguments", V2 reads it as empty, and WS-I returns fault 6.'),
    source: 'wire v1/83, v2/163, v2-wsi/160',
  },
  tooMany: {
    code: 'arguments-too-many',
    severity: 'warning',
    title: later('More arguments than the method has'),
    why: later('The store ignores everything after the last argument, without a fault.'),
    source: 'facts §1',
  },
  type: {
    code: 'argument-type',
    severity: 'error',
    title: later('An argument of another type'),
    why: later('V1 converts what it can, with surprising results. V2 and WS-I refuse the request or ignore the value.'),
    source: 'wire v1/86, v1/118, v1/142',
  },
  map: {
    code: 'arguments-map',
    severity: 'error',
    title: later('Arguments by name for a method that is not in the catalogue'),
    why: later('V1 needs a list. PHP 8 reads a map as named arguments and fails for each name that its code does not use.'),
    source: 'wire v1/87, v1/88',
  },
} as const satisfies Record<string, Trap>;

/** One argument of the call, found by name or by position. */
export interface GivenArgument {
  readonly value: SoapValue | undefined;
  readonly path: ArgPath;
}

/** A value inside of an argument, with its declared type. */
export interface ValueToCheck {
  readonly name: string;
  readonly type: WireType;
  readonly value: SoapValue;
  readonly path: ArgPath;
  /** How many lists and maps are around it. */
  readonly level: number;
}

/** Deeper values are not checked. */
export const MAX_CHECKED_LEVELS = 50;

/** Checks the arguments of a method of the catalogue, and returns them by name. Reports missing and unknown arguments, and wrong types. */
export function checkArguments(
  report: Report,
  method: Method,
  args: SoapValue | undefined,
  base: ArgPath,
): ReadonlyMap<string, GivenArgument> {
  if (report.opaque(args)) return new Map();
  const given = readArguments(report, method, args, base);
  for (const arg of method.args) {
    const { value, path } = given.get(arg.name) ?? { value: undefined, path: base };
    if (value === undefined && arg.optional !== true)
      report.add(
        argumentTraps.missing,
        base,
        arg.doc === ''
          ? t('{method} needs {argument}.', { method: method.id, argument: arg.name })
          : t('{method} needs {argument}: {about}', { method: method.id, argument: arg.name, about: translated(arg.doc) }),
      );
    if (value !== undefined && value !== null && !report.opaque(value)) checkType(report, arg.name, arg.type, value, path);
  }
  return given;
}

function readArguments(report: Report, method: Method, args: SoapValue | undefined, base: ArgPath): Map<string, GivenArgument> {
  const given = new Map<string, GivenArgument>();
  if (args === undefined || args === null) return given;
  const names = method.args.map((arg) => arg.name);
  if (isList(args)) {
    args.forEach((value, index) => {
      const name = names[index];
      if (name !== undefined) given.set(name, { value, path: [...base, index] });
    });
    if (args.length > names.length)
      report.add(
        argumentTraps.tooMany,
        [...base, names.length],
        names.length === 0
          ? t('{method} takes no arguments.', { method: method.id })
          : plural(names.length, '{method} takes {count} argument: {names}.', '{method} takes {count} arguments: {names}.', {
              method: method.id,
              names: names.join(', '),
            }),
      );
    return given;
  }
  if (!isRecord(args)) {
    // The documentation passes a single argument bare: call($session, 'customer.info', '2').
    const [first] = names;
    if (first === undefined) report.add(argumentTraps.tooMany, base, t('{method} takes no arguments.', { method: method.id }));
    else given.set(first, { value: args, path: base });
    return given;
  }
  for (const [name, value] of Object.entries(args)) {
    const own = names.includes(name) ? name : method.args.find(({ otherNames }) => otherNames?.includes(name) === true)?.name;
    if (own !== undefined) {
      given.set(own, { value, path: [...base, name] });
      continue;
    }
    const meant = similar(
      name,
      names.filter((other) => !Object.hasOwn(args, other)),
    );
    const fixes: ArgFix[] =
      meant === undefined
        ? []
        : [
            {
              title: t('Change to {meant}', { meant }),
              edits: [{ kind: 'rename', path: [...base, name], to: meant }],
              certain: meant.toLowerCase() === name.replace(/_/g, '').toLowerCase(),
            },
          ];
    const takes = names.length === 0 ? t('It takes none.') : t('It takes {names}.', { names: names.join(', ') });
    const lacks = t('{method} has no argument "{name}".', { method: method.id, name });
    report.add(argumentTraps.unknown, [...base, name], `${lacks} ${takes}`, { at: 'key', fixes });
  }
  return given;
}

/** Reports a value of a type that the method does not take. */
export function checkType(report: Report, name: string, type: WireType, value: SoapValue, path: ArgPath): void {
  const wrong = (expected: string): void =>
    report.add(
      argumentTraps.type,
      path,
      t('{name} is {expected}, not {given}.', { name, expected, given: type.kind === 'entity' ? kindOf(value) : valueText(value, name) }),
    );
  if (type.kind === 'entity' && !isFiltersType(type) && !isRecord(value)) wrong(t('a map'));
  if (type.kind === 'int' && (isList(value) || isRecord(value) || typeof value === 'boolean')) wrong(t('a number'));
  if (type.kind === 'list' && !isList(value) && typeof value !== 'string') wrong(t('a list'));
}

/** Checks the arguments of a path that is not in the catalogue. */
export function checkForeignArguments(report: Report, args: SoapValue | undefined, base: ArgPath): void {
  if (!isRecord(args) || report.opaque(args) || Object.keys(args).length === 0) return;
  const fixes: ArgFix[] = [
    { title: t('Write them as a list'), edits: [{ kind: 'set', path: base, value: Object.values(args) }], certain: false },
  ];
  report.add(argumentTraps.map, base, t('Write the arguments of an unknown method as a list, in the order of its PHP code.'), {
    dialects: ['v1'],
    severity: 'error',
    fixes,
  });
}
