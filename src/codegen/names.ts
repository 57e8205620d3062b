import { elementName } from '../api/element-name';
import { isTemplateList, isTemplateRecord, type Template } from './template';

/**
 * Arguments of V2 and WS-I are elements, and so are the keys inside them. Names that XML does not allow are refused before
 * anything is written, in every language: they would change the request, or the program around it.
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
