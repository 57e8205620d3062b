import type { generators, takers } from '../../src/requests/variables/generated';

/** Requests as in a request file. */
type Requests = readonly object[];

const info = { name: 'Read', method: 'customer.info', args: [1] };
const groups = { name: 'Groups', method: 'customer_group.list' };
const partial = (expected: object): object => ({ ...info, expect: { result: { $partial: expected } } });

/** An example for each matcher. The request passes on a demo store. */
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

/** All placeholders, in the order of the document. A test checks that none is missing. */
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

/** A request that searches for customers with a placeholder. It passes on a demo store. */
export function placeholderExample(example: string): object {
  return {
    name: 'Look',
    method: 'customer.list',
    args: { filters: { lastname: `{{${example}}}` } },
    expect: { result: { $type: 'list' } },
  };
}

/** Files by name. The last one includes the others, and all of its requests pass on a demo store. */
export const includeExample: Readonly<Record<string, object>> = {
  'common/customer.json': {
    variables: { email: '{{$randomEmail}}' },
    before: [
      {
        name: 'Create',
        method: 'customer.create',
        args: { customerData: { email: '{{email}}', firstname: 'Jane', lastname: 'Doe', website_id: 1 } },
      },
    ],
    requests: [],
    after: [{ name: 'Delete', method: 'customer.delete', args: ['{{Create.result}}'] }],
  },
  'customers.maho.json': {
    include: 'common/customer.json',
    variables: { email: 'jane@example.org' },
    requests: [
      {
        name: 'Read',
        method: 'customer.info',
        args: ['{{Create.result}}'],
        expect: { result: { $partial: { email: 'jane@example.org' } } },
      },
    ],
  },
};

/** Requests to REST v2. They run in their order and pass on a demo store of Maho. */
export const restExample: object = {
  variables: { code: 'Wholesale {{$uuid}}' },
  requests: [
    {
      name: 'Newest',
      method: 'GET /customers',
      args: { query: { itemsPerPage: 5 }, headers: { Accept: 'application/ld+json' } },
      expect: { result: { $partial: { member: { $length: 5 } } } },
    },
    {
      name: 'Read',
      method: 'GET /customers/{id}',
      args: { path: { id: '{{Newest.result.member[0].id}}' } },
      expect: { result: { $partial: { id: { $type: 'int' } } } },
    },
    { name: 'Create', method: 'POST /customer-groups', args: { body: { code: '{{code}}', taxClassId: 3 } } },
    {
      name: 'Rename',
      method: 'PUT /customer-groups/{id}',
      args: { path: { id: '{{Create.result.id}}' }, body: { code: '{{code}} B' } },
      expect: { result: { $partial: { code: '{{code}} B' } } },
    },
    { name: 'Nobody', method: 'GET /customers/0', expect: { fault: '404' } },
  ],
  after: [{ name: 'Delete', method: 'DELETE /customer-groups/{id}', args: { path: { id: '{{Create.result.id}}' } } }],
};

/** A request file in which the last request of `requests` ends with an error. */
export interface ErrorExample {
  readonly doc: string;
  readonly requests: Requests;
  readonly before?: Requests;
  readonly variables?: object;
}

/** Request files that end with an error, by its code. */
export const errorExamples: Readonly<Record<string, ErrorExample>> = {
  'variable-unknown': { doc: 'A placeholder refers to a variable that is not set.', requests: [{ ...info, args: ['{{nobody}}'] }] },
  'variable-malformed': { doc: 'A placeholder is not valid.', requests: [{ ...info, args: ['{{$now 30}}'] }] },
  'variable-cycle': {
    doc: 'A variable refers to itself, possibly through others.',
    variables: { first: '{{second}}', second: '{{first}}' },
    requests: [{ ...info, args: ['{{first}}'] }],
  },
  'variable-not-text': {
    doc: 'A list or a map is used within a text.',
    variables: { ids: [1, 2] },
    requests: [{ ...info, args: ['number {{ids}}'] }],
  },
  'variable-key': {
    doc: 'A placeholder refers to an environment variable that contains an API key.',
    requests: [{ ...info, args: ['{{$env MAHO_SOAP_KEY}}'] }],
  },
  'variable-env-missing': { doc: 'An environment variable is not set.', requests: [{ ...info, args: ['{{$env NOT_SET_HERE}}'] }] },
  'variable-store': { doc: 'A placeholder refers to a field that stores do not have.', requests: [{ ...info, args: ['{{store.key}}'] }] },
  'variable-result': {
    doc: 'A placeholder refers to the result of a request that does not run before this one.',
    requests: [{ ...info, args: ['{{Later.result.customer_id}}'] }],
  },
  'variable-result-path': {
    doc: 'The result of an earlier request does not contain the value that a placeholder refers to.',
    requests: [groups, { ...info, args: ['{{Groups.result[0].customer_id}}'] }],
  },
  'needs-result': {
    doc: 'The request needs the result of an earlier one, which did not return any.',
    requests: [
      { ...info, name: 'None', args: ['{{nobody}}'] },
      { ...info, args: ['{{None.result.customer_id}}'] },
    ],
  },
  'not-prepared': {
    doc: 'A request of `before` did not pass.',
    before: [{ ...info, name: 'Prepare', args: [999999] }],
    requests: [info],
  },
  'until-write': {
    doc: '`until` is used with a request that writes. Writes are never repeated.',
    requests: [{ name: 'Delete', method: 'customer.delete', args: [1], until: { result: true, for: '1s' } }],
  },
  'each-empty': { doc: '`each` has no rows.', requests: [{ ...info, each: [] }] },
  'each-list': { doc: '`each` refers to a value that is not a list.', requests: [groups, { ...info, each: '{{Groups.result[0]}}' }] },
  'each-file': {
    doc: 'The content of the file for `each` is not in the format that its name says.',
    requests: [{ ...info, each: 'broken.json' }],
  },
  'row-path': {
    doc: 'A placeholder refers to a value that the row does not have.',
    requests: [{ ...info, args: ['{{row.id}}'], each: [{ customer_id: 1 }] }],
  },
  file: { doc: 'A file cannot be read.', requests: [{ ...info, args: ['{{$file missing.txt}}'] }] },
  'file-outside': {
    doc: 'A file is outside of the repository of the request file.',
    requests: [{ ...info, args: ['{{$file ../../outside.txt}}'] }],
  },
  'request-invalid': {
    doc: 'The request is not valid. The message contains the line and the column.',
    requests: [{ ...info, arguments: [1] }],
  },
  'argument-type': {
    doc: 'A call within `multiCall` is not valid.',
    requests: [{ name: 'Batch', method: 'multiCall', args: { calls: [1] } }],
  },
  'envelope-encoding': {
    doc: 'An envelope declares an encoding other than UTF-8.',
    requests: [{ name: 'Envelope', envelope: '<?xml version="1.0" encoding="ISO-8859-1"?><Envelope/>' }],
  },
  'value-too-large': {
    doc: 'Placeholders create a value of more than 16 million characters.',
    // Ten times as long in each step, so that no line of the page is long.
    variables: Object.fromEntries(
      [...'abcdefgh'].map((name, step, names) => [name, step === 0 ? '0123456789' : `{{${names[step - 1]}}}`.repeat(10)]),
    ),
    requests: [{ ...info, args: ['{{h}}'] }],
  },
  'multicall-empty': { doc: '`multiCall` has no calls.', requests: [{ name: 'Batch', method: 'multiCall', args: { calls: [] } }] },
};
