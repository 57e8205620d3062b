import type { ErrorWords } from '../api/errors';
import { findTrap } from '../api/traps';
import { requestCodes } from '../requests/codes';
import { helpLink, type TopicPage } from './help-link';

/** A heading of a page. */
export type Topic = readonly [page: TopicPage, topic: string];

/** The section that explains an error, by its code. */
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

/** The page that explains an error. `undefined` if there is none. */
export function topicOf({ code, topic }: Pick<ErrorWords, 'code' | 'topic'>): Topic | undefined {
  return topic === undefined ? topicOfCode(code) : ['faults', topic];
}

/** The page that explains the code of an error that did not come from a store, or of a problem in a file. */
export function topicOfCode(code: string): Topic | undefined {
  if (findTrap(code) !== undefined) return ['traps', code];
  if (requestCodes.some((each) => each === code)) return ['requests', code];
  return Object.hasOwn(sections, code) ? sections[code] : undefined;
}

/** The URI of a link to the page that explains an error. See {@link helpLink}. */
export function helpAddress(words: Pick<ErrorWords, 'code' | 'topic'>): string | undefined {
  const topic = topicOf(words);
  return topic === undefined ? undefined : helpLink(...topic);
}
