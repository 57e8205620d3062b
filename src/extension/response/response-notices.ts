import type { ResponseNotice } from '../../pages/response-messages';
import type { Junk } from '../../soap/decoding/decode';
import { formatNumber, plural, t } from '../../l10n/texts';

/** The notice about a list that was stopped. @param rows number of rows that arrived before */
export function stoppedWords(rows: number, bytes: number): string {
  return plural(
    rows,
    'This list was stopped after {bytes} bytes. The one complete row is shown. The store may have more.',
    'This list was stopped after {bytes} bytes. The {count} complete rows are shown. The store may have more.',
    { bytes: formatNumber(bytes) },
  );
}

/** The notice about a response that broke off. @param rows number of rows that arrived before */
export function brokenWords(rows: number, bytes: number): string {
  return plural(
    rows,
    'The response broke off after {bytes} bytes. The one complete row is shown.',
    'The response broke off after {bytes} bytes. The {count} complete rows are shown.',
    { bytes: formatNumber(bytes) },
  );
}

/** The notice about bytes that do not belong to the response. */
export function junkNotice({ where, offset, text }: Junk): ResponseNotice {
  switch (where) {
    case 'mark':
      return {
        text: t("There is a byte order mark before the XML, at byte 0. PHP's SoapClient and other clients refuse such responses."),
        excerpt: undefined,
      };
    case 'before':
      return {
        text: t("There is other content before the XML, at byte {offset}. PHP's SoapClient and other clients refuse such responses.", {
          offset: formatNumber(offset),
        }),
        excerpt: text,
      };
    case 'after':
      return { text: t('There is other content after the XML, at byte {offset}.', { offset: formatNumber(offset) }), excerpt: text };
    case 'bytes':
      return {
        text: t('The bytes at byte {offset} are not allowed in the character set of the response.', { offset: formatNumber(offset) }),
        excerpt: text,
      };
  }
}
