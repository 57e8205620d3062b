export { Cassette, readCassette, type Recorded } from './cassette';
export type { PassedExchange, RecorderOptions } from './options';
export { startRecorder, type Recorder } from './recorder';
export { startReplay, type Replay, type ReplayOptions, type Use } from './replay';
