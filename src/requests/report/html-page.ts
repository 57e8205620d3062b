import { createHash } from 'node:crypto';
import { htmlStyle } from './html-style';
import { html, htmlDocument, type HtmlElement } from './html-writer';

/**
 * A report as one HTML file. Its Content-Security-Policy lets a browser load and run nothing, even if text of a store or a file became
 * markup.
 */
export function htmlPage(title: string, ...body: readonly HtmlElement[]): string {
  const style = createHash('sha256').update(htmlStyle).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${style}'; base-uri 'none'; form-action 'none'`;
  return htmlDocument(
    html(
      'html',
      { lang: 'en' },
      html(
        'head',
        {},
        html('meta', { charset: 'utf-8' }),
        html('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
        html('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
        html('title', {}, `${title} - maho-soap`),
        html('style', {}, htmlStyle),
      ),
      html('body', {}, ...body),
    ),
  );
}
