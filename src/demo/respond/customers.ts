import { customerEntity } from '../../api/entities';
import { wsdlFields } from '../../api/types';
import { at, customerSchema, type Attribute, type Row } from '../data/attributes';
import { zonedText } from '../data/dates';
import { xml } from './text';

/** How customers are written in one store. */
export interface CustomerStyle {
  /** `created_at` of an info is shown in this zone (facts §4). */
  readonly timeZone: string;
  /** V1 sends numeric columns as `xsd:int` (facts §9). */
  readonly numbersAsInt: boolean;
}

/** One column of V1: everything around the value is known beforehand. */
interface V1Column {
  readonly attribute: Attribute;
  readonly asText: string;
  readonly asInt: string;
  readonly nil: string;
}

const v1Columns: readonly V1Column[] = customerSchema.attributes.map((attribute) => {
  const key = `<item><key xsi:type="xsd:string">${attribute.code}</key>`;
  return { attribute, asText: `${key}<value xsi:type="xsd:string">`, asInt: `${key}<value xsi:type="xsd:int">`, nil: `${key}<value xsi:nil="true"/></item>` };
});

/** The map of a customer in a V1 list: only what is set; what was filtered by stands in front (facts §4). */
export function v1ListRows(rows: readonly Row[], first: readonly Attribute[], style: CustomerStyle): string {
  const idColumn = v1Columns[at.id];
  const front = first.map(({ index }) => v1Columns[index]).filter((column) => column !== undefined);
  const columns = [...(idColumn === undefined ? [] : [idColumn]), ...front, ...v1Columns.filter((column) => column !== idColumn && !front.includes(column))];
  let text = '';
  for (const { values } of rows) {
    text += '<item xsi:type="ns2:Map">';
    for (const { attribute, asText, asInt } of columns) {
      const value = values[attribute.index];
      if (value === null || value === undefined) continue;
      text += (style.numbersAsInt && attribute.column === 'int' ? asInt : asText) + xml(value) + '</value></item>';
    }
    text += '</item>';
  }
  return text;
}

/** Entries of the map of a V1 info: every attribute, or those asked for, nil where there is no value. */
export function v1Info(row: Row, only: readonly Attribute[] | undefined, style: CustomerStyle): string {
  let text = '';
  for (const { attribute, asText, asInt, nil } of v1Columns) {
    if (only !== undefined && !only.includes(attribute)) continue;
    const value = row.values[attribute.index];
    if (value === null || value === undefined) text += nil;
    else text += (style.numbersAsInt && attribute.column === 'int' ? asInt : asText) + xml(attribute.index === at.createdAt ? zonedText(value, style.timeZone) : value) + '</value></item>';
  }
  return text;
}

/** One field of V2 and WS-I. Whatever V1 alone carries is not here. */
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
  return [{ attribute, kind: type.kind, typedOpen: `\n<${name} xsi:type="xsd:${type.kind}">`, literalOpen: `\n<${name}>`, close: `</${name}>` }];
});

/** Fields of a customer in V2 or WS-I, each on a line of its own, without what is null. */
function wsdlFieldsOf(row: Row, withTypes: boolean, only: readonly Attribute[] | undefined, zone: string | undefined): string {
  let text = '';
  for (const { attribute, kind, typedOpen, literalOpen, close } of wsdlColumns) {
    const value = row.values[attribute.index];
    if (value === null || value === undefined || (only !== undefined && !only.includes(attribute))) continue;
    text += (withTypes ? typedOpen : literalOpen) + (kind === 'boolean' ? String(value !== '0') : xml(zone !== undefined && attribute.index === at.createdAt ? zonedText(value, zone) : value)) + close;
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
  return `${wsdlFieldsOf(row, withTypes, only, style.timeZone)}\n`;
}
