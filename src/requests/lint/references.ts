import type { Node } from 'jsonc-parser';
import { similar, withGuess } from '../../api/traps';
import { holdsKey } from '../../store/settings/variables';
import { isOfEnvelope } from '../file/envelope';
import type { Diagnostic, Range, TextFix } from '../file/model';
import { texts, valueOf } from '../file/tree';
import { storeFields } from '../variables/resolver';
import { innermost, placeholders, type Placeholder } from '../variables/template';
import { t } from '../../l10n/texts';

/** The names that placeholders may refer to. */
export interface ReferenceContext {
  /** Variables of the file and of the chosen environment. */
  readonly variables: ReadonlySet<string>;
  /** Position of each request by its name. Of duplicates, the first one counts. */
  readonly requests: ReadonlyMap<string, number>;
  /** `false` in an untrusted workspace. */
  readonly trusted: boolean;
  /** See {@link suggesting}. */
  readonly suggest: Suggest;
}

/** Finds the word that was probably meant. */
export type Suggest = (word: string, words: Iterable<string>) => string | undefined;

/** The most unknown names of a file that get a suggestion, because each is compared with many others. */
const MAX_SUGGESTIONS = 50;

/** A suggester for one check of a file. It stops after {@link MAX_SUGGESTIONS}. */
export function suggesting(): Suggest {
  let left = MAX_SUGGESTIONS;
  return (word, words) => (left-- > 0 ? similar(word, words) : undefined);
}

/** A placeholder with its place. Its reference is checked each time, because other parts of the file can make it valid or invalid. */
export interface PlacedPlaceholder {
  readonly placeholder: Placeholder;
  readonly range: Range;
}

/** Every placeholder in a part of the file. @param envelope whether the part is a raw envelope, which can have session and namespace */
export function placeholdersIn(text: string, node: Node | undefined, envelope = false): readonly PlacedPlaceholder[] {
  return texts(node).flatMap((each) => {
    const value = valueOf(each);
    if (typeof value !== 'string') return [];
    const found = placeholders(value).filter(({ source }) => !(envelope && isOfEnvelope(source)));
    // A text with escapes is longer in the file than its value.
    const units =
      found.length === 0 || each.length === value.length + 2 ? undefined : unitsOf(text.slice(each.offset, each.offset + each.length));
    const placeOf = (unit: number): number => each.offset + (units === undefined ? 1 + unit : (units[unit] ?? each.length));
    return found.map((placeholder) => {
      const offset = placeOf(placeholder.offset);
      return { placeholder, range: { offset, length: placeOf(placeholder.offset + placeholder.length) - offset } };
    });
  });
}

/**
 * The problems of a placeholder.
 * @param before position of the request; only earlier ones have results
 * @param rows whether the request runs for rows
 */
export function checkReference(
  { placeholder, range }: PlacedPlaceholder,
  context: ReferenceContext,
  before: number,
  rows = false,
): readonly Diagnostic[] {
  const { source } = placeholder;
  const reference = innermost(placeholder.reference);
  const tell = (code: string, message: string, why?: string, fixes: readonly TextFix[] = []): readonly Diagnostic[] => [
    { code, message, severity: 'error', range, why, fixes },
  ];
  const replacement = (meant: string | undefined, suffix = ''): readonly TextFix[] =>
    meant === undefined
      ? []
      : [
          {
            title: t('Change to {meant}', { meant: `{{${meant}${suffix}}}` }),
            edits: [{ range, newText: `{{${meant}${suffix}}}` }],
            preferred: true,
          },
        ];
  switch (reference.kind) {
    case 'malformed':
      return tell(
        'variable-malformed',
        `${t('The placeholder is not valid.')} ${reference.why}`,
        t('To keep two braces as text, write \\\\{{ in the JSON.'),
      );
    case 'generated':
    case 'literal':
    case 'encoded':
      return none;
    case 'file':
      return context.trusted
        ? none
        : tell(
            'variable-untrusted',
            t('{placeholder} is not read in an untrusted workspace.', { placeholder: `{{${source}}}` }),
            t('A request file could send files of this computer to a store.'),
          );
    case 'env':
      if (holdsKey(reference.name))
        return tell(
          'variable-key',
          t('{placeholder} is not read, because API keys are never variables.', { placeholder: `{{$env ${reference.name}}}` }),
          t('Variables that begin with MAHO_SOAP_ contain API keys. A request file must not be able to send them.'),
        );
      if (!context.trusted)
        return tell(
          'variable-untrusted',
          t('{placeholder} is not read in an untrusted workspace.', { placeholder: `{{$env ${reference.name}}}` }),
          t('A request file could send environment variables of this computer to a store.'),
        );
      return [];
    case 'store': {
      if (storeFields.some((field) => field === reference.field)) return none;
      const meant = similar(reference.field, storeFields);
      return tell(
        'variable-store',
        t('{placeholder} does not exist. The fields of a store are {fields}.', {
          placeholder: `{{store.${reference.field}}}`,
          fields: storeFields.join(', '),
        }),
        t('API keys and passwords are never variables.'),
        replacement(meant === undefined ? undefined : `store.${meant}`),
      );
    }
    case 'result': {
      const position = context.requests.get(reference.request);
      if (position === undefined) {
        const meant = context.suggest(reference.request, context.requests.keys());
        return tell(
          'variable-request',
          withGuess(t('There is no request "{name}" in this file.', { name: reference.request }), meant),
          undefined,
          replacement(meant, source.slice(reference.request.length)),
        );
      }
      if (position >= before)
        return tell(
          'variable-later',
          position === before
            ? t('The request "{name}" uses its own result.', { name: reference.request })
            : t('The request "{name}" comes later in the file.', { name: reference.request }),
          t(
            'Requests run in order, so only results of earlier requests are known. Variables apply to all requests and cannot contain results.',
          ),
        );
      return [];
    }
    case 'row':
      if (rows || context.variables.has(reference.name)) return none;
      return tell(
        'variable-row',
        t('Only a request with "each" can use {placeholder}.', { placeholder: `{{${source}}}` }),
        t('Such a request runs once for each row. Variables are resolved only once and cannot contain a row.'),
      );
    case 'variable': {
      if (context.variables.has(reference.name)) return none;
      const meant = context.suggest(reference.name, context.variables);
      return tell(
        'variable-unknown',
        withGuess(t('There is no variable "{name}".', { name: reference.name }), meant),
        t('Define variables in the file under "variables", or in the selected environment file.'),
        replacement(meant),
      );
    }
  }
}

const none: readonly Diagnostic[] = [];

/** For each UTF-16 unit of a text's value, its offset in the JSON source. The last entry is the end. */
function unitsOf(raw: string): Uint32Array {
  const starts = new Uint32Array(raw.length);
  let count = 0;
  let at = 1;
  while (at < raw.length - 1) {
    starts[count++] = at;
    at += raw[at] !== '\\' ? 1 : raw[at + 1] === 'u' ? 6 : 2;
  }
  starts[count++] = at;
  return starts.subarray(0, count);
}
