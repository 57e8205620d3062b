import type { FaultResult, ResponseNotice, ResponseRequest } from '../../pages/response-messages';
import { later, translated, t } from '../../l10n/texts';
import { button, element } from '../ui';

/** A fault or failure: its code and the store's message, then the meaning, the reason and the next step. */
export function faultBox(fault: FaultResult, send: (request: ResponseRequest) => void): HTMLElement {
  const box = element('section', 'fault');
  box.setAttribute('role', 'alert');
  const title = element('h2');
  title.append(
    element('span', 'code', fault.kind === 'fault' ? t('Fault {code}', { code: fault.code }) : translated(headings[fault.kind])),
  );
  if (fault.said !== undefined) title.append(element('span', 'said', fault.said));
  const list = element('dl');
  const line = (name: string, text: string | undefined): void => {
    if (text !== undefined && text !== '') list.append(element('dt', '', name), element('dd', '', text));
  };
  line(fault.kind === 'fault' ? t('What it means') : t('What happened'), fault.what);
  line(t('Why'), fault.why);
  line(t('What to do'), fault.next);
  box.append(title, list);
  if (fault.explained) {
    const more = element('a', 'more', t('Learn more'));
    more.setAttribute('href', '#');
    more.addEventListener('click', (event) => {
      event.preventDefault();
      send({ type: 'learn-more' });
    });
    box.append(more);
  }
  if (fault.suggestions.length > 0) box.append(suggestions(fault, send));
  return box;
}

const headings: Readonly<Record<Exclude<FaultResult['kind'], 'fault'>, string>> = {
  transport: later('No response'),
  decode: later('Not readable'),
  policy: later('Not sent'),
  input: later('Not sent'),
};

function suggestions({ suggestions: found, fixWords }: FaultResult, send: (request: ResponseRequest) => void): HTMLElement {
  const box = element('div', 'suggestions');
  box.append(element('h3', '', t('In the request')));
  const list = element('ul');
  found.forEach(({ message, why, fix }, suggestion) => {
    const item = element('li');
    const words = element('div');
    words.append(element('p', '', message), element('p', 'why', why));
    item.append(words);
    if (fix !== undefined) {
      const control = button(
        fixWords,
        () => {
          send({ type: 'fix', suggestion });
        },
        'primary',
      );
      control.title = fix;
      words.append(element('p', 'fix', fix));
      item.append(control);
    }
    list.append(item);
  });
  box.append(list);
  return box;
}

/** Notices about unexpected things in the response, with the bytes that they are about. */
export function noticeList(notices: readonly ResponseNotice[]): HTMLElement {
  const box = element('div', 'notices');
  for (const { text, excerpt } of notices) {
    const notice = element('div', 'notice');
    notice.setAttribute('role', 'note');
    const icon = element('span', 'codicon codicon-warning');
    icon.ariaHidden = 'true';
    const words = element('div', 'words');
    words.append(element('p', '', text));
    if (excerpt !== undefined && excerpt !== '') {
      const bytes = element('pre', '', excerpt);
      // It scrolls, so it must be reachable by keyboard.
      bytes.tabIndex = 0;
      words.append(bytes);
    }
    notice.append(icon, words);
    box.append(notice);
  }
  return box;
}
