import type { Plugin } from 'esbuild';

/** See commonjs-chunks.mjs. */
export declare function commonJsChunks(options: {
  readonly minify: boolean;
  readonly sourceMaps: boolean;
  /** First line of an entry point, by the entry point's name. */
  readonly banners: Readonly<Record<string, string>>;
  /** Entry points that are written as one file each. */
  readonly alone?: readonly string[];
}): Plugin;
