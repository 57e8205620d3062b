export * from './catalogue';
export * from './dialect';
export * from './entities';
export * from './errors';
export * from './text-input';
export * from './types';
export * from './value';
