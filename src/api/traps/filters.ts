import { isOperator, operators } from '../filters';
import { isList, isRecord, type SoapRecord, type SoapValue } from '../value';
import { isSecretValue, secretAttributes } from '../secrets';
import type { Resource } from '../resources';
import { translated, t } from '../../l10n/texts';
import { attributesOf } from './attributes';
import { readFilters, type FilterEntry } from './filter-entries';
import { checkTogether } from './filter-conflicts';
import { filterTraps } from './filter-traps';
import { capital, valueText, subject, typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import type { ArgFix, ArgPath } from './types';

const paging = /^(limit|page|page_?size|offset|start|order|order_?by|sort|sort_?by|dir|direction|count|cur_?page|per_?page)$/i;

/** Operators of other tools and languages, with the store's name for each. */
const operatorNames: Readonly<Record<string, string>> = {
  '=': 'eq',
  '==': 'eq',
  equals: 'eq',
  '!=': 'neq',
  '<>': 'neq',
  ne: 'neq',
  '>': 'gt',
  '>=': 'gteq',
  gte: 'gteq',
  ge: 'gteq',
  '<': 'lt',
  '<=': 'lteq',
  lte: 'lteq',
  le: 'lteq',
  not_in: 'nin',
  notin: 'nin',
  not_like: 'nlike',
  notlike: 'nlike',
  is_null: 'null',
  isnull: 'null',
  not_null: 'notnull',
  find_in_set: 'finset',
  regex: 'regexp',
};

/** Checks the filters of a list. */
export function checkFilters(report: Report, filters: SoapValue | undefined, base: ArgPath, resource: Resource): void {
  if (report.opaque(filters)) return;
  const read = readFilters(filters, base);
  for (const { path, key, meant } of read.strays) {
    report.add(filterTraps.element, path, t('"{key}" is not a filter element, so the conditions in it are ignored.', { key }), {
      at: 'key',
      fixes:
        meant === undefined
          ? []
          : [{ title: t('Change to {meant}', { meant }), edits: [{ kind: 'rename', path, to: meant }], certain: true }],
    });
  }
  for (const { path, what } of read.malformed) report.add(filterTraps.malformed, path, what);
  for (const { path, attribute } of read.empty)
    report.add(filterTraps.noCondition, path, t('The filter on {attribute} has no condition.', { attribute }));
  for (const entry of read.entries) {
    checkAttribute(report, entry, resource);
    checkOperator(report, entry);
    checkValue(report, entry, resource);
  }
  checkTogether(report, read.entries, resource);
}

function checkAttribute(report: Report, { attribute, attributePath, attributeAt }: FilterEntry, resource: Resource): void {
  const known = attributesOf(resource);
  if (report.opaque(attribute)) return;
  if (known.filters.has(attribute) || report.knowledge.attributes?.includes(attribute) === true) {
    if (secretAttributes.has(attribute))
      report.add(filterTraps.hash, attributePath, t('The filter on {attribute} compares text with text.', { attribute }), {
        at: attributeAt,
      });
    return;
  }
  if (paging.test(attribute)) {
    report.add(filterTraps.paging, attributePath, t('"{attribute}" is not an attribute, and the API has no paging.', { attribute }), {
      at: attributeAt,
    });
    return;
  }
  const meant = similar(attribute, known.filters);
  if (known.described) {
    checkDescribedAttribute(report, { attribute, attributePath, attributeAt }, resource, meant);
    return;
  }
  const certain = meant?.toLowerCase() === attribute.toLowerCase();
  const foreign = attribute === 'is_active' || /^(billing|shipping|address)_/.test(attribute);
  const fixes: ArgFix[] =
    meant === undefined || foreign
      ? []
      : [
          {
            title: t('Change to {meant}', { meant }),
            edits: [
              attributeAt === 'key'
                ? { kind: 'rename', path: attributePath, to: meant }
                : { kind: 'set', path: attributePath, value: meant },
            ],
            certain,
          },
        ];
  const why =
    attribute === 'is_active'
      ? t('Stores cannot filter by is_active (fault 101).')
      : foreign
        ? t('Stores cannot filter addresses (fault 101).')
        : translated(filterTraps.attribute.why);
  report.add(
    filterTraps.attribute,
    attributePath,
    withGuess(
      t('{entities} have no known attribute "{attribute}".', { entities: capital(translated(resource.words.many)), attribute }),
      fixes.length > 0 ? meant : undefined,
    ),
    {
      at: attributeAt,
      severity: certain || foreign || report.knowledge.attributes !== undefined ? 'error' : 'warning',
      why,
      fixes,
    },
  );
}

/**
 * Reports an attribute that no method of a described resource has. Stores add attributes, so without a similar name this is a mere hint.
 */
function checkDescribedAttribute(
  report: Report,
  { attribute, attributePath, attributeAt }: Pick<FilterEntry, 'attribute' | 'attributePath' | 'attributeAt'>,
  { name, filterAttributes = [] }: Resource,
  meant: string | undefined,
): void {
  // Nothing is known of a resource without fields.
  if (filterAttributes.length === 0) return;
  const edit: ArgFix['edits'][number] | undefined =
    meant === undefined
      ? undefined
      : attributeAt === 'key'
        ? { kind: 'rename', path: attributePath, to: meant }
        : { kind: 'set', path: attributePath, value: meant };
  report.add(
    filterTraps.attribute,
    attributePath,
    withGuess(t('No method of {name} has an attribute "{attribute}".', { name, attribute }), meant),
    {
      at: attributeAt,
      severity: meant === undefined ? 'hint' : 'warning',
      why: t(
        'If a filter names an attribute that the store does not have, the store returns a fault. Attributes that a ' +
          'shop added are not in its WSDL.',
      ),
      fixes: edit === undefined || meant === undefined ? [] : [{ title: t('Change to {meant}', { meant }), edits: [edit], certain: false }],
    },
  );
}

function checkOperator(report: Report, entry: FilterEntry): void {
  const { operator, operatorPath, operatorAt } = entry;
  if (operator === undefined || isOperator(operator) || report.opaque(operator)) return;
  if (operator === 'is') {
    report.add(filterTraps.is, operatorPath, t('Stores fail on the operator "is".'), { at: operatorAt });
    return;
  }
  const name = operator.toLowerCase();
  const meant = Object.hasOwn(operatorNames, name) ? operatorNames[name] : similar(operator, Object.keys(operators));
  const fixes: ArgFix[] =
    meant === undefined
      ? []
      : [
          {
            title: t('Change to {meant}', { meant }),
            edits: [
              operatorAt === 'key' ? { kind: 'rename', path: operatorPath, to: meant } : { kind: 'set', path: operatorPath, value: meant },
            ],
            certain: Object.hasOwn(operatorNames, name) || meant === name,
          },
        ];
  report.add(
    filterTraps.operator,
    operatorPath,
    withGuess(t('"{operator}" is not an operator: the store will compare for equality.', { operator }), meant),
    { at: operatorAt, fixes },
  );
}

function checkValue(report: Report, entry: FilterEntry, resource: Resource): void {
  const { columns, ids, described } = attributesOf(resource);
  const { attribute, operator, value, valuePath } = entry;
  if (entry.alternatives) {
    checkAlternatives(report, entry, resource);
    return;
  }
  if (report.opaque(value)) return;
  const takes = operator !== undefined && isOperator(operator) ? operators[operator].takes : 'value';
  if (value === null || value === undefined) {
    if (operator === 'is') return;
    const fixes: ArgFix[] =
      takes === 'none' ? [{ title: t('Set the value to 1'), edits: [{ kind: 'set', path: valuePath, value: '1' }], certain: true }] : [];
    report.add(filterTraps.nil, valuePath, t('The filter on {attribute} has no value.', { attribute }), { fixes });
  }
  if (operator === 'null' && !described && !columns.has(attribute)) {
    report.add(filterTraps.nullEav, entry.operatorPath, t('"null" on {attribute} never finds anything.', { attribute }), {
      at: entry.operatorAt,
    });
  }
  if ((operator === 'neq' || operator === 'nlike' || operator === 'nin') && !described && !columns.has(attribute)) {
    report.add(
      filterTraps.negative,
      entry.operatorPath,
      t('{entities} without {attribute} will be missing from the response.', {
        entities: capital(translated(resource.words.many)),
        attribute,
      }),
      { at: entry.operatorAt },
    );
  }
  if (takes === 'list') checkListValue(report, entry);
  if (operator === 'finset' && typeof value === 'string' && value.includes(',')) {
    report.add(filterTraps.comma, valuePath, t('The store splits {value} at the comma.', { value: valueText(value, attribute) }), {
      dialects: typedDialects,
    });
  }
  if (takes === 'value' && (isList(value) || isRecord(value))) {
    report.add(
      filterTraps.malformed,
      valuePath,
      t('The filter on {attribute} has a value that is neither text nor number.', { attribute }),
    );
  }
  if (operator === 'like' || operator === 'nlike') checkPattern(report, entry);
  if (ids.includes(attribute) && takes !== 'none' && !['like', 'nlike', 'regexp'].includes(operator ?? '')) {
    for (const id of isList(value) ? value : typeof value === 'string' && takes === 'list' ? value.split(',') : [value]) {
      if (typeof id === 'string' && !report.opaque(id) && !/^\s*\d+\s*$/.test(id))
        report.add(
          filterTraps.id,
          valuePath,
          t('{value} is not a {entity} ID, so nothing is found.', { value: subject(id), entity: translated(resource.words.one) }),
        );
    }
  }
}

function checkListValue(report: Report, entry: FilterEntry): void {
  const { value, valuePath } = entry;
  if (isList(value)) {
    value.forEach((item, index) => {
      if (typeof item === 'string' && item.includes(',') && !report.opaque(item)) {
        report.add(
          filterTraps.comma,
          [...valuePath, index],
          t('The store splits {item} at the comma.', { item: valueText(item, entry.attribute) }),
          {
            dialects: typedDialects,
          },
        );
      }
    });
    if (value.length === 0) report.add(filterTraps.nil, valuePath, t('"{operator}" lists no value.', { operator: entry.operator ?? '' }));
  } else if (typeof value === 'string' && value.includes(',') && entry.form === 'map') {
    const items = value.split(',').map((part) => part.trim());
    report.add(filterTraps.inText, valuePath, t('V1 compares {value} as one value.', { value: valueText(value, entry.attribute) }), {
      dialects: ['v1'],
      fixes: [
        {
          title: t('Write it as a list'),
          edits: [{ kind: 'set', path: valuePath, value: items.map((item) => (/^\d{1,15}$/.test(item) ? Number(item) : item)) }],
          certain: true,
        },
      ],
    });
  } else if (isRecord(value)) {
    report.add(filterTraps.malformed, valuePath, t('Values in a list are texts or numbers.'));
  }
}

function checkPattern(report: Report, { attribute, value, valuePath }: FilterEntry): void {
  if (typeof value !== 'string') return;
  if (!/[%_]/.test(value)) {
    const fixes: ArgFix[] = [
      {
        title: isSecretValue(attribute, value) ? t('Search with % on both sides') : t('Search for %{value}%', { value }),
        edits: [{ kind: 'set', path: valuePath, value: `%${value}%` }],
        certain: false,
      },
    ];
    report.add(
      filterTraps.likePlain,
      valuePath,
      t('{value} has no wildcard: the whole value is compared.', { value: subject(value, attribute) }),
      { fixes },
    );
  } else if (value.includes('_')) {
    report.add(filterTraps.likeUnderscore, valuePath, t('The underscore matches any one character here.'));
  }
}

/** Checks V1's alternatives, which are written as a list of conditions. */
function checkAlternatives(report: Report, { attribute, value, valuePath }: FilterEntry, resource: Resource): void {
  if (!isList(value)) return;
  const plain = value.map(equalsOperand);
  const listable = plain.every((item): item is string | number => item !== undefined && !(typeof item === 'string' && item.includes(',')));
  report.add(filterTraps.alternatives, valuePath, t('V2 and WS-I cannot send alternatives on {attribute}.', { attribute }), {
    dialects: typedDialects,
    fixes:
      listable && value.length > 0
        ? [{ title: t('Use the operator in'), edits: [{ kind: 'set', path: valuePath, value: { in: plain } }], certain: true }]
        : [],
  });
  value.forEach((item, index) => {
    if (!isRecord(item)) return;
    for (const [operator, operand] of Object.entries(item)) {
      const path = [...valuePath, index, operator];
      const entry: FilterEntry = {
        form: 'map',
        attribute,
        attributePath: valuePath,
        attributeAt: 'key',
        operator,
        operatorPath: path,
        operatorAt: 'key',
        value: operand,
        valuePath: path,
        alternatives: false,
      };
      checkOperator(report, entry);
      checkValue(report, entry, resource);
    }
  });
}

function equalsOperand(item: SoapValue): string | number | undefined {
  if (typeof item === 'string' || typeof item === 'number') return item;
  if (!isRecord(item)) return undefined;
  const [only, ...more] = Object.entries(item);
  return only !== undefined && more.length === 0 && only[0] === 'eq' && (typeof only[1] === 'string' || typeof only[1] === 'number')
    ? only[1]
    : undefined;
}

/** Whether filters narrow the list at all, as far as known. */
export function narrows(filters: SoapValue | undefined): boolean {
  if (filters === undefined || filters === null) return false;
  if (isList(filters)) return filters.length > 0;
  if (typeof filters !== 'object') return true;
  return Object.values(filters satisfies SoapRecord).some(
    (value) => value !== null && (typeof value !== 'object' || Object.keys(value).length > 0),
  );
}
