// Examples for codes that depend on more than the requests of one file: on other files, on options, or on the text of the file.

/** Files that cause a problem with a code. */
export interface CodeExample {
  readonly doc: string;
  /**
   * By name, as JSON or as text; the first file is opened or run. In a text, `…` means many more of the character before it, or of the line
   * before it if it is on a separate line.
   */
  readonly files: Readonly<Record<string, object | string>>;
}

const info = { name: 'Read', method: 'customer.info', args: [1] };
const groups = { name: 'Groups', method: 'customer_group.list' };

/** A file with these requests. */
function one(...requests: readonly object[]): CodeExample['files'] {
  return { 'customers.maho.json': { requests } };
}

/** A text, line by line. */
function lines(...text: readonly string[]): CodeExample['files'] {
  return { 'customers.maho.json': text.join('\n') };
}

/** Each step nests the one before in 25 more lists. */
const nested = Object.fromEntries(
  [...'abcdefghijklmnopqrstu'].map((name, step, names) => [name, listed(step === 0 ? 'deep' : `{{${names[step - 1]}}}`, 25)]),
);

function listed(value: unknown, levels: number): unknown {
  return levels === 0 ? value : [listed(value, levels - 1)];
}

/** Codes of requests that could not run because of something outside of their file. */
export const otherErrors: Readonly<Record<string, CodeExample>> = {
  bail: {
    doc: 'An earlier request did not pass, and `--bail` stopped the run.',
    files: one({ ...info, name: 'Nobody', args: [999999] }, info),
  },
  'not-sent': {
    doc: 'An earlier request showed that the store cannot be used, for example because the host is down or the API key is refused.',
    files: one(groups, info),
  },
  'each-too-many': {
    doc: '`each` has more than 10,000 rows.',
    files: { ...one({ ...info, args: ['{{row.customer_id}}'], each: 'ids.csv' }), 'ids.csv': 'customer_id\n1\n…\n' },
  },
  'file-too-large': {
    doc: 'A file is larger than 16 MB.',
    files: { ...one({ ...info, args: ['{{$file dump.txt}}'] }), 'dump.txt': 'a…' },
  },
  'value-too-deep': {
    doc: 'Placeholders create lists and maps that are nested more than 500 levels deep.',
    files: { 'customers.maho.json': { variables: nested, requests: [{ ...info, args: ['{{u}}'] }] } },
  },
  'variable-file': {
    doc: 'The request file refers to another file, but is not saved on disk itself: it is standard input, or a new file.',
    files: one({ ...info, args: ['{{$file note.txt}}'] }),
  },
  'variable-untrusted': {
    doc: 'The editor reads neither the environment nor files in a workspace that is not trusted.',
    files: one({ ...info, args: ['{{$env HOME}}'] }),
  },
  untrusted: {
    doc: 'The editor sends nothing in a workspace that is not trusted.',
    files: one(info),
  },
  'include-place': {
    doc: 'The request file includes another file, but is not saved on disk itself.',
    files: { 'customers.maho.json': { include: 'common.json', requests: [info] } },
  },
};

const including = (include: string): CodeExample['files'] => ({ 'customers.maho.json': { include, requests: [info] } });

/** Examples of includes that fail, by code. */
export const includeErrors: Readonly<Record<string, CodeExample>> = {
  file: { doc: 'The file does not exist or cannot be read.', files: including('missing.json') },
  'file-outside': {
    doc: 'The file is outside of the repository, possibly through a symbolic link, or in `.git`.',
    files: including('../../outside.json'),
  },
  'include-cycle': {
    doc: 'The file includes this file again, directly or through another file.',
    files: { ...including('common.json'), 'common.json': { include: 'customers.maho.json', requests: [groups] } },
  },
  'include-name': {
    doc: 'A request of the file has the same name as another request.',
    files: { ...including('common.json'), 'common.json': { requests: [{ ...groups, name: 'Read' }] } },
  },
  'include-store': {
    doc: 'The file names a different store than this file.',
    files: {
      'customers.maho.json': { store: 'Shop', include: 'common.json', requests: [info] },
      'common.json': { store: 'Staging', requests: [groups] },
    },
  },
  'include-too-many': {
    doc: 'More than 200 files are included. Here, `1.json` includes `2.json`, and so on.',
    files: { ...including('1.json'), '1.json': { include: '2.json', requests: [] } },
  },
};

/** Examples of problems that the editor marks in a file, and that prevent `maho-soap run` from starting, by code. */
export const fileProblems: Readonly<Record<string, CodeExample>> = {
  'json-syntax': {
    doc: 'The file is not valid JSON. Comments and a comma after the last entry are allowed.',
    files: lines('{', '  "requests": [{ "name": "Read" "method": "customer.info", "args": [1] }]', '}'),
  },
  'file-empty': { doc: 'The file is empty.', files: lines('') },
  'file-form': {
    doc: 'A value has the wrong type, such as a text in place of a list.',
    files: { 'customers.maho.json': { requests: 'customer.info' } },
  },
  'file-key': {
    doc: 'The format does not have this key. If there is a similar one, the message names it.',
    files: one({ ...info, descripton: 'The first customer' }),
  },
  'file-rule': {
    doc: 'The file breaks a rule of the format that is not in the schema, for example with an invalid regular expression.',
    files: one({ ...info, expect: { result: { $partial: { email: { $regex: '(a*)*b\\1' } } } } }),
  },
  'file-too-deep': {
    doc: 'Lists and maps are nested too deeply to be read.',
    files: lines('{ "variables": { "tree": […]… }, "requests": [{ "name": "Read", "method": "customer.info" }] }'),
  },
  'request-too-deep': {
    doc: 'Lists and maps of a request are nested too deeply to be sent.',
    files: lines('{ "requests": [{ "name": "Read", "method": "customer.info", "args": […]… }] }'),
  },
  'key-twice': {
    doc: 'A map has the same key twice. Only the last one counts.',
    files: lines('{ "requests": [{ "name": "Read", "method": "customer.info", "args": [1], "args": [2] }] }'),
  },
  'name-twice': { doc: 'Two requests have the same name, so reports and placeholders cannot distinguish them.', files: one(info, info) },
  'no-requests': { doc: 'The file has no requests.', files: one() },
  'character-lost': {
    doc: 'A character was lost when the file was saved in another encoding. Save it as UTF-8.',
    files: one({ name: 'Look', method: 'customer.list', args: { filters: { lastname: 'M\ufffdller' } } }),
  },
  'store-unknown': {
    doc: 'No store in the settings has this name.',
    files: { 'customers.maho.json': { store: 'Stagging', requests: [info] } },
  },
  'store-ambiguous': {
    doc: 'Several stores in the settings have this name, so nothing is sent.',
    files: { 'customers.maho.json': { store: 'Shop', requests: [info] } },
  },
  'method-undescribed': {
    doc: 'The methods of the store have not been read yet, so this one cannot be checked. **Read Methods of Store** reads them.',
    files: one({ name: 'Products', method: 'catalog_product.list' }),
  },
  'envelope-unclear': {
    doc: 'It is not certain what the store would execute, so the envelope counts as a write.',
    files: one({
      name: 'Envelope',
      envelope: [
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/">',
        '<e:Body xmlns:m="urn:Magento">',
        '<m:customerCustomerList/><m:customerCustomerDelete/>',
        '</e:Body></e:Envelope>',
      ],
    }),
  },
  'envelope-unreadable': {
    doc: 'The envelope is not a valid SOAP request. It can be sent, and counts as a write.',
    files: one({ name: 'Envelope', envelope: '<customerCustomerList/>' }),
  },
  'expected-field-unknown': {
    doc: 'The response of this method does not have this field, so the expectation cannot be met.',
    files: {
      'customers.maho.json': {
        product: 'maho',
        dialect: 'v2',
        requests: [
          {
            name: 'Product',
            method: 'catalog_product.info',
            args: { productId: '1' },
            expect: { result: { $partial: { meta_titel: 'Shoes' } } },
          },
        ],
      },
    },
  },
  'environment-missing': {
    doc: 'The environment file cannot be read, here because `staging.json` in `maho-soap run --env staging.json` does not exist.',
    files: one(info),
  },
  'environment-invalid': {
    doc: 'The environment file is neither a JSON object nor lines of `NAME=value`.',
    files: { 'staging.json': ['jane@example.com'] },
  },
  'environment-name': {
    doc: 'The environment file sets a variable that is not used, and not the one that was probably meant.',
    files: {
      'customers.maho.json': { variables: { email: 'jane@example.com' }, requests: [{ ...info, args: ['{{email}}'] }] },
      'staging.json': { emial: 'john@example.com' },
    },
  },
  'variable-request': {
    doc: 'A placeholder refers to a request that the file does not have.',
    files: one({ ...info, args: ['{{Create.result}}'] }),
  },
  'variable-later': {
    doc: 'A placeholder refers to the result of a request that runs later.',
    files: one({ ...info, args: ['{{Groups.result[0].customer_group_id}}'] }, groups),
  },
  'variable-row': {
    doc: '`{{row}}` is used in a request without `each`.',
    files: one({ ...info, args: ['{{row.customer_id}}'] }),
  },
};
