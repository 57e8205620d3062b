import type { ImportRequest, ImportState } from '../../pages/import-messages';
import { t } from '../../l10n/texts';
import { button, element } from '../ui';

type Send = (request: ImportRequest) => void;

/** The last line: the button that writes, the progress, or the result. */
export class Footer {
  readonly element = element('footer');
  readonly #words = element('div', 'words');
  readonly #bar = element('progress');
  readonly #actions = element('div', 'actions');
  #drawn = '';

  constructor(private readonly send: Send) {
    this.#words.setAttribute('role', 'status');
    this.#bar.setAttribute('aria-label', t('Progress of the import'));
    this.element.append(this.#bar, this.#words, this.#actions);
  }

  show(state: ImportState): void {
    const { progress, outcome, action, actionNote } = state;
    this.#bar.hidden = progress === undefined;
    // A bar without a value is animated: the progress is not known.
    if (progress?.part === undefined) this.#bar.removeAttribute('value');
    else this.#bar.value = progress.part;
    this.element.className = outcome?.tone ?? '';
    // Screen readers get the progress from the bar: the words change several times a second.
    this.#words.ariaLive = progress === undefined ? 'polite' : 'off';
    this.#showWords(
      progress !== undefined
        ? [progress.words]
        : outcome !== undefined
          ? [outcome.summary, ...outcome.notes]
          : actionNote === ''
            ? []
            : [actionNote],
      outcome?.tone,
    );
    const drawn = JSON.stringify([progress?.cancel, action, outcome]);
    if (drawn === this.#drawn) return;
    this.#drawn = drawn;
    const focused = this.#actions.contains(document.activeElement);
    const [first, ...others] = this.#buttons(state);
    this.#actions.replaceChildren(...(first === undefined ? [] : [first, ...others]));
    // The pressed button is gone, so its successor gets the focus.
    if (focused) first?.focus();
  }

  #buttons({ progress, outcome, action }: ImportState): readonly HTMLElement[] {
    const { send } = this;
    if (progress !== undefined)
      return progress.cancel
        ? [
            button(t('Cancel'), () => {
              send({ type: 'cancel' });
            }),
          ]
        : [];
    if (outcome !== undefined)
      return [
        ...(outcome.again === undefined
          ? []
          : [
              button(
                outcome.again,
                () => {
                  send({ type: 'go-on' });
                },
                outcome.stopped ? 'primary' : 'secondary',
              ),
            ]),
        ...(outcome.takeBack
          ? [
              button(t('Undo Import…'), () => {
                send({ type: 'take-back' });
              }),
            ]
          : []),
        ...(outcome.results
          ? [
              button(t('Show Results'), () => {
                send({ type: 'results' });
              }),
            ]
          : []),
      ];
    return action === undefined
      ? []
      : [
          button(
            action,
            () => {
              send({ type: 'run' });
            },
            'primary',
          ),
        ];
  }

  #showWords(lines: readonly string[], tone: 'good' | 'warning' | 'error' | undefined): void {
    const key = lines.join('\n');
    if (this.#words.dataset['key'] === key) return;
    this.#words.dataset['key'] = key;
    const icon = tone === undefined ? undefined : { good: 'pass', warning: 'warning', error: 'error' }[tone];
    this.#words.replaceChildren(
      ...lines.map((line, index) => {
        const made = element('p', index === 0 && tone !== undefined ? 'summary' : '');
        if (index === 0 && icon !== undefined) made.append(element('span', `codicon codicon-${icon}`));
        made.append(element('span', '', line));
        return made;
      }),
    );
  }
}
