import type { Io } from './io';

/** An option of a command, as `parseArgs` of Node understands it, and as help, completion and the pages of `docs/cli` tell it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** What stands for its value, such as `FILE`. FILE and FOLDER are completed with names of files and folders. */
  readonly value?: string;
  /** What it does, on as many lines as help needs. */
  readonly doc: string;
  /** Its values, where only these are meant. */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

/** A command line that a person may copy. A test runs each against a demo store. */
export interface Example {
  readonly doc: string;
  /** As a POSIX shell takes it. `https://shop.example.com`, its host and the user `api` stand for a store. */
  readonly line: string;
}

/** What stands behind the options of a command, such as a file. */
export interface Positional {
  readonly name: string;
  readonly doc: string;
  readonly choices?: readonly string[];
}

/** One subcommand: all that help, completion and the pages of `docs/cli` say about it, and what it does. */
export interface Command {
  readonly summary: string;
  /** What follows the name of the command, such as `FILES… [options]`. */
  readonly usage: string;
  /** Paragraphs. A paragraph whose lines begin with blanks keeps its lines. */
  readonly about: readonly string[];
  readonly positionals?: readonly Positional[];
  readonly options: Options;
  /** What its exit codes say. */
  readonly exit: string;
  readonly examples: readonly Example[];
  /** Runs it; the number is the exit code. */
  readonly run: (args: readonly string[], io: Io) => Promise<number>;
}
