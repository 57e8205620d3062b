import { protocolOperations, type ProtocolOperation } from '../../api/catalogue';
import type { EntityType, Field, WireType } from '../../api/types';
import { phpString } from '../literals/php';
import { distinct, docText, faultText, isIdentifier, returned, typeNames, type TypedMethod, type TypeModel } from './model';
import { argumentType, nativeType, nullable, propertyNames, resultType, shapeKey, type ClassNames, type Lists } from './php-shapes';

/**
 * A PHP 8.2 file. It has a class for each entity, with `fromSoap` and `toSoap` to convert between it and the values of SoapClient. It also
 * has a subclass of SoapClient for each dialect, whose doc comments describe the operations to editors.
 */
export function phpTypes(model: TypeModel): string {
  const names = typeNames(model);
  const methods = distinct(
    model.methods.filter(({ operation }) => isIdentifier(operation)),
    ({ operation }) => operation.toLowerCase(),
  );
  const shared = protocolOperations.filter(({ v1Only }) => v1Only !== true);
  const classmap = classmapOf(model, names);
  return [
    `<?php\n\ndeclare(strict_types=1);\n\n// Types of the SOAP customer API, from ${docText(model.source)}. Written ` +
      `by Maho SOAP Toolkit; changes here are lost.\nnamespace MahoSoap;`,
    ...model.entities.map((entity) => entityClass(entity, names)),
    client(
      'MahoV1Client',
      'A V1 store: every method goes through call(), with its path and a list of its arguments.',
      protocolOperations.map(v1Operation),
    ),
    client(
      'MahoV2Client',
      `A V2 store: arguments in order, the session first. ${classmapDoc('MahoV2Client')}`,
      [
        ...shared.map((operation) => positional(operation.id, operation.args, operation.result, operation.doc, names)),
        ...methods.map((method) =>
          positional(method.operation, [session, ...method.args], method.result.type, `${method.doc} ${faultText(method)}`, names),
        ),
      ],
      classmap,
    ),
    client(
      'MahoWsiClient',
      'A store in WS-I mode: one array of named arguments, the result in ->result, lists in ->complexObjectArray. ' +
        `${classmapDoc('MahoWsiClient')}`,
      [
        ...shared.map((operation) => byName(operation.id, operation.args, operation.result, operation.doc, names)),
        ...methods.map((method) =>
          byName(method.operation, [session, ...method.args], method.result.type, `${method.doc} ${faultText(method)}`, names),
        ),
      ],
      classmap,
    ),
    '',
  ].join('\n\n');
}

type Argument = TypedMethod['args'][number];

const session: Argument = { name: 'sessionId', type: { kind: 'string' }, doc: '' };

function entityClass(entity: EntityType, names: ClassNames): string {
  const properties = propertyNames(entity);
  const fields = distinct(entity.fields, ({ name }) => name).map((field) => ({
    field,
    name: properties.get(field.name) ?? field.name,
    type: nullable(nativeType(field.type, names)),
  }));
  const declared = fields.map(({ field, name, type }) => `    /** ${fieldDoc(field, names)} */\n    public ${type} $${name} = null;`);
  const parameters = fields.map(({ name, type }) => `        ${type} $${name} = null,`);
  const assigned = fields.map(({ name }) => `        $this->${name} = $${name};`);
  const reads = fields.map(
    ({ field, name }) =>
      `            ${name}: isset($fields[${phpString(field.name)}]) ? ` +
      `${read(field.type, `$fields[${phpString(field.name)}]`, names)} : null,`,
  );
  const writes = fields.map(({ field, name }) => `            ${phpString(field.name)} => ${write(field.type, `$this->${name}`, names)},`);
  const shape = fields.map(({ field }) => `${shapeKey(field.name)}?: ${argumentType(field.type, names, 'list')}`).join(', ');
  return `/** ${docText(entity.name)}. What a store leaves out is null. */
final class ${nativeType(entity, names)}
{
${declared.join('\n\n')}${declared.length === 0 ? '' : '\n\n'}    public function __construct(
${parameters.join('\n')}
    ) {
${assigned.join('\n')}
    }

    /**
     * From what SoapClient returns: an object over V2 and WS-I, an array over V1.
     *
     * @param object|array<string, string|int|float|bool|array|object|null> $value
     */
    public static function fromSoap(object|array $value): self
    {
        $fields = (array) $value;

        return new self(
${reads.join('\n')}
        );
    }

    /**
     * As an argument for SoapClient; what is null is left out.
     *
     * @return array{${shape}}
     */
    public function toSoap(): array
    {
        return array_filter([
${writes.join('\n')}
        ], static fn ($value): bool => $value !== null);
    }
}`;
}

/** The entities that methods return, by their names in the WSDL, for the option `classmap` of SoapClient. */
function classmapOf(model: TypeModel, names: ClassNames): string {
  const results = returned(model);
  const entries = model.entities
    .filter(({ name }) => results.has(name))
    .map((entity) => `        ${phpString(entity.name)} => ${nativeType(entity, names)}::class,`);
  return (
    `    /** For the option classmap: results are then objects of the classes above. */\n    public const CLASSMAP = ` +
    `[\n${entries.join('\n')}\n    ];\n`
  );
}

function classmapDoc(name: string): string {
  return `With ['classmap' => ${name}::CLASSMAP] results are objects of the classes above, otherwise of stdClass with the same properties.`;
}

function client(name: string, doc: string, methods: readonly string[], body = ''): string {
  return `/**\n * ${doc}\n *\n${methods.map((line) => ` * ${line}`).join('\n')}\n */\nclass ${name} extends \\SoapClient\n{\n${body}}`;
}

function v1Operation({ id, args, result, doc }: ProtocolOperation): string {
  const value = 'string|int|float|bool|array|null';
  const taken = args.map(({ name, type }) =>
    type.kind === 'string' ? `string $${name}` : name === 'args' || name === 'options' ? `array $${name} = []` : `array $${name}`,
  );
  return (
    '@method ' +
    `${result.kind === 'any' ? value : result.kind === 'list' ? 'list<array>' : nativeType(result, new Map())} ${id}` +
    `(${taken.join(', ')}) ${docText(doc)}`
  );
}

function positional(operation: string, args: readonly Argument[], result: WireType, doc: string, names: ClassNames): string {
  const taken = documented(args).map(
    ({ name, type, optional }) =>
      `${argumentType(type, names, 'list')} $${name}` +
      `${optional === true ? (type.kind === 'entity' || type.kind === 'list' ? ' = []' : ' = null') : ''}`,
  );
  return `@method ${resultType(result, names, 'list')} ${operation}(${taken.join(', ')}) ${docText(doc)}`;
}

function byName(operation: string, args: readonly Argument[], result: WireType, doc: string, names: ClassNames): string {
  const lists: Lists = 'complexObjectArray';
  const taken = documented(args).map(
    ({ name, type, optional }) => `${name}${optional === true ? '?' : ''}: ${argumentType(type, names, lists)}`,
  );
  return `@method object{result: ${resultType(result, names, lists)}} ${operation}(array{${taken.join(', ')}} $parameters) ${docText(doc)}`;
}

/** Arguments that a doc comment can name, without duplicates. */
function documented(args: readonly Argument[]): readonly Argument[] {
  return distinct(
    args.filter(({ name }) => isIdentifier(name)),
    ({ name }) => name,
  );
}

function fieldDoc(field: Field, names: ClassNames): string {
  const list = field.type.kind === 'list' ? `@var ${resultType(field.type, names, 'list')}|null ` : '';
  return `${list}${docText(`${field.doc === '' ? field.title : field.doc}${field.v1Only === true ? ' Only over V1.' : ''}`)}`;
}

/** An expression that converts a value that is not null. */
function read(type: WireType, value: string, names: ClassNames): string {
  switch (type.kind) {
    case 'boolean':
      return `(bool) ${value}`;
    case 'double':
      return `(float) ${value}`;
    case 'int':
      return `(int) ${value}`;
    case 'string':
      return `(string) ${value}`;
    case 'any':
      return value;
    case 'entity':
      return names.has(type.name) ? `${nativeType(type, names)}::fromSoap(${value})` : `(object) ${value}`;
    case 'list': {
      const item = nativeType(type.of, names);
      // WS-I wraps lists. With the feature SOAP_SINGLE_ELEMENT_ARRAYS a single item is a list too.
      return (
        `array_map(static fn ($item)${item === 'mixed' ? '' : `: ${item}`} => ${read(type.of, '$item', names)}, ` +
        `array_values((array) (((array) ${value})['complexObjectArray'] ?? ${value})))`
      );
    }
  }
}

function write(type: WireType, value: string, names: ClassNames): string {
  if (type.kind === 'entity' && names.has(type.name)) return `${value}?->toSoap()`;
  if (type.kind !== 'list' || type.of.kind !== 'entity' || !names.has(type.of.name)) return value;
  return `${value} === null ? null : array_map(static fn (object $item): array => $item->toSoap(), ${value})`;
}
