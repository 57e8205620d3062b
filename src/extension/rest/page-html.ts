import { translated, spoken, t } from '../../l10n/texts';
import { escapeAttribute, escapeText } from '../../soap/xml/text';
import type { RestCodeTarget } from '../../codegen/rest';
import { noteLabels, verdictLabels, type Note } from '../../rest-equivalent';
import { requestLine } from '../../migration/report';
import type { Equivalence } from './equivalent';

/** The values from VS Code that a page needs. */
export interface PageFrame {
  /** The source of styles, for the content security policy. */
  readonly source: string;
  /** Address of the style sheet. */
  readonly style: string;
  /** Makes the command URI that copies or opens a program. */
  readonly command: (action: 'copy' | 'open', target: RestCodeTarget) => string;
}

const targetLabels: Readonly<Record<RestCodeTarget, string>> = { php: 'PHP', typescript: 'TypeScript (fetch)', curl: 'curl' };

/** A page about a call over REST. It contains no scripts. Its links are commands of VS Code, and text of calls and stores is escaped. */
export function pageHtml(about: Equivalence, frame: PageFrame): string {
  const { method, verdict, summary, reasons, notes } = about;
  const title = escapeText(t('{method} over REST v2', { method }));
  return `<!DOCTYPE html>
<html lang="${spoken()?.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${escapeAttribute(frame.source)}; base-uri 'none'; form-action 'none'">
<link rel="stylesheet" href="${escapeAttribute(frame.style)}">
<title>${title}</title>
</head>
<body>
<header>
<h1>${title}</h1>
<p><span class="verdict ${verdict}">${escapeText(translated(verdictLabels[verdict]))}</span> ${escapeText(summary)}</p>
</header>
<main>
${beside(about)}
${reasons.length === 0 ? '' : section(t('This call'), noteList(reasons))}
${section(t('Every call of this method'), noteList(notes))}
${programs(about, frame)}
${fields(about)}
</main>
</body>
</html>
`;
}

function beside({ method, soap, rest }: Equivalence): string {
  const left = `<section><h2>${escapeText(soap.title)}</h2><pre>${escapeText(method)}\n${escapeText(soap.args)}</pre></section>`;
  const right =
    rest === undefined
      ? `<section><h2>REST v2</h2><p class="lost">${escapeText(t('There is no equivalent over REST.'))}</p></section>`
      : `<section><h2>REST v2</h2><pre>${escapeText(requestLine(rest.request))}${rest.body === undefined ? '' : `\n${escapeText(rest.body)}`}</pre><p class="dim">${escapeText(needs(rest))}</p></section>`;
  return `<div class="beside">${left}${right}</div>`;
}

function needs({ permission, since }: NonNullable<Equivalence['rest']>): string {
  return [
    t('Since Maho {since}, below /api/rest/v2.', { since }),
    ...(permission === undefined ? [] : [t('The role of the API user needs the permission {permission}.', { permission })]),
  ].join(' ');
}

function programs({ programs: texts, examples, problem }: Equivalence, { command }: PageFrame): string {
  if (problem !== undefined) return section(t('Code'), `<p>${escapeText(problem)}</p>`);
  if (texts.length === 0) return '';
  const words = t('Examples replace values that are known only when the code runs.');
  const hint = examples ? `<p class="dim">${escapeText(words)}</p>` : '';
  const each = texts.map(({ target, text }, index) => {
    const link = (action: 'copy' | 'open', label: string): string =>
      `<a class="button" role="button" href="${escapeAttribute(command(action, target))}" aria-label="${escapeAttribute(`${label} ${targetLabels[target]}`)}">${escapeText(label)}</a>`;
    return `<details${index === 0 ? ' open' : ''}><summary>${targetLabels[target]}</summary><p class="actions">${link('copy', t('Copy'))} ${link('open', t('Open in Editor'))}</p><pre tabindex="0">${escapeText(text)}</pre></details>`;
  });
  return section(t('Code'), hint + each.join('\n'));
}

function fields({ fields: all }: Equivalence): string {
  if (all.length === 0) return '';
  const code = (name: string | undefined): string =>
    name === undefined ? `<span class="dim">${escapeText(t('none'))}</span>` : `<code>${escapeText(name)}</code>`;
  const rows = [...all.filter(({ used }) => used), ...all.filter(({ used }) => !used)].map(
    ({ soap, rest, note, used }) =>
      `<tr class="${rest === undefined ? 'lost' : soap === undefined ? 'new' : ''}"><td>${code(soap)}</td><td>${code(rest)}</td><td>${escapeText(translated(note))}</td><td>${used ? escapeText(t('in this call')) : ''}</td></tr>`,
  );
  const heads = ['SOAP', 'REST', t('Difference'), ''].map((head) => `<th scope="col">${escapeText(head)}</th>`);
  const head = `<thead><tr>${heads.join('')}</tr></thead>`;
  return section(t('Attributes'), `<table>${head}<tbody>${rows.join('\n')}</tbody></table>`);
}

function noteList(notes: readonly Note[]): string {
  const items = notes.map(
    ({ kind, text }) =>
      `<li class="${kind}"><strong>${escapeText(translated(noteLabels[kind]))}</strong> ${escapeText(translated(text))}</li>`,
  );
  return `<ul class="notes">${items.join('\n')}</ul>`;
}

function section(title: string, inner: string): string {
  return `<section><h2>${escapeText(title)}</h2>${inner}</section>`;
}
