import { facets } from '../dialect-facets';
import { isList, type SoapValue } from '../value';
import { secretAttributes } from '../secrets';
import type { FilterableResource, Resource } from '../resources';
import { WINDOW_IDS } from '../store-methods/windows';
import { formatNumber, later, translated, t } from '../../l10n/texts';
import { attributesOf } from './attributes';
import { narrows } from './filters';
import { capital, typedDialects, type Report } from './report';
import { similar, withGuess } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps of reading, when the answer is not what the caller expects (facts §4, §7, §8). */
export const readingTraps = {
  wholeStore: {
    code: 'list-whole-store',
    severity: 'information',
    title: later('A list of the whole store'),
    why: later(
      'The store builds the whole response in memory before it sends the first byte: 50,000 customers are 27 to 75 ' +
        'MB and 4 to 6 seconds, and end in a PHP fatal error below 512 MB. Read pages by customer_id with from and to.',
    ),
    source: 'facts §7, wire apache/52',
  },
  attributesEmpty: {
    code: 'attributes-empty',
    severity: 'warning',
    title: later('An empty list of attributes'),
    why: later('It means no attributes, not all: only the ID is returned. Leave attributes out to get everything.'),
    source: 'wire v1/73',
  },
  attributesUnknown: {
    code: 'attributes-unknown',
    severity: 'warning',
    title: later('Requesting an attribute that customers do not have'),
    why: later('The store leaves out attributes that it does not know, without a fault.'),
    source: 'wire v1/74',
  },
  attributesV1: {
    code: 'attributes-v1-only',
    severity: 'warning',
    title: later('Requesting an attribute that only V1 returns'),
    why: later(
      'The WSDL of V2 and WS-I has no such field in its response, so it is left out without a fault. For example, ' +
        'V2 and WS-I can write gender and filter by it, but not read it.',
    ),
    source: 'wire v2/75, facts §4',
  },
  attributesText: {
    code: 'attributes-text',
    severity: 'warning',
    title: later('Attributes as one text'),
    why: later('V1 reads a single name as a list of one. V2 and WS-I need a list.'),
    source: 'wire v1/76',
  },
  secret: {
    code: 'attributes-secret',
    severity: 'information',
    title: later('Requesting a secret'),
    why: later(
      'The store returns hashes and reset tokens in plain text to every API user who may read customers. The ' +
        'toolkit masks them in views, logs and reports.',
    ),
    source: 'facts §4',
  },
} as const satisfies Record<string, Trap>;

/** Reports a list without filters. */
export function checkList(report: Report, filters: SoapValue | undefined, path: ArgPath, { idField }: FilterableResource): void {
  if (report.opaque(filters) || narrows(filters)) return;
  const window: ArgFix = {
    title: t('Read the first {count} IDs', { count: formatNumber(WINDOW_IDS) }),
    edits: [{ kind: 'set', path, value: { [idField]: { from: 1, to: WINDOW_IDS } } }],
    certain: false,
  };
  report.add(readingTraps.wholeStore, path, t('Without filters, the whole store is returned at once.'), { fixes: [window] });
}

/** Checks the list of requested attributes. */
export function checkAttributes(report: Report, attributes: SoapValue | undefined, path: ArgPath, resource: Resource): void {
  if (attributes === undefined || attributes === null || report.opaque(attributes)) return;
  if (typeof attributes === 'string') {
    report.add(readingTraps.attributesText, path, t('attributes is a list of names.'), {
      severity: report.dialect !== undefined && facets[report.dialect].positional ? 'hint' : 'error',
      fixes: [
        {
          title: t('Write it as a list'),
          edits: [{ kind: 'set', path, value: attributes.split(',').map((name) => name.trim()) }],
          certain: true,
        },
      ],
    });
    return;
  }
  if (!isList(attributes)) return;
  if (attributes.length === 0) {
    report.add(readingTraps.attributesEmpty, path, t('An empty list returns only the ID.'), {
      fixes: [{ title: t('Remove attributes'), edits: [{ kind: 'remove', path }], certain: true }],
    });
  }
  const known = attributesOf(resource);
  attributes.forEach((name, index) => {
    const at = [...path, index];
    if (typeof name !== 'string' || report.opaque(name)) return;
    if (known.v1Only.has(name))
      report.add(readingTraps.attributesV1, at, t('V2 and WS-I do not return {name}.', { name }), { dialects: typedDialects });
    if (known.all.has(name) && secretAttributes.has(name)) report.add(readingTraps.secret, at, t('{name} is a secret.', { name }));
    if (known.all.has(name) || report.knowledge.attributes?.includes(name) === true) return;
    const meant = similar(name, known.all);
    const fixes: ArgFix[] =
      meant === undefined
        ? []
        : [
            {
              title: t('Change to {meant}', { meant }),
              edits: [{ kind: 'set', path: at, value: meant }],
              certain: meant.toLowerCase() === name.toLowerCase(),
            },
          ];
    report.add(
      readingTraps.attributesUnknown,
      at,
      withGuess(
        t('{entities} have no known attribute "{attribute}".', {
          entities: capital(translated(resource.words.many)),
          attribute: name.slice(0, 60),
        }),
        meant,
      ),
      { fixes },
    );
  });
}
