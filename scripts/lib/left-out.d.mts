import type { Plugin } from 'esbuild';

export declare const withoutUnused: Plugin;
