import type { WireType } from '../../api/types';
import { wsdlFields } from '../../api/types';
import { isList, isRecord, type SoapValue } from '../../api/value';
import { commonType, naturalType } from '../../soap/dialects/encoded';
import { WSI_ITEM } from '../../soap/operation-types';
import { xml } from './text';

/** Writes a value with PHP's own types: V1. An array may have a type of the store instead, such as FixedArray. */
export function natural(name: string, value: SoapValue, ownType?: string): string {
  if (value === null) return `<${name} xsi:nil="true"/>`;
  if (typeof value === 'string') return `<${name} xsi:type="xsd:string">${xml(value)}</${name}>`;
  if (typeof value === 'boolean') return `<${name} xsi:type="xsd:boolean">${value}</${name}>`;
  if (typeof value === 'number') return `<${name} xsi:type="${naturalType(value, 'xsd:float')}">${value}</${name}>`;
  if (isRecord(value) && Object.keys(value).length > 0) {
    const items = Object.entries(value).map(
      ([key, inner]) => `<item><key xsi:type="xsd:string">${xml(key)}</key>${natural('value', inner)}</item>`,
    );
    return `<${name} xsi:type="ns2:Map">${items.join('')}</${name}>`;
  }
  const list = isList(value) ? value : [];
  const attributes =
    `SOAP-ENC:arrayType="${ownType === undefined ? commonType(list, 'xsd:float') : 'xsd:ur-type'}[${list.length}]" ` +
    `xsi:type="${ownType ?? 'SOAP-ENC:Array'}"`;
  if (list.length === 0) return `<${name} ${attributes}/>`;
  return `<${name} ${attributes}>${list.map((item) => natural('item', item)).join('')}</${name}>`;
}

/** Writes a value with named types of the WSDL: V2. Null values are left out. */
export function typed(name: string, value: SoapValue, type: WireType): string {
  if (value === null) return '';
  switch (type.kind) {
    case 'list': {
      const list = isList(value) ? value : [];
      const attributes = `SOAP-ENC:arrayType="${typeName(type.of)}[${list.length}]" xsi:type="ns1:${type.name}"`;
      if (list.length === 0) return `<${name} ${attributes}/>`;
      return `<${name} ${attributes}>${list.map((item) => typed('item', item, type.of)).join('')}</${name}>`;
    }
    case 'entity': {
      const record = isRecord(value) ? value : {};
      return `<${name} xsi:type="ns1:${type.name}">${wsdlFields(type)
        .map((field) => typed(field.name, record[field.name] ?? null, field.type))
        .join('')}</${name}>`;
    }
    default:
      return `<${name} xsi:type="${typeName(type)}">${xml(scalarText(value, type))}</${name}>`;
  }
}

function typeName(type: WireType): string {
  if (type.kind === 'list' || type.kind === 'entity') return `ns1:${type.name}`;
  return type.kind === 'any' ? 'xsd:anyType' : `xsd:${type.kind}`;
}

/** Writes a value by the WSDL's types without naming them: WS-I. */
export function literal(name: string, value: SoapValue, type: WireType): string {
  if (value === null) return '';
  switch (type.kind) {
    case 'list': {
      const list = isList(value) ? value : [];
      if (list.length === 0) return `<${name}/>`;
      return `<${name}>${list.map((item) => literal(WSI_ITEM, item, type.of)).join('')}</${name}>`;
    }
    case 'entity': {
      const record = isRecord(value) ? value : {};
      return `<${name}>${wsdlFields(type)
        .map((field) => literal(field.name, record[field.name] ?? null, field.type))
        .join('')}</${name}>`;
    }
    default:
      return `<${name}>${xml(scalarText(value, type))}</${name}>`;
  }
}

/** A scalar in the form of its type: text becomes a number where the type is a number, and every value except an empty one is true. */
function scalarText(value: SoapValue, type: WireType): string {
  if (type.kind === 'boolean') return String(value !== false && value !== 0 && value !== '' && value !== '0');
  if (type.kind === 'int' && typeof value === 'string') return String(Number.parseInt(value, 10) || 0);
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'object' ? '' : String(value);
}
