import type { generators, takers } from '../../src/requests/variables/generated';

/** Requests as they stand in a file. */
type Requests = readonly object[];

const info = { name: 'Read', method: 'customer.info', args: [1] };
const groups = { name: 'Groups', method: 'customer_group.list' };
const partial = (expected: object): object => ({ ...info, expect: { result: { $partial: expected } } });

/** A request for each matcher; it passes on a demo store. */
export const matcherExamples: Readonly<Record<string, object>> = {
  $type: partial({ firstname: { $type: 'string' } }),
  $regex: partial({ email: { $regex: '@.+\\.' } }),
  $flags: partial({ email: { $regex: '@.+\\.(EXAMPLE|COM)', $flags: 'i' } }),
  $range: partial({ created_at: { $range: ['2020-01-01', null] } }),
  $length: { ...groups, expect: { result: { $length: [1, null] } } },
  $oneOf: partial({ website_id: { $oneOf: [1, 2] } }),
  $partial: partial({ customer_id: 1 }),
  $contains: { ...groups, expect: { result: { $contains: { customer_group_code: 'General' } } } },
  $each: { ...groups, expect: { result: { $each: { customer_group_id: { $type: 'int' } } } } },
  $not: partial({ firstname: { $not: '' } }),
  $absent: partial({ session: { $absent: true } }),
  $absentOr: partial({ middlename: { $absentOr: { $type: ['string', 'null'] } } }),
};

/** Placeholders of which the example cannot simply be an argument that finds nobody. */
export const placeholderNames: readonly (keyof typeof generators | keyof typeof takers)[] = [
  'uuid',
  'timestamp',
  'now',
  'randomInt',
  'randomEmail',
  'randomFirstName',
  'randomLastName',
  'env',
  'file',
  'base64',
  'md5',
];

/** A request that looks for customers by a placeholder; it passes on a demo store. */
export function placeholderExample(example: string): object {
  return {
    name: 'Look',
    method: 'customer.list',
    args: { filters: { lastname: `{{${example}}}` } },
    expect: { result: { $type: 'list' } },
  };
}

/** Requests that end with an error, by its code; the last one does. */
export const errorExamples: Readonly<Record<string, { readonly doc: string; readonly requests: Requests }>> = {
  'variable-unknown': { doc: 'A placeholder names a variable that nothing sets.', requests: [{ ...info, args: ['{{nobody}}'] }] },
  'variable-key': {
    doc: 'A placeholder names a variable of the environment that holds a key.',
    requests: [{ ...info, args: ['{{$env MAHO_SOAP_KEY}}'] }],
  },
  'needs-result': {
    doc: 'The request needs the result of one that brought none.',
    requests: [
      { ...info, name: 'None', args: ['{{nobody}}'] },
      { ...info, args: ['{{None.result.customer_id}}'] },
    ],
  },
  'until-write': {
    doc: '`until` repeats a request, and a write is never repeated.',
    requests: [{ name: 'Delete', method: 'customer.delete', args: [1], until: { result: true, for: '1s' } }],
  },
  'each-empty': { doc: '`each` has no rows.', requests: [{ ...info, each: [] }] },
  'each-list': { doc: '`each` stands for something that is not a list.', requests: [groups, { ...info, each: '{{Groups.result[0]}}' }] },
  'row-path': { doc: 'The row has no such value.', requests: [{ ...info, args: ['{{row.id}}'], each: [{ customer_id: 1 }] }] },
  'file-outside': {
    doc: 'A file lies outside of the repository of the request file.',
    requests: [{ ...info, args: ['{{$file ../../outside.txt}}'] }],
  },
};
