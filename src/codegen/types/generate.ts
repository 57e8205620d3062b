import { phpTypes } from './php';
import { tsTypes } from './typescript';
import type { TypeModel } from './model';

/** Languages of generated types. */
export type TypesTarget = 'typescript' | 'php';

/** Suggested names of the files. */
export const typesFileNames: Readonly<Record<TypesTarget, string>> = { typescript: 'maho-soap.d.ts', php: 'MahoSoap.php' };

/**
 * Generates types of the API: a TypeScript declaration file, or PHP classes with doc comments.
 * @param model `catalogueModel()`, or the types of a store in the same form
 */
export function generateTypes(target: TypesTarget, model: TypeModel): string {
  return target === 'php' ? phpTypes(model) : tsTypes(model);
}
