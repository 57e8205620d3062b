import type { Plugin } from 'esbuild';

/** See commonjs-chunks.mjs. */
export declare function commonJsChunks(options: {
  readonly minify: boolean;
  readonly sourceMaps: boolean;
  /** The first line of an entry point, by its name. */
  readonly banners: Readonly<Record<string, string>>;
  /** Entry points that are read as one file. */
  readonly alone?: readonly string[];
}): Plugin;
