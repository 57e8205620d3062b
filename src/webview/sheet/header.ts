import { t } from '../../l10n/texts';
import { dialectLabels } from '../../api/dialect';
import type { SheetRequest, SheetState } from '../../pages/sheet-messages';
import { environmentName } from '../environments';
import { button, element, iconButton, linkButton, progress, refuse } from '../ui';

/** The first line: the store, in the colour of its environment. */
export function banner({ environment, store, readOnly, asking }: SheetState, onCancel: () => void): HTMLElement {
  const line = element('p', `banner ${environment ?? ''}`);
  line.append(element('span', 'place', store));
  if (environment !== undefined) line.append(element('span', 'environment', environmentName(environment)));
  if (readOnly !== undefined) {
    const words = element('span', 'locked', t('Read-only'));
    words.title = readOnly;
    line.append(words);
  }
  if (asking) {
    // Shown only after a delay (media/sheet.css).
    const waiting = element('span', 'asking');
    const words = t('Waiting for {store}', { store });
    const cancel = linkButton(t('Cancel'), onCancel, t('Cancel: {words}', { words }));
    cancel.id = 'cancel-reading';
    waiting.append(progress(), element('span', '', words), cancel);
    line.append(waiting);
  }
  return line;
}

/** The customer's name and the actions. Actions that a read-only store refuses are disabled, with the reason. */
export function header(
  state: SheetState,
  send: (request: SheetRequest) => void,
  onEdit: (() => void) | undefined,
  onUndo: (() => void) | undefined,
): HTMLElement {
  const head = element('header');
  const words = element('div', 'words');
  words.append(element('h1', '', state.title), subtitle(state));
  const actions = element('div', 'actions');
  if (onEdit !== undefined) {
    const edit = button(t('Edit'), onEdit);
    edit.id = 'edit';
    if (state.readOnly !== undefined) {
      edit.disabled = true;
      edit.title = state.readOnly;
    }
    actions.append(edit);
  }
  if (state.exchange)
    actions.append(
      button(t('Show exchange'), () => {
        send({ type: 'show-exchange' });
      }),
    );
  if (state.mode === 'edit') {
    if (onUndo !== undefined) actions.append(iconButton('discard', t('Undo last save'), onUndo));
    actions.append(
      iconButton('refresh', t('Refresh'), () => {
        send({ type: 'refresh' });
      }),
      codesButton(state, send),
      iconButton('json', t('Open as JSON'), () => {
        send({ type: 'open-json' });
      }),
    );
    if (state.readOnly === undefined) {
      const remove = iconButton('trash', t('Delete customer'), () => {
        send({ type: 'delete' });
      });
      refuse(remove, state.cannot.delete);
      actions.append(remove);
    }
  }
  head.append(words, actions);
  return head;
}

function codesButton({ codes }: SheetState, send: (request: SheetRequest) => void): HTMLElement {
  const control = iconButton('symbol-key', codes ? t('Hide attribute codes') : t('Show attribute codes'), () => {
    send({ type: 'codes', shown: !codes });
  });
  control.id = 'codes';
  return control;
}

function subtitle({ email, id, group, dialect, read, title }: SheetState): HTMLElement {
  const line = element('p', 'subtitle');
  const spoken =
    dialect === undefined || read === undefined
      ? ''
      : read === dialect
        ? dialectLabels[dialect]
        : t('{dialect}, read over {read}', { dialect: dialectLabels[dialect], read: dialectLabels[read] });
  for (const part of [email === title ? '' : email, id === '' ? '' : `#${id}`, group, spoken])
    if (part !== '') line.append(element('span', '', part));
  return line;
}
