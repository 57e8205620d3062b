export { StoreClient, type CallArguments, type CallOptions, type CallResult, type ClientPorts } from './client';
export { defaultMaxBytes, defaultTimeouts, normalizeStoreUrl, storeConfig, type StoreConfig, type Timeouts } from './config';
export { checkTitles, diagnose, type Check, type CheckId, type DoctorOptions } from './doctor';
export { Exchange, type ExchangeRequest, type ExchangeResponse, type Headers, type Outcome, type Timings } from './exchange';
export { noteOf, TransportError, type ErrorNote, type FailureDetail } from './failure';
export { MASK, maskRecord, maskResult, maskText, maskValue, maskXml, secretNames } from './mask';
export { isWrite } from './policy';
export { defaultRetry, type RetryPolicy } from './retry';
