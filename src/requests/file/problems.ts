import { printParseErrorCode, type Node, type ParseError } from 'jsonc-parser';
import type * as z from 'zod/mini';
import { similar, withGuess } from '../../api/traps';
import { schemaProblem } from '../expect/schema';
import { later, translated, t } from '../../l10n/texts';
import { removal } from './edits';
import type { Diagnostic, Range, SavedRequest } from './model';
import { descend, nearest, propertyAt, rangeOf, type Property } from './tree';

/**
 * The problems that a schema reports, each at its place.
 * @param node the checked node
 * @param whole name for the whole node in messages, such as "The file"
 * @param text the text that the node was read from
 */
export function issues(node: Node, thrown: z.core.$ZodError, whole: string, text: string): readonly Diagnostic[] {
  return thrown.issues.flatMap((issue) => {
    const path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(node, path, key, text));
    const subject = path.length === 0 ? whole : path.join('.').replace(/\.(\d+)/g, '[$1]');
    const { message, beyond } = schemaProblem(issue, descend(node, path) !== undefined);
    return [error(beyond ? 'file-rule' : 'file-form', translated(message, { what: subject }), rangeOf(nearest(node, path)))];
  });
}

const knownKeys = [
  'store',
  'product',
  'variables',
  'requests',
  'name',
  'description',
  'method',
  'args',
  'envelope',
  'dialect',
  'expect',
  'each',
  'tags',
  'delay',
  'until',
  'every',
  'for',
  'before',
  'after',
  'fault',
  'error',
  'result',
  'under',
  'code',
  'message',
  '$type',
  '$regex',
  '$range',
  '$length',
  '$oneOf',
  '$partial',
  '$contains',
  '$each',
  '$not',
  '$absent',
  '$absentOr',
  '$flags',
];

function unknownKey(node: Node, path: readonly (string | number)[], key: string, text: string): Diagnostic {
  const found = propertyAt(node, [...path, key]);
  const meant = similar(key, knownKeys);
  const fixes =
    found === undefined
      ? []
      : [
          ...(meant === undefined
            ? []
            : [
                {
                  title: t('Change to {meant}', { meant }),
                  edits: [{ range: rangeOf(found.keyNode), newText: JSON.stringify(meant) }],
                  preferred: true,
                },
              ]),
          { title: t('Remove {key}', { key }), edits: [removal(text, found)], preferred: false },
        ];
  return {
    ...error('file-key', withGuess(t('"{key}" is not supported here.', { key }), meant), rangeOf(found?.keyNode ?? nearest(node, path))),
    fixes,
  };
}

/** The problem of a key that appears twice in one map. */
export function doubledKey(text: string, each: Property): Diagnostic {
  return {
    ...error('key-twice', t('"{key}" occurs twice. Only the last one counts.', { key: each.key }), rangeOf(each.keyNode)),
    why: t('A map contains each key once. For two conditions on one attribute, write both into one map. from and to make a range.'),
    fixes: [{ title: t('Remove this one'), edits: [removal(text, each)], preferred: false }],
  };
}

/**
 * The problem of a lost character. Editors and converters write U+FFFD for a byte that they could not read, because the file was opened or
 * saved in a wrong encoding.
 */
export function lostCharacter(text: string, { offset, length }: Range): readonly Diagnostic[] {
  const at = text.indexOf('\ufffd', offset);
  if (at < 0 || at >= offset + length) return [];
  return [
    {
      ...error('character-lost', t('A character was lost here when the file was read or saved with a wrong encoding.'), {
        offset: at,
        length: 1,
      }),
      why: t('Open the file again with its present encoding, and save it as UTF-8. If you mean the character U+FFFD, write \\ufffd.'),
    },
  ];
}

/** Requests that have the name of an earlier one. */
export function doubledNames(requests: readonly SavedRequest[]): readonly Diagnostic[] {
  const seen = new Set<string>();
  return requests.flatMap(({ name, nameRange }) => {
    if (name === '') return [];
    if (seen.has(name))
      return [
        {
          ...error('name-twice', t('Another request already has the name "{name}".', { name }), nameRange),
          why: t('Results of earlier requests, reports and the Test Explorer refer to requests by name.'),
        },
      ];
    seen.add(name);
    return [];
  });
}

const syntax: Readonly<Record<string, string>> = {
  InvalidSymbol: later('This is not JSON.'),
  InvalidNumberFormat: later('This is not a number.'),
  PropertyNameExpected: later('Expected a key in double quotes.'),
  ValueExpected: later('Expected a value.'),
  ColonExpected: later('Expected a colon.'),
  CommaExpected: later('Expected a comma.'),
  CloseBraceExpected: later('Expected a closing brace }.'),
  CloseBracketExpected: later('Expected a closing bracket ].'),
  EndOfFileExpected: later('Expected the end of the file.'),
  UnexpectedEndOfComment: later('The comment does not end.'),
  UnexpectedEndOfString: later('The text does not end.'),
  UnexpectedEndOfNumber: later('The number does not end.'),
  InvalidUnicode: later('This is not a valid character.'),
  InvalidEscapeCharacter: later('This escape is not valid in JSON.'),
  InvalidCharacter: later('This character must be escaped.'),
};

/** The problem of an error of the JSON parser. */
export function syntaxError(text: string, { error: code, offset, length }: ParseError): Diagnostic {
  const at = Math.min(offset, Math.max(0, text.length - 1));
  return error('json-syntax', translated(syntax[printParseErrorCode(code)] ?? syntax['InvalidSymbol'] ?? ''), {
    offset: at,
    length: Math.min(Math.max(1, length), text.length - at),
  });
}

/** A problem without a fix. */
export function error(code: string, message: string, range: Range): Diagnostic {
  return { code, message, severity: 'error', range, fixes: [] };
}
