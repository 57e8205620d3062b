import type { Argument, ExampleValue, Method } from '../../api/method';
import { protocolOperations } from '../../api/protocol';
import { isFilterable, knownResources, type FilterableResource, type ResourceRegistry } from '../../api/resources';
import { dialectLabels, dialects, isSoap } from '../../api/dialect';
import { isFiltersType, operators } from '../../api/filters';
import { productLabels, products } from '../../api/store-methods/product-names';
import { trapFamilies, type Trap } from '../../api/traps';
import { expectationDefinitions, timeSchema } from './expectations';
import { fieldDoc, proposedTypes, schemaOfType, type Schema } from './types';

/**
 * The JSON Schema of request files, made from the resources, for completion, hovers and validation in any editor. The result is checked in
 * as `schemas/maho-requests.schema.json`; `scripts/generate.mjs --check` reports when it is stale.
 */
export function requestFileSchema(registry: ResourceRegistry = knownResources): Schema {
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Maho SOAP requests',
    description: 'Saved requests to the SOAP API of Maho, OpenMage and Magento 1 stores, and to REST v2 of Maho 26.7.',
    type: 'object',
    allowTrailingCommas: true,
    additionalProperties: false,
    required: ['requests'],
    properties: {
      $schema: { type: 'string' },
      store: {
        type: 'string',
        minLength: 1,
        markdownDescription: 'Name of the store in the settings. Without it, you select the store when you run the requests.',
      },
      dialect: {
        ...dialectSchema,
        markdownDescription: 'Dialect of all requests that do not name one. Without it, the store decides.',
      },
      product: {
        enum: products,
        enumDescriptions: products.map((product) => `Methods of a current ${productLabels[product]}`),
        markdownDescription:
          'Product of the store. The editor uses its methods until those of the store have been read, or if there is no store.',
      },
      variables: {
        type: 'object',
        markdownDescription:
          'Values for `{{name}}`. An environment file can replace them. They can contain other variables and placeholders such as `{{$uuid}}`, `{{$timestamp}}`, `{{$randomEmail}}`, `{{$env NAME}}` and `{{store.name}}`. Each is computed once per run.',
      },
      include: {
        type: ['string', 'array'],
        minLength: 1,
        minItems: 1,
        items: { type: 'string', minLength: 1 },
        markdownDescription:
          'Other request files of the same repository, by their paths from this one. Their `before` and `requests` run before those of this file, and their `after` runs after its own, all on the store of this file. Their variables apply here too, unless this file has one with the same name. A file that is included several times counts once.',
      },
      before: {
        type: 'array',
        items: { $ref: '#/definitions/request' },
        markdownDescription:
          'Requests that prepare what the others need, such as creating a customer. They run first, even if only some of the others are run. If one does not pass, the others are skipped.',
      },
      after: {
        type: 'array',
        items: { $ref: '#/definitions/request' },
        markdownDescription:
          'Requests that clean up, such as deleting what was created. They always run, even after a failure or when the run is stopped.',
      },
      requests: {
        type: 'array',
        items: { $ref: '#/definitions/request' },
        markdownDescription:
          'The requests. They run in this order. Later ones can use results of earlier ones: `{{name.result}}`, `{{list.result[0].email}}`.',
      },
    },
    // A file that includes others need not have requests itself.
    if: { not: { required: ['include'] } },
    then: { properties: { requests: { minItems: 1 } } },
    definitions: {
      request: requestSchema(registry),
      ...Object.fromEntries(registry.filterable.map((resource) => [filtersName(resource), filtersSchema(resource)])),
      condition: conditionSchema(),
      ...expectationDefinitions,
      ...Object.fromEntries(registry.methods.map((method) => [argsName(method), argsSchema(method, registry)])),
    },
  };
}

const dialectSchema: Schema = {
  enum: dialects,
  enumDescriptions: dialects.map((dialect) => (isSoap(dialect) ? `SOAP ${dialectLabels[dialect]}` : 'REST v2 of Maho 26.7')),
};

function requestSchema(registry: ResourceRegistry): Schema {
  const { methods } = registry;
  const known = [
    ...methods.map((method) => ({ value: method.id, doc: methodDoc(method) })),
    ...methods.map((method) => ({ value: method.operation, doc: `The same as \`${method.id}\`.\n\n${methodDoc(method)}` })),
    ...protocolOperations
      .filter(({ id }) => !['login', 'startSession', 'endSession'].includes(id))
      .map(({ id, doc, v1Only }) => ({ value: id, doc: `${doc}${v1Only === true ? '\n\nOver V1 only.' : ''}` })),
  ];
  return {
    type: 'object',
    additionalProperties: false,
    required: ['name'],
    anyOf: [{ required: ['method'] }, { required: ['envelope'] }],
    defaultSnippets: methods.map((method) => ({ label: method.id, description: method.title, body: snippet(method, registry) })),
    properties: {
      name: {
        type: 'string',
        pattern: '\\S',
        patternErrorMessage: 'Expected a name.',
        markdownDescription: 'Name of the request, unique in the file. Reports and placeholders refer to it.',
      },
      description: { type: 'string', markdownDescription: 'What it is for.' },
      method: {
        type: 'string',
        minLength: 1,
        markdownDescription:
          'Any method of the store: a path such as `customer.list`, or an operation such as `customerCustomerList`. Or a request to REST v2: a verb and a path below `/api/rest/v2` such as `GET /products/{id}`, with its parts in `args`.',
        anyOf: [{ enum: known.map(({ value }) => value), markdownEnumDescriptions: known.map(({ doc }) => doc) }, { type: 'string' }],
      },
      args: { markdownDescription: 'Arguments by name, or as a list in the documented order.' },
      envelope: {
        type: ['string', 'array'],
        items: { type: 'string' },
        markdownDescription:
          "A raw SOAP envelope instead of `method` and `args`, as one text or as a list of lines. `{{$session}}` stands for the session, `{{$namespace}}` for the namespace of the store's WSDL, such as `urn:Maho`. The method is read from it, so that read-only and production stores are protected.",
      },
      dialect: { ...dialectSchema, markdownDescription: 'Dialect of this request. Without it, the dialect of the file or of the store.' },
      expect: { $ref: '#/definitions/expectation' },
      each: {
        type: ['string', 'array'],
        minLength: 1,
        markdownDescription:
          'Runs the request once for each row of a list, of a CSV or JSON file in the repository, or of a placeholder such as `{{Create.result}}`. The row is `{{row}}`, and a value of it is `{{row.email}}`. The result of the request is the list of all results.',
      },
      tags: {
        type: 'array',
        items: { type: 'string', pattern: '\\S', patternErrorMessage: 'Expected a tag.' },
        markdownDescription: 'Words to select the request by: `maho-soap run --only tag:smoke`.',
      },
      delay: timeSchema('Time to wait before the request is sent: `"500ms"`, `"2s"`, or milliseconds.'),
      until: { $ref: '#/definitions/awaited' },
    },
    allOf: [
      ...methods.map((method) => ({
        if: { required: ['method'], properties: { method: { enum: [method.id, method.operation] } } },
        then: { properties: { args: { $ref: `#/definitions/${argsName(method)}` } } },
      })),
      { if: { required: ['method'], properties: { method: { const: 'multiCall' } } }, then: { properties: { args: multiCallSchema } } },
      {
        if: { required: ['method'], properties: { method: { pattern: '^(GET|POST|PUT|PATCH|DELETE) /' } } },
        then: { properties: { args: restSchema } },
      },
      { if: { required: ['envelope'] }, then: { not: { anyOf: [{ required: ['method'] }, { required: ['args'] }] } } },
    ],
  };
}

const multiCallSchema: Schema = {
  ...proposedTypes('object'),
  properties: {
    calls: {
      ...proposedTypes('array'),
      markdownDescription: 'The calls: `["customer.info", [1]]`, or `{ "method": "customer.info", "args": { "customerId": 1 } }`.',
      items: {
        anyOf: [
          { type: 'string' },
          { type: 'array', items: [{ type: 'string' }, {}], minItems: 1, maxItems: 2 },
          { type: 'object', required: ['method'], additionalProperties: false, properties: { method: { type: 'string' }, args: {} } },
          {},
        ],
      },
    },
    options: {
      ...proposedTypes('object'),
      properties: { break: { anyOf: [{ enum: [0, 1] }, {}], markdownDescription: '1 stops at the first fault.' } },
    },
  },
};

const restSchema: Schema = {
  ...proposedTypes('object'),
  markdownDescription: 'The parts of a request to REST v2.',
  properties: {
    path: { ...proposedTypes('object'), markdownDescription: 'Values for the names in braces in the path.' },
    query: { ...proposedTypes('object'), markdownDescription: 'The query after the path: `{ "page": 2 }`.' },
    headers: {
      ...proposedTypes('object'),
      markdownDescription:
        'Headers such as `X-Store-Code`. Without `Accept`, the format is `application/json`. Lists in `application/ld+json` contain the total number.',
    },
    body: { markdownDescription: 'The content to send, as JSON. Not for `GET`.' },
  },
};

function filtersName({ name }: FilterableResource): string {
  return `filters.${name}`;
}

function argsName(method: Method): string {
  return `args.${method.id}`;
}

/**
 * Arguments by name, in order, or the bare first one as in the documentation. They provide completion and hovers but refuse nothing, see
 * {@link proposedTypes}.
 */
function argsSchema(method: Method, registry: ResourceRegistry): Schema {
  const resource = registry.resourceOf(method);
  const ofArgument = (arg: Argument): Schema => argumentSchema(arg, isFilterable(resource) ? resource : undefined);
  return {
    ...proposedTypes('object', 'array', ...(method.args.length > 0 ? ['string', 'number', 'null'] : ['null'])),
    markdownDescription: methodDoc(method),
    properties: Object.fromEntries(method.args.map((arg) => [arg.name, ofArgument(arg)])),
    // Draft 07 does not allow an empty list of items.
    ...(method.args.length === 0 ? {} : { items: method.args.map(ofArgument) }),
  };
}

function argumentSchema(arg: Argument, resource: FilterableResource | undefined): Schema {
  const filters = resource !== undefined && isFiltersType(arg.type);
  const schema = filters ? { $ref: `#/definitions/${filtersName(resource)}` } : schemaOfType(arg.type, true);
  return { markdownDescription: `${arg.doc}${arg.optional === true ? '\n\nOptional.' : ''}${dataTrapDoc(arg)}`, ...schema };
}

function filtersSchema({ entity }: FilterableResource): Schema {
  const pairs = (value: Schema): Schema => ({
    ...proposedTypes('array'),
    items: { ...proposedTypes('object'), properties: { key: proposedTypes('string'), value } },
  });
  const operator = {
    ...proposedTypes('object'),
    properties: {
      key: { anyOf: [{ enum: Object.keys(operators), enumDescriptions: Object.values(operators).map(({ doc }) => doc) }, {}] },
      value: {},
    },
  };
  return {
    ...proposedTypes('object', 'null', 'string'),
    markdownDescription: `Conditions on attributes. All of them must be true. \`{ "lastname": "Doe", "group_id": { "in": [1, 3] } }\`, or the structure of V2 with \`filter\` and \`complex_filter\`.${trapDoc(trapFamilies.filters)}`,
    properties: {
      ...Object.fromEntries(
        entity.fields.map((field) => [field.name, { markdownDescription: fieldDoc(field), $ref: '#/definitions/condition' }]),
      ),
      filter: { ...pairs(proposedTypes('string', 'number', 'boolean', 'null')), markdownDescription: 'V2: attributes that equal a value.' },
      complex_filter: { ...pairs(operator), markdownDescription: 'V2: attributes with an operator and a value.' },
    },
    additionalProperties: { $ref: '#/definitions/condition' },
  };
}

function conditionSchema(): Schema {
  return {
    ...proposedTypes('string', 'number', 'boolean', 'object', 'array', 'null'),
    properties: Object.fromEntries(
      Object.entries(operators).map(([name, { title, doc, takes }]) => [
        name,
        {
          markdownDescription: `**${title}**\n\n${doc}`,
          ...(takes === 'list' ? proposedTypes('array', 'string', 'number') : {}),
          ...(takes === 'none' ? { default: true } : {}),
        },
      ]),
    ),
  };
}

/** The hover text of a method: its description, requirements, result and faults. */
function methodDoc({ id, operation, title, doc, right, result, faults, access }: Method): string {
  const lines = [
    `**${title}**`,
    doc,
    `\`${id}\` in V1, \`${operation}\` in V2 and WS-I. ${access === 'write' ? 'Writes.' : 'Reads.'} Needs the permission \`${right}\`.`,
    `Returns: ${result.doc}`,
    ...(faults.length === 0 ? [] : [`Faults:\n${faults.map((fault) => `- **${fault.code}** ${fault.doc}`).join('\n')}`]),
  ];
  return lines.join('\n\n');
}

/** The traps in the data of a customer: those of create do not concern update, nor the other way round. */
function dataTrapDoc({ check }: Argument): string {
  if (check !== 'customer-create' && check !== 'customer-update') return '';
  const other = check === 'customer-create' ? 'update-' : 'create-';
  return trapDoc(trapFamilies.data.filter(({ code }) => !code.startsWith(other)));
}

function trapDoc(traps: readonly Trap[]): string {
  const worst = traps.filter(({ severity }) => severity === 'error').map(({ title }) => `- ${title}`);
  return `\n\nBeware of:\n${worst.join('\n')}`;
}

/** A snippet of VS Code for a first request. Each value of the example is a tab stop. */
function snippet(method: Method, registry: ResourceRegistry): Schema {
  let stops = 1;
  const stop = (value: ExampleValue): unknown => {
    if (typeof value === 'string') return `\${${++stops}:${value}}`;
    // VS Code removes the quotes around a text that begins with ^.
    if (typeof value === 'number') return `^\${${++stops}:${value}}`;
    if (Array.isArray(value)) return value.map(stop);
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, stop(inner)]));
  };
  const resource = registry.resourceOf(method);
  const args = Object.fromEntries(
    method.args.flatMap(({ name, type, optional }): [string, unknown][] => {
      if (isFilterable(resource) && isFiltersType(type)) return [[name, { [resource.idField]: { from: 1, to: 1000 } }]];
      const example = method.example?.[name] ?? (optional !== true && type.kind === 'int' ? 1 : undefined);
      return example === undefined ? [] : [[name, stop(example)]];
    }),
  );
  return { name: `\${1:${method.title}}`, method: method.id, ...(method.args.length > 0 ? { args } : {}) };
}
