import { phpTypes } from './php';
import { tsTypes } from './typescript';
import type { TypeModel } from './model';

/** Languages that types are written in. */
export type TypesTarget = 'typescript' | 'php';

/** Suggested names of the files. */
export const typesFileNames: Readonly<Record<TypesTarget, string>> = { typescript: 'maho-soap.d.ts', php: 'MahoSoap.php' };

/**
 * Types of the API: a TypeScript declaration file, or PHP classes with doc comments.
 * @param model `catalogueModel()`, or what a live store's WSDL says in the same shape
 */
export function generateTypes(target: TypesTarget, model: TypeModel): string {
  return target === 'php' ? phpTypes(model) : tsTypes(model);
}
