import type { Io } from './io';

/** An option of a command. `parseArgs` of Node, help, completion and the pages of `docs/cli` read it. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly multiple?: boolean;
  /** Placeholder of the value, such as `FILE`. FILE and FOLDER are completed with names of files and folders. */
  readonly value?: string;
  /** Description. Help wraps it. */
  readonly doc: string;
  /** Allowed values; any value is allowed without them. */
  readonly choices?: readonly string[];
}

export type Options = Readonly<Record<string, Option>>;

/** A command line to copy. A test runs each against a demo store. */
export interface Example {
  readonly doc: string;
  /** In the syntax of a POSIX shell. `https://shop.example.com`, its host and the user `api` are placeholders for a store. */
  readonly line: string;
}

/** An argument after the options of a command, such as a file. */
export interface Positional {
  readonly name: string;
  readonly doc: string;
  readonly choices?: readonly string[];
}

/** One subcommand: how it runs, and everything that help, completion and the pages of `docs/cli` say about it. */
export interface Command {
  readonly summary: string;
  /** The arguments after the name of the command, such as `FILES… [options]`. */
  readonly usage: string;
  /** Paragraphs. A paragraph with a line that begins with a blank is not wrapped. */
  readonly about: readonly string[];
  readonly positionals?: readonly Positional[];
  readonly options: Options;
  /** The meaning of its exit codes. */
  readonly exit: string;
  readonly examples: readonly Example[];
  /** Runs the command and returns its exit code. */
  readonly run: (args: readonly string[], io: Io) => Promise<number>;
}
