export {
  faultKinds,
  type DemoFaults,
  type DemoStore,
  type DemoStoreOptions,
  type FaultKind,
  type RequestLogEntry,
  type SeedRecord,
} from './options';
export { findGeneration, generationNames, type GenerationId, type ProductId } from '../api/generations';
export { parseFaults } from './mishaps';
export { startDemoStore } from './server';
