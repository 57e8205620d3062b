/** Programs for REST v2. Not exported by `codegen/index.ts`, so that they are loaded only when needed. */
export { restRequestTitle, restTitle, type RestCodeCall } from './call';
export { generateRestCode, restCodeTargets, type RestCodeTarget } from './generate';
