import { readFile } from 'node:fs/promises';
import type { ParseError } from 'jsonc-parser';
import { ToolkitError } from '../../api/errors';
import { decodeText } from '../../api/text-input';
import { similar } from '../../api/traps';
import { isRecord, type SoapRecord } from '../../api/value';
import { partsOf, variablesOf, type RequestFile } from '../file/model';
import { Positions } from '../file/positions';
import { writtenValueOf } from '../file/json';
import { doubles, isTooDeep, treeOf } from '../file/tree';
import { t } from '../../l10n/texts';
import { referencesIn } from './template';

/**
 * Parses an environment file: a map of variables in JSON with comments, such as `{ "email": "jane@example.com" }`.
 * @param name name of the file, for errors
 * @throws {ToolkitError} of kind `input`, `environment-invalid`
 */
export function parseEnvironment(text: string, name: string): SoapRecord {
  try {
    return variablesIn(text, name);
  } catch (error) {
    // The JSON parser is recursive. Only a hostile file is nested deeper than the stack allows.
    if (error instanceof RangeError)
      throw invalid(t('The environment file {name} cannot be read.', { name }), t('It is nested too deeply.'));
    throw error;
  }
}

function variablesIn(text: string, name: string): SoapRecord {
  const errors: ParseError[] = [];
  const root = treeOf(text, errors);
  const [first] = errors;
  if (first !== undefined) {
    const { line, column } = new Positions(text).at(first.offset);
    throw invalid(
      t('The environment file {name} is not JSON.', { name }),
      t('Line {line}, column {column} cannot be read.', { line, column }),
    );
  }
  if (isTooDeep(root)) throw invalid(t('The environment file {name} cannot be read.', { name }), t('It is nested too deeply.'));
  const lost = text.indexOf('\ufffd');
  if (lost >= 0) {
    const { line, column } = new Positions(text).at(lost);
    throw new ToolkitError('input', {
      code: 'environment-invalid',
      what: t('The environment file {name} contains a lost character.', { name }),
      why: t('Line {line}, column {column}: the file was read or saved with a wrong encoding.', { line, column }),
      next: t('Open it with its present encoding, and save it as UTF-8. If you mean the character U+FFFD, write \\ufffd.'),
    });
  }
  const [twice] = doubles(root);
  if (twice !== undefined) {
    const { line, column } = new Positions(text).at(twice.keyNode.offset);
    throw invalid(
      t('The environment file {name} sets "{key}" twice.', { name, key: twice.key }),
      t('Line {line}, column {column} would be ignored: if a key occurs twice, only the last one counts.', { line, column }),
    );
  }
  const value = writtenValueOf(root, text);
  if (!isRecord(value)) throw invalid(t('The environment file {name} contains no variables.', { name }), t('It must be a map.'));
  return value;
}

/**
 * Reads an environment file.
 * @throws {ToolkitError} of kind `input`: `environment-missing`, `environment-invalid` or `encoding`
 */
export async function readEnvironment(file: string): Promise<SoapRecord> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(file);
  } catch (error) {
    throw new ToolkitError(
      'input',
      {
        code: 'environment-missing',
        what: t('The environment file {file} cannot be read.', { file }),
        why: error instanceof Error ? error.message : undefined,
        next: t('Check its name, or run without an environment.'),
      },
      { cause: error },
    );
  }
  return parseEnvironment(decodeText(bytes, file), file);
}

/**
 * Variables of an environment that are probably misspelled: no file uses or sets them, and they resemble one that a file does and the
 * environment does not set. Other unused variables may be for other files.
 */
export function misspelledVariables(
  environment: SoapRecord,
  files: readonly RequestFile[],
): readonly { readonly name: string; readonly meant: string }[] {
  const used = new Set(
    [environment, ...files.flatMap((file) => [variablesOf(file), ...file.all.flatMap(partsOf)])]
      .flatMap(referencesIn)
      .flatMap((reference) => (reference.kind === 'variable' || reference.kind === 'row' ? [reference.name] : [])),
  );
  for (const file of files) for (const { name } of file.variables) used.add(name);
  const unset = [...used].filter((name) => !Object.hasOwn(environment, name));
  return Object.keys(environment).flatMap((name) => {
    const meant = used.has(name) ? undefined : similar(name, unset);
    return meant === undefined ? [] : [{ name, meant }];
  });
}

function invalid(what: string, why: string): ToolkitError {
  return new ToolkitError('input', {
    code: 'environment-invalid',
    what,
    why,
    next: t('Write it as {example}.', { example: '{ "name": "value" }' }),
  });
}
