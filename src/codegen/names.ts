import { elementName } from '../api/element-name';
import { isTemplateList, isTemplateRecord, type Template } from './template';

/**
 * Checks the names of V2 and WS-I arguments and their keys, which become elements. Names that XML does not allow are refused in every
 * language, because they could change the request, or the program around it.
 * @throws {ToolkitError} of kind `input`, `element-name`
 */
export function requireElementNames(parts: readonly { readonly name: string | undefined; readonly value: Template }[]): void {
  for (const { name, value } of parts) {
    if (name !== undefined) elementName(name);
    requireKeys(value);
  }
}

function requireKeys(value: Template): void {
  if (isTemplateList(value)) value.forEach(requireKeys);
  if (!isTemplateRecord(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    elementName(key);
    requireKeys(inner);
  }
}
