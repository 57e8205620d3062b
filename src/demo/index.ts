export {
  faultKinds,
  type ClockSetting,
  type DemoControls,
  type DemoFaults,
  type DemoStore,
  type DemoStoreOptions,
  type DemoUser,
  type FaultKind,
  type FaultRule,
  type RequestLogEntry,
  type SeedRecord,
  type SoapFaultOnDemand,
  type SyntheticSeed,
} from './options';
export { findGeneration, generationNames, type GenerationId, type ProductId } from '../api/generations';
export { parseFaults } from './mishaps';
export { startDemoStore } from './server';
