import type { Metafile } from 'esbuild';

export declare function bundledPackages(metafiles: readonly Metafile[]): readonly string[];
export declare function noticesOf(folders: readonly string[]): string;
