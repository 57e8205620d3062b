import type { ErrorWords } from '../api/errors';
import { findTrap } from '../api/traps';
import { requestCodes } from '../requests/codes';
import { helpLink, type TopicPage } from './help-link';

/** A heading of a page. */
export type Topic = readonly [page: TopicPage, topic: string];

/** Errors by their code that a section explains as a whole. */
export const sections: Readonly<Record<string, Topic>> = {
  'read-only': ['stores', 'writing-to-production'],
  'not-confirmed': ['stores', 'writing-to-production'],
  'key-missing': ['stores', 'keys'],
  'key-in-settings': ['stores', 'keys'],
  'untrusted-workspace': ['stores', 'keys'],
  'store-setting': ['stores', 'adding-a-store'],
  'variable-missing': ['stores', 'adding-a-store'],
  'dialect-not-spoken': ['stores', 'the-dialects'],
  'rest-unsaid': ['stores', 'the-dialects'],
  'csv-encoding': ['customers', 'import'],
  'csv-malformed': ['customers', 'import'],
  'csv-other-kind': ['customers', 'import'],
  'csv-quotes': ['customers', 'import'],
  'csv-separator': ['customers', 'import'],
  'csv-title': ['customers', 'import'],
  'file-changed': ['customers', 'import'],
  journal: ['customers', 'import'],
};

/** What explains an error; `undefined` where no page does. */
export function topicOf({ code, topic }: Pick<ErrorWords, 'code' | 'topic'>): Topic | undefined {
  return topic === undefined ? topicOfCode(code) : ['faults', topic];
}

/** What explains the code of an error or of a problem in a file that no store answered with. */
export function topicOfCode(code: string): Topic | undefined {
  if (findTrap(code) !== undefined) return ['traps', code];
  if (requestCodes.some((each) => each === code)) return ['requests', code];
  return Object.hasOwn(sections, code) ? sections[code] : undefined;
}

/** The address of a link to what explains an error; see {@link helpLink}. */
export function helpAddress(words: Pick<ErrorWords, 'code' | 'topic'>): string | undefined {
  const topic = topicOf(words);
  return topic === undefined ? undefined : helpLink(...topic);
}
