import type { HeaderLine, ResponseRequest, ResponseState, TimingState, XmlPreview } from '../../pages/response-messages';
import { button, element } from '../ui';
import { duration, size } from '../../pages/formats';
import { plural, t } from '../../l10n/texts';

/** The beginning of a message, with buttons that open or save the whole message. */
export function xmlPanel(part: 'request' | 'response', xml: XmlPreview | undefined, send: (request: ResponseRequest) => void): HTMLElement {
  const box = element('div', 'xml');
  if (xml === undefined) {
    box.append(element('p', 'missing', part === 'request' ? t('Nothing was sent.') : t('No response was received.')));
    return box;
  }
  const bar = element('div', 'toolbar');
  bar.append(
    element('span', 'count', size(xml.bytes)),
    button(t('Open in editor'), () => {
      send({ type: 'open-xml', part, form: 'pretty' });
    }),
    button(t('Open as sent'), () => {
      send({ type: 'open-xml', part, form: 'exact' });
    }),
    button(t('Save bytes…'), () => {
      send({ type: 'save-bytes', part });
    }),
  );
  const text = element('pre', 'source', xml.text);
  text.tabIndex = 0;
  text.setAttribute('role', 'region');
  text.setAttribute('aria-label', part === 'request' ? t('Beginning of the request') : t('Beginning of the response'));
  box.append(bar, text);
  if (xml.cut) box.append(element('p', 'missing', t('Only the beginning is shown here. The editor shows everything.')));
  return box;
}

/** Headers of both messages, in their original order. */
export function headersPanel({ requestHeaders, responseHeaders }: ResponseState): HTMLElement {
  const box = element('div', 'headers');
  box.append(headerTable(t('Response headers'), responseHeaders), headerTable(t('Request headers'), requestHeaders));
  return box;
}

function headerTable(title: string, lines: readonly HeaderLine[]): HTMLElement {
  const section = element('section');
  section.append(element('h2', '', title));
  if (lines.length === 0) {
    section.append(element('p', 'missing', t('None.')));
    return section;
  }
  const table = plainTable(title, [t('Name'), t('Value')]);
  for (const { name, value, times } of lines) {
    const row = addRow(table);
    const head = element('th', '', name);
    head.scope = 'row';
    if (times > 1) {
      const mark = element('span', 'badge', t('{count} times', { count: times }));
      mark.title = t('This header was sent more than once.');
      head.append(mark);
    }
    row.append(head, element('td', '', value));
  }
  section.append(table);
  return section;
}

/** The phases of an exchange, each with a bar from its start to its end, and the sizes of the messages. */
export function timingPanel(timing: TimingState | undefined): HTMLElement {
  const box = element('div', 'timing');
  if (timing === undefined) {
    box.append(element('p', 'missing', t('Nothing was sent.')));
    return box;
  }
  const table = plainTable(t('Phases'), [t('Phase'), t('Time'), t('From start to end')]);
  for (const { key, name, doc, start, ms } of timing.phases) {
    const row = addRow(table);
    const head = element('th', '', name);
    head.scope = 'row';
    head.title = doc;
    const cell = element('td', 'bar-cell');
    const bar = element('div', `bar bar-${key}`);
    bar.ariaHidden = 'true';
    const share = (part: number): string => `${((100 * part) / Math.max(timing.total, 0.001)).toFixed(2)}%`;
    bar.style.marginInlineStart = share(Math.min(start, timing.total));
    bar.style.width = share(Math.min(ms, timing.total));
    cell.append(bar);
    row.append(head, element('td', 'number', duration(ms)), cell);
  }
  const total = addRow(table);
  total.className = 'total';
  const head = element('th', '', t('Total'));
  head.scope = 'row';
  total.append(head, element('td', 'number', duration(timing.total)), element('td'));
  const first = element('section');
  first.append(element('h2', '', t('Time')), table);
  const sizes = plainTable(t('Sizes'), [t('Message'), t('Size')]);
  const line = (name: string, bytes: number | undefined): void => {
    if (bytes === undefined) return;
    const row = addRow(sizes);
    const label = element('th', '', name);
    label.scope = 'row';
    const value = element('td', 'number', size(bytes));
    value.title = plural(bytes, '{count} byte', '{count} bytes');
    row.append(label, value);
  };
  line(t('Request'), timing.requestBytes);
  line(t('Response as received'), timing.wireBytes);
  line(t('Response decompressed'), timing.bytes);
  const second = element('section');
  second.append(element('h2', '', t('Size')), sizes);
  box.append(first, second);
  return box;
}

/** A table with a heading row that screen readers announce. */
export function plainTable(label: string, columns: readonly string[]): HTMLTableElement {
  const table = element('table');
  table.setAttribute('aria-label', label);
  const row = element('tr');
  for (const name of columns) {
    const cell = element('th', '', name);
    cell.scope = 'col';
    row.append(cell);
  }
  const head = element('thead');
  head.append(row);
  table.append(head, element('tbody'));
  return table;
}

/** Adds a row below the heading. The table's own `insertRow` would put the first row into the head. */
export function addRow(table: HTMLTableElement): HTMLTableRowElement {
  const row = element('tr');
  table.tBodies[0]?.append(row);
  return row;
}
