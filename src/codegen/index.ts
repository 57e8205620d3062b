/**
 * Code for people to paste: programs, snippets, types. Also help in the PHP and TypeScript that they write. Pure: text and data in, text
 * and data out.
 */
export { typedMethods } from './types/select';
export type { CodeCall } from './call';
export { envelopeProgram, type RawEnvelope } from './curl/program';
export { codeTargets, filtersLiteral, generateCode, targetLabels, valueLiteral, type CodeTarget, type LiteralTarget } from './generate';
export * from './detect/index';
export { keyVariable } from './key';
export { phpLiteral } from './literals/php';
export { tsLiteral } from './literals/typescript';
export { snippetFiles, type SnippetEntry, type SnippetFile } from './snippets/files';
export { generateTypes, typesFileNames, type TypesTarget } from './types/generate';
export { catalogueModel, entitiesOf, storeModel, type TypedMethod, type TypeModel } from './types/model';
export { variableFor } from './secrets';
