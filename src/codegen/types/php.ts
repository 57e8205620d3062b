import type { EntityType, Field, WireType } from '../../api/types';
import { phpString } from '../literals/php';
import { docText, faultText, isIdentifier, typeNames, type TypedMethod, type TypeModel } from './model';

/**
 * A PHP 8.2 file: a readonly class for each entity, with `fromSoap` and `toSoap` between it and what SoapClient takes and
 * gives, and two subclasses of SoapClient whose doc comments tell editors the operations.
 */
export function phpTypes(model: TypeModel): string {
  const names = typeNames(model);
  return [
    `<?php\n\ndeclare(strict_types=1);\n\n// Types of the SOAP customer API, from ${docText(model.source)}. Written by Maho SOAP Toolkit; changes here are lost.\nnamespace MahoSoap;`,
    ...model.entities.map((entity) => entityClass(entity, names)),
    client('MahoV2Client', 'A V2 store: arguments in order, the session first.', model.methods.map((method) => v2Method(method, names))),
    client('MahoWsiClient', 'A store in WS-I mode: one array of named arguments, the result in ->result, lists in ->complexObjectArray.', model.methods.map(wsiMethod)),
    '',
  ].join('\n\n');
}

function entityClass(entity: EntityType, names: ReadonlyMap<string, string>): string {
  const fields = entity.fields.filter(({ name }) => isIdentifier(name));
  const name = nameOf(entity, names);
  const parameters = fields.map((field) => `        /** ${fieldDoc(field, names)} */\n        public ?${typeText(field.type, names)} $${field.name} = null,`);
  const reads = fields.map((field) => `            ${field.name}: isset($value[${phpString(field.name)}]) ? ${read(field.type, `$value[${phpString(field.name)}]`, names)} : null,`);
  const writes = fields.map((field) => `            ${phpString(field.name)} => ${write(field.type, `$this->${field.name}`)},`);
  return `/** ${docText(entity.name)}. What a store leaves out is null. */
final readonly class ${name}
{
    public function __construct(
${parameters.join('\n')}
    ) {
    }

    /**
     * From what SoapClient returns: an object over V2 and WS-I, an array over V1.
     *
     * @param object|array<string, mixed> $value
     */
    public static function fromSoap(object|array $value): self
    {
        $value = (array) $value;

        return new self(
${reads.join('\n')}
        );
    }

    /**
     * As an argument for SoapClient; what is null is left out.
     *
     * @return array<string, mixed>
     */
    public function toSoap(): array
    {
        return array_filter([
${writes.join('\n')}
        ], static fn (mixed $value): bool => $value !== null);
    }
}`;
}

function client(name: string, doc: string, methods: readonly string[]): string {
  return `/**\n * ${doc}\n *\n${methods.map((line) => ` * ${line}`).join('\n')}\n */\nclass ${name} extends \\SoapClient\n{\n}`;
}

function v2Method(method: TypedMethod, names: ReadonlyMap<string, string>): string {
  const args = method.args.filter(({ name }) => isIdentifier(name)).map(({ name, type, optional }) => `${type.kind === 'entity' || type.kind === 'list' ? 'array' : typeText(type, names)} $${name}${optional === true ? ' = []' : ''}`);
  const result = method.result.type.kind === 'list' ? 'object[]' : method.result.type.kind === 'entity' ? 'object' : typeText(method.result.type, names);
  return `@method ${result} ${operation(method)}(${['string $sessionId', ...args].join(', ')}) ${docText(`${method.doc} ${faultText(method)}`)}`;
}

function wsiMethod(method: TypedMethod): string {
  const args = method.args.filter(({ name }) => isIdentifier(name)).map(({ name, optional }) => `${name}${optional === true ? '?' : ''}: mixed`);
  return `@method object ${operation(method)}(array{${['sessionId: string', ...args].join(', ')}} $parameters) ${docText(method.doc)}`;
}

function operation(method: TypedMethod): string {
  return method.operation.replace(/\W/g, '');
}

function fieldDoc(field: Field, names: ReadonlyMap<string, string>): string {
  const list = field.type.kind === 'list' ? `@var ${typeText(field.type.of, names)}[]|null ` : '';
  return `${list}${docText(`${field.doc === '' ? field.title : field.doc}${field.v1Only === true ? ' Only over V1.' : ''}`)}`;
}

function typeText(type: WireType, names: ReadonlyMap<string, string>): string {
  switch (type.kind) {
    case 'boolean':
      return 'bool';
    case 'double':
      return 'float';
    case 'list':
      return 'array';
    case 'entity':
      return nameOf(type, names);
    case 'any':
      return 'mixed';
    default:
      return type.kind;
  }
}

/** Reads a value that is there. */
function read(type: WireType, value: string, names: ReadonlyMap<string, string>): string {
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
      return `${nameOf(type, names)}::fromSoap(${value})`;
    case 'list':
      // WS-I wraps lists; they are lists of one, too, with the feature SOAP_SINGLE_ELEMENT_ARRAYS.
      return `array_map(static fn (mixed $item): mixed => ${read(type.of, '$item', names)}, array_values((array) (((array) ${value})['complexObjectArray'] ?? ${value})))`;
  }
}

function write(type: WireType, value: string): string {
  if (type.kind === 'entity') return `${value}?->toSoap()`;
  if (type.kind !== 'list' || type.of.kind !== 'entity') return value;
  return `${value} === null ? null : array_map(static fn (object $item): array => $item->toSoap(), ${value})`;
}

function nameOf(entity: EntityType, names: ReadonlyMap<string, string>): string {
  return names.get(entity.name) ?? 'object';
}
