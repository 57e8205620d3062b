import { facets } from '../dialect-facets';
import { isList, type SoapValue } from '../value';
import { secretAttributes } from '../secrets';
import type { FilterableResource, Resource } from '../resources';
import { attributesOf } from './attributes';
import { narrows } from './filters';
import { capital, shown, typedDialects, type Report } from './report';
import { similar } from './similar';
import type { ArgFix, ArgPath, Trap } from './types';

/** Traps of reading: what comes back is not what one asked for (facts §4, §7, §8). */
export const readingTraps = {
  wholeStore: {
    code: 'list-whole-store',
    severity: 'information',
    title: 'A list of the whole store',
    why:
      'The store builds the whole answer in memory before it sends the first byte: 50,000 customers are 27 to 75 MB ' +
      'and 4 to 6 seconds, and end in a PHP fatal error below 512 MB. Page by customer_id from and to.',
    source: 'facts §7, wire apache/52',
  },
  attributesEmpty: {
    code: 'attributes-empty',
    severity: 'warning',
    title: 'An empty list of attributes',
    why: 'It means no attributes, not all: only the ID comes back. Leave attributes out to get everything.',
    source: 'wire v1/73',
  },
  attributesUnknown: {
    code: 'attributes-unknown',
    severity: 'warning',
    title: 'Asking for an attribute that customers do not have',
    why: 'The store leaves out what it does not know, without a fault.',
    source: 'wire v1/74',
  },
  attributesV1: {
    code: 'attributes-v1-only',
    severity: 'warning',
    title: 'Asking for an attribute that only V1 returns',
    why:
      'The WSDL of V2 and WS-I has no such field in its answer, so it is left out without a fault. Gender is one: it ' +
      'can be written and filtered by, but not read.',
    source: 'wire v2/75, facts §4',
  },
  attributesText: {
    code: 'attributes-text',
    severity: 'warning',
    title: 'Attributes as one text',
    why: 'V1 takes a single name for a list of one. V2 and WS-I need a list.',
    source: 'wire v1/76',
  },
  secret: {
    code: 'attributes-secret',
    severity: 'information',
    title: 'Asking for a secret',
    why:
      'Hashes and reset tokens come back in plain text to anyone who may read customers. Views, logs and reports of ' +
      'this tool mask them.',
    source: 'facts §4',
  },
} as const satisfies Record<string, Trap>;

/** Looks at a list as a whole. */
export function checkList(report: Report, filters: SoapValue | undefined, path: ArgPath, { idField }: FilterableResource): void {
  if (report.opaque(filters) || narrows(filters)) return;
  const window: ArgFix = {
    title: 'Read the first 1,000 IDs',
    edits: [{ kind: 'set', path, value: { [idField]: { from: 1, to: 1000 } } }],
    certain: false,
  };
  report.add(readingTraps.wholeStore, path, 'Without filters the whole store comes back at once.', { fixes: [window] });
}

/** Looks at the attributes that a row is asked for. */
export function checkAttributes(report: Report, attributes: SoapValue | undefined, path: ArgPath, resource: Resource): void {
  if (attributes === undefined || attributes === null || report.opaque(attributes)) return;
  if (typeof attributes === 'string') {
    report.add(readingTraps.attributesText, path, 'attributes is a list of names.', {
      severity: report.dialect !== undefined && facets[report.dialect].positional ? 'hint' : 'error',
      fixes: [
        {
          title: 'Write it as a list',
          edits: [{ kind: 'set', path, value: attributes.split(',').map((name) => name.trim()) }],
          certain: true,
        },
      ],
    });
    return;
  }
  if (!isList(attributes)) return;
  if (attributes.length === 0) {
    report.add(readingTraps.attributesEmpty, path, 'An empty list returns the ID only.', {
      fixes: [{ title: 'Remove attributes', edits: [{ kind: 'remove', path }], certain: true }],
    });
  }
  const known = attributesOf(resource);
  attributes.forEach((name, index) => {
    const at = [...path, index];
    if (typeof name !== 'string' || report.opaque(name)) return;
    if (known.v1Only.has(name))
      report.add(readingTraps.attributesV1, at, `V2 and WS-I do not return ${name}.`, { dialects: typedDialects });
    if (known.all.has(name) && secretAttributes.has(name)) report.add(readingTraps.secret, at, `${name} is a secret.`);
    if (known.all.has(name) || report.knowledge.attributes?.includes(name) === true) return;
    const meant = similar(name, known.all);
    const fixes: ArgFix[] =
      meant === undefined
        ? []
        : [
            {
              title: `Change to ${meant}`,
              edits: [{ kind: 'set', path: at, value: meant }],
              certain: meant.toLowerCase() === name.toLowerCase(),
            },
          ];
    report.add(
      readingTraps.attributesUnknown,
      at,
      `${capital(resource.words.many)} have no attribute ${shown(name)} as far as is ` +
        `known.${meant === undefined ? '' : ` Did you mean "${meant}"?`}`,
      { fixes },
    );
  });
}
