import { customerEntity } from '../../api/entities';
import { wsdlFields } from '../../api/types';
import type { Generation } from '../../api/generations';
import { at, customerAttributesOf, customerSchema, valueOf, type Attribute, type Row } from '../data/attributes';
import { shownTime } from '../data/dates';
import { xml } from './text';

/** The settings for writing customers in one store. */
export interface CustomerStyle {
  /** The time zone of `created_at` in `info` (facts §4). */
  readonly timeZone: string;
  readonly generation: Generation;
}

/** One column of V1, with the prepared text around its value. */
interface V1Column {
  readonly attribute: Attribute;
  readonly open: string;
  readonly nil: string;
}

const v1ColumnsOf = new Map<Generation, readonly V1Column[]>();

function v1Columns({ generation }: CustomerStyle): readonly V1Column[] {
  let columns = v1ColumnsOf.get(generation);
  if (columns === undefined) {
    columns = customerAttributesOf(generation).map((attribute) => {
      const key = `<item><key xsi:type="xsd:string">${attribute.code}</key>`;
      const type = generation.v1Numbers === 'int' && attribute.column === 'int' ? 'int' : 'string';
      return { attribute, open: `${key}<value xsi:type="xsd:${type}">`, nil: `${key}<value xsi:nil="true"/></item>` };
    });
    v1ColumnsOf.set(generation, columns);
  }
  return columns;
}

/** The map of a customer in a V1 list: only attributes with a value, beginning with those that were filtered by (facts §4). */
export function v1ListRows(rows: readonly Row[], first: readonly Attribute[], style: CustomerStyle): string {
  const all = v1Columns(style);
  const idColumn = all.find(({ attribute }) => attribute.index === at.id);
  const front = first.map((attribute) => all.find((column) => column.attribute === attribute)).filter((column) => column !== undefined);
  const columns = [
    ...(idColumn === undefined ? [] : [idColumn]),
    ...front,
    ...all.filter((column) => column !== idColumn && !front.includes(column)),
  ];
  let text = '';
  for (const row of rows) {
    text += '<item xsi:type="ns2:Map">';
    for (const { attribute, open } of columns) {
      const value = valueOf(row, attribute);
      if (value !== null) text += open + xml(value) + '</value></item>';
    }
    text += '</item>';
  }
  return text;
}

/** Entries of the map of a V1 info: all attributes or the requested ones, nil where there is no value. */
export function v1Info(row: Row, only: readonly Attribute[] | undefined, style: CustomerStyle): string {
  let text = '';
  for (const { attribute, open, nil } of v1Columns(style)) {
    if (only !== undefined && !only.includes(attribute)) continue;
    const value = valueOf(row, attribute);
    if (value === null) text += nil;
    else text += open + xml(attribute.index === at.createdAt ? shownTime(value, style) : value) + '</value></item>';
  }
  return text;
}

/** One field of V2 and WS-I. Attributes that only V1 returns are not included. */
interface WsdlColumn {
  readonly attribute: Attribute;
  readonly kind: string;
  readonly typedOpen: string;
  readonly literalOpen: string;
  readonly close: string;
}

const wsdlColumns: readonly WsdlColumn[] = wsdlFields(customerEntity).flatMap(({ name, type }) => {
  const attribute = customerSchema.find(name);
  if (attribute === undefined) throw new Error(`The catalogue has a field ${name} that the demo store does not keep.`);
  return [
    { attribute, kind: type.kind, typedOpen: `\n<${name} xsi:type="xsd:${type.kind}">`, literalOpen: `\n<${name}>`, close: `</${name}>` },
  ];
});

/** Fields of a customer in V2 or WS-I, each on a separate line, without null values. */
function wsdlFieldsOf(row: Row, withTypes: boolean, only: readonly Attribute[] | undefined, style: CustomerStyle | undefined): string {
  let text = '';
  for (const { attribute, kind, typedOpen, literalOpen, close } of wsdlColumns) {
    const value = row.values[attribute.index];
    if (value === null || value === undefined || (only !== undefined && !only.includes(attribute))) continue;
    text +=
      (withTypes ? typedOpen : literalOpen) +
      (kind === 'boolean'
        ? String(value !== '0')
        : xml(style !== undefined && attribute.index === at.createdAt ? shownTime(value, style) : value)) +
      close;
  }
  return text;
}

/** Items of a V2 list. */
export function v2ListRows(rows: readonly Row[]): string {
  let text = '';
  for (const row of rows) text += `\n<item xsi:type="ns1:customerCustomerEntity">${wsdlFieldsOf(row, true, undefined, undefined)}\n</item>`;
  return text;
}

/** Items of a WS-I list. */
export function wsiListRows(rows: readonly Row[]): string {
  let text = '';
  for (const row of rows) text += `\n<complexObjectArray>${wsdlFieldsOf(row, false, undefined, undefined)}\n</complexObjectArray>`;
  return text;
}

/** Fields of an info in V2 or WS-I. */
export function wsdlInfo(row: Row, withTypes: boolean, only: readonly Attribute[] | undefined, style: CustomerStyle): string {
  return `${wsdlFieldsOf(row, withTypes, only, style)}\n`;
}
