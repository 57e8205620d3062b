import { dialectLabels, dialects } from '../../api/dialect';
import type { ResponseRequest, ResponseState } from '../../pages/response-messages';
import { environmentName } from '../environments';
import { button, element, iconButton, progress } from '../ui';
import { duration, size } from '../../pages/formats';
import { t } from '../../l10n/texts';

type Send = (request: ResponseRequest) => void;

/** The first line: the method, the store and the outcome, and the actions. */
export function header(state: ResponseState, send: Send): HTMLElement {
  const head = element('header');
  head.append(facts(state), actions(state, send));
  return head;
}

function facts(state: ResponseState): HTMLElement {
  const line = element('div', 'facts');
  line.append(element('h1', '', state.method));
  if (state.title !== state.method) line.append(element('span', 'name', state.title));
  line.append(element('span', `store ${state.environment ?? ''}`, state.store));
  const add = (text: string | undefined, className = ''): void => {
    if (text !== undefined) line.append(element('span', className, text));
  };
  add(state.environment === undefined ? undefined : environmentName(state.environment), 'environment');
  add(state.dialect === undefined ? undefined : dialectLabels[state.dialect]);
  add(state.status, `status${/^[45]/.test(state.status ?? '') ? ' failed' : ''}`);
  add(state.milliseconds === undefined ? undefined : duration(state.milliseconds));
  add(state.bytes === undefined ? undefined : size(state.bytes));
  return line;
}

function actions(state: ResponseState, send: Send): HTMLElement {
  const bar = element('div', 'actions');
  const again = button(t('Run again'), () => {
    send({ type: 'run' });
  });
  if (state.refused !== undefined) {
    again.disabled = true;
    again.title = state.refused;
  }
  bar.append(
    again,
    dialectButtons(state, send),
    button(t('Copy as…'), () => {
      send({ type: 'copy-as' });
    }),
  );
  bar.append(
    iconButton('diff', t('Compare with other dialects'), () => {
      send({ type: 'compare' });
    }),
    iconButton('pin', t('Keep this response'), () => {
      send({ type: 'keep' });
    }),
  );
  return bar;
}

function dialectButtons(state: ResponseState, send: Send): HTMLElement {
  const group = element('div', 'dialects');
  group.setAttribute('role', 'group');
  group.setAttribute('aria-label', t('Run over another dialect'));
  for (const dialect of dialects) {
    const own = dialect === state.dialect;
    const choice = element('button', 'dialect', dialectLabels[dialect]);
    choice.type = 'button';
    choice.ariaPressed = String(own);
    choice.disabled = state.write && !own;
    choice.title = state.write
      ? t('Writes are not repeated over another dialect')
      : own
        ? t('This response came over {dialect}', { dialect: dialectLabels[dialect] })
        : t('Run over {dialect}', { dialect: dialectLabels[dialect] });
    choice.addEventListener('click', () => {
      if (!own) send({ type: 'run-over', dialect });
    });
    group.append(choice);
  }
  return group;
}

/** The line that shows a running operation, with a button that cancels it. */
export function busyLine(onCancel: () => void): { readonly element: HTMLElement; show(words: string | undefined): void } {
  const line = element('div', 'busy');
  line.setAttribute('role', 'status');
  return {
    element: line,
    show(words) {
      line.replaceChildren(...(words === undefined ? [] : [progress(), element('span', '', words), button(t('Cancel'), onCancel)]));
    },
  };
}
