import type { Metafile } from 'esbuild';

/** One file of code that a build has written. */
export interface Chunk {
  /** The module that it is loaded for; of a chunk that several share, the largest module in it. */
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly shared: boolean;
  readonly bytes: number;
  /** Bytes as a .vsix has them. */
  readonly packed: number;
  /** The files that are read with it. */
  readonly imports: readonly string[];
}

export declare function measureChunks(metafiles: readonly Metafile[]): readonly Chunk[];
export declare function readWith(chunks: readonly Chunk[], first: Chunk): readonly Chunk[];
export declare function tooLarge(chunks: readonly Chunk[]): readonly string[];
