export { isFilterable, knownResources, ResourceRegistry, type FurtherMethods } from './registry';
export { listArguments, listPath } from './resource';
export type { DemoResource, FaultMeaning, FilterableResource, FilteredList, Resource, ResourceFault, ResourceOperation } from './resource';
