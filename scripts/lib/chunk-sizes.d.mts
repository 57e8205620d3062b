import type { Metafile } from 'esbuild';

/** One file of code that a build wrote. */
export interface Chunk {
  /** The module that it is loaded for; for a shared chunk, its largest module. */
  readonly name: string;
  /** Relative to the project. */
  readonly file: string;
  readonly shared: boolean;
  readonly bytes: number;
  /** Size after compression as in a .vsix, in bytes. */
  readonly packed: number;
  /** The files that it imports statically. */
  readonly imports: readonly string[];
}

export declare function measureChunks(metafiles: readonly Metafile[]): readonly Chunk[];
export declare function readWith(chunks: readonly Chunk[], first: Chunk): readonly Chunk[];
export declare function tooLarge(chunks: readonly Chunk[]): readonly string[];
