/**
 * Title of an HTML page on one line, at most 200 characters of it. The pattern never reads past the next tag, so that no page can
 * make it slow.
 */
export function pageTitle(html: string): string | undefined {
  const title = /<title[^<>]*>([^<]{0,400})<\/title>/i.exec(html)?.[1]?.trim().slice(0, 200);
  return title === '' ? undefined : title;
}
