export * from './catalogue';
export * from './dialect';
export * from './entities';
export * from './errors';
export * from './types';
export * from './value';
