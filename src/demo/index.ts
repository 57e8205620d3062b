export { faultKinds, type DemoFaults, type DemoStore, type DemoStoreOptions, type FaultKind, type RequestLogEntry, type SeedRecord } from './options';
export { productNames, type ProductName } from './products';
export { parseFaults } from './mishaps';
export { startDemoStore } from './server';
