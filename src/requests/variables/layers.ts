import { existsSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { parseEnv } from 'node:util';
import { ToolkitError } from '../../api/errors';
import { decodeText } from '../../api/text-input';
import type { SoapRecord } from '../../api/value';
import { holdsKey } from '../../store/settings/variables';
import { t } from '../../l10n/texts';
import { readEnvironment } from './environment';

/** Read before and after an environment file `NAME.env.json` in the same folder: values shared by the team, and personal values. */
const BASE = 'base.env.json';
const LOCAL = 'local.env.json';

/** Variables of several environment files. */
export interface LayeredEnvironment {
  /** If several files set a variable, the last one wins. */
  readonly variables: SoapRecord;
  /** Hints for the user, in sentences. */
  readonly notes: readonly string[];
}

/** An environment file with its layers, in reading order. */
export function layersOf(file: string): readonly string[] {
  if (isPlain(file)) return [file];
  const beside = (name: string): string => join(dirname(file), name);
  const name = basename(file);
  const around = /\.env\.json$/i.test(name);
  return [
    ...(around && name !== BASE && existsSync(beside(BASE)) ? [beside(BASE)] : []),
    file,
    ...(around && name !== LOCAL && existsSync(beside(LOCAL)) ? [beside(LOCAL)] : []),
  ];
}

/**
 * Reads environment files, each with its layers. Later files win.
 * @throws {ToolkitError} of kind `input`: `environment-missing`, `environment-invalid` or `encoding`
 */
export async function readEnvironments(files: readonly string[]): Promise<LayeredEnvironment> {
  const all = [...new Set(files.flatMap(layersOf))];
  let variables: SoapRecord = {};
  const notes: string[] = [];
  for (const file of all) {
    const own = isPlain(file) ? await plainVariables(file, notes) : await readEnvironment(file);
    variables = { ...variables, ...own };
    if (basename(file) === LOCAL && isInGit(file))
      notes.push(t('{file} is tracked by git. It is meant for your own values: add it to .gitignore.', { file }));
  }
  return { variables, notes };
}

/** Whether a file has lines of `NAME=value`, such as `.env` or `staging.env`. */
function isPlain(file: string): boolean {
  return /(?:^|\.)env(?:\.(?!json$|jsonc$)[^.]+)?$/i.test(basename(file));
}

async function plainVariables(file: string, notes: string[]): Promise<SoapRecord> {
  let text: string;
  try {
    text = decodeText(await readFile(file), file);
  } catch (error) {
    if (error instanceof ToolkitError) throw error;
    throw invalid(
      'environment-missing',
      t('The environment file {file} cannot be read.', { file }),
      error instanceof Error ? error.message : undefined,
      error,
    );
  }
  refuseOtherLines(text, file);
  const entries = Object.entries(parseEnv(text));
  const keys = entries.filter(([name]) => holdsKey(name)).map(([name]) => name);
  if (keys.length > 0)
    notes.push(
      t('{names} in {file} is not read, because API keys are never variables. Set it in the environment of the process.', {
        names: keys.join(', '),
        file,
      }),
    );
  return Object.fromEntries(entries.filter(([name]) => !holdsKey(name)).map(([name, value]) => [name, value ?? '']));
}

/** Refuses other lines, because the parser would ignore them silently. */
function refuseOtherLines(text: string, file: string): void {
  let open: string | undefined;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (open !== undefined) {
      if (line.includes(open)) open = undefined;
      continue;
    }
    if (/^\s*(?:#|$)/.test(line)) continue;
    const value = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=\s*(.*)$/.exec(line)?.[1];
    if (value === undefined)
      throw invalid(
        'environment-invalid',
        t('The environment file {file} cannot be read.', { file }),
        t('Line {index} is not NAME=value.', { index: index + 1 }),
      );
    const quote = /^["'`]/.exec(value)?.[0];
    if (quote !== undefined && !value.slice(1).includes(quote)) open = quote;
  }
  if (open !== undefined)
    throw invalid(
      'environment-invalid',
      t('The environment file {file} cannot be read.', { file }),
      t('A value begins with {open} and does not end.', { open }),
    );
}

/** Whether git tracks a file: its path is in the index of the repository. */
function isInGit(file: string): boolean {
  const path = resolve(file);
  for (let at = dirname(path), above = ''; at !== above; above = at, at = dirname(at)) {
    const index = join(at, '.git', 'index');
    if (existsSync(index)) return readFileSync(index).includes(`${relative(at, path).split(sep).join('/')}\0`);
  }
  return false;
}

function invalid(code: string, what: string, why: string | undefined, cause?: unknown): ToolkitError {
  return new ToolkitError('input', { code, what, why, next: t('Write one NAME=value on each line.') }, { cause });
}
