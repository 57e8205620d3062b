export { Cassette, readCassette, type Recorded } from './cassette';
export { startRecorder, type Passed, type Recorder, type RecorderOptions } from './recorder';
export { startReplay, type Replay, type ReplayOptions, type Use } from './replay';
