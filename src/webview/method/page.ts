import { readDraft, type DraftProblem, type ValueDraft } from '../../forms/value-draft';
import { isFiltersType } from '../../api/filters';
import type { MethodFormRequest, MethodState, MethodUpdate } from '../../pages/method-messages';
import { t } from '../../l10n/texts';
import type { Host } from '../host';
import { environmentName } from '../environments';
import { button, element, progress } from '../ui';
import { controlOf } from './fields';
import { controlId } from './parts';

/** Pause before the extension is told what the user typed, in ms. */
const TYPING_PAUSE_MS = 300;

/** The form of a method: a control for each argument, and buttons for the actions. */
export class MethodPage {
  readonly #head = element('div', 'above');
  readonly #form = element('form');
  readonly #footer = element('footer');
  #state: MethodState | undefined;
  readonly #words = element('div', 'words');
  #draft: ValueDraft[] = [];
  readonly #drawn = { head: '', form: '', footer: '' };
  #telling: ReturnType<typeof setTimeout> | undefined;
  /** Whether the user tried to run the method. From then on, problems are shown while the user types. */
  #tried = false;

  constructor(private readonly host: Host<MethodFormRequest, MethodUpdate>) {
    this.#words.setAttribute('role', 'status');
    this.#form.noValidate = true;
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.#run();
    });
    document.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter') return;
      const { target } = event;
      const typing = target instanceof HTMLTextAreaElement;
      const field = target instanceof HTMLInputElement;
      if (!(event.ctrlKey || event.metaKey) && (typing || !field)) return;
      event.preventDefault();
      event.stopPropagation();
      this.#run();
    });
  }

  /** Handles a message of the extension. */
  take(update: MethodUpdate): void {
    if (update.type === 'show') this.#show(update.state);
    else {
      this.#draft = [...update.draft];
      this.#drawn.form = '';
      this.#showForm();
    }
  }

  #show(state: MethodState): void {
    const first = this.#state === undefined;
    this.#state = state;
    document.body.className = `method ${state.environment ?? ''}`;
    if (first) {
      const main = element('main');
      main.append(this.#head, this.#form, this.#footer);
      document.body.replaceChildren(main);
    }
    const { method, title, description, store, environment, writes, notes, problem } = state;
    const head = JSON.stringify([method, title, description, store, environment, writes, notes, problem]);
    if (head !== this.#drawn.head) {
      this.#drawn.head = head;
      this.#head.replaceChildren(
        ...headOf(state, () => {
          this.host.send({ type: 'retry' });
        }),
      );
    }
    this.#showForm();
    this.#showFooter(state);
    this.host.keep({ place: state.place });
  }

  #showForm(): void {
    const { args = [], attributes = [], problem } = this.#state ?? {};
    const drawn = JSON.stringify([args, attributes, problem]);
    if (drawn === this.#drawn.form || this.#draft.length !== args.length) return;
    this.#drawn.form = drawn;
    if (args.length === 0) {
      this.#form.replaceChildren(...(problem === undefined ? [element('p', 'none', t('This method takes no arguments.'))] : []));
      return;
    }
    this.#form.replaceChildren(
      ...args.map(({ name, type, words, required }, index) => {
        const row = element('div', 'argument');
        const label = element('label', 'label');
        label.id = `label-${name}`;
        label.htmlFor = controlId(name);
        label.append(element('span', 'name', name), element('span', 'type', required ? t('{type}, required', { type: words }) : words));
        const draft = this.#draft[index] ?? { kind: 'json', text: '' };
        row.append(
          label,
          controlOf({ path: name, name, type, attributes, label: label.id }, draft, (typed) => {
            this.#draft[index] = typed;
            this.#typed();
          }),
          element('p', 'problem'),
        );
        return row;
      }),
    );
    if (this.#tried) this.#showProblems(this.#problems());
  }

  #showFooter({ running, outcome, writes, problem, store }: MethodState): void {
    const drawn = JSON.stringify([running, outcome, writes, problem, store]);
    if (drawn === this.#drawn.footer) return;
    this.#drawn.footer = drawn;
    const focused = this.#footer.contains(document.activeElement);
    const words = this.#words;
    words.className = `words ${outcome?.tone ?? ''}`;
    if (running) words.replaceChildren(progress(), element('span', '', t('Running')));
    else if (outcome === undefined) words.replaceChildren();
    else
      words.replaceChildren(
        element('span', `codicon codicon-${outcome.tone === 'good' ? 'pass' : 'error'}`),
        element('span', '', outcome.words),
      );
    const send = (type: 'new-request' | 'copy-as'): void => {
      this.host.send({ type, draft: this.#draft });
    };
    const actions = element('div', 'actions');
    if (running)
      actions.append(
        button(t('Cancel'), () => {
          this.host.send({ type: 'cancel' });
        }),
      );
    else if (problem === undefined)
      actions.append(
        button(
          writes ? t('Run on {store}', { store }) : t('Run'),
          () => {
            this.#run();
          },
          'primary',
        ),
        button(t('New Request'), () => {
          send('new-request');
        }),
        button(t('Copy as Code…'), () => {
          send('copy-as');
        }),
      );
    // The element with the words is not replaced, because screen readers only read changes inside a live region.
    for (const child of [...this.#footer.children]) if (child !== words) child.remove();
    this.#footer.prepend(actions);
    if (words.parentElement === null) this.#footer.append(words);
    if (focused) actions.querySelector<HTMLElement>('vscode-button')?.focus();
  }

  #typed(): void {
    if (this.#tried) this.#showProblems(this.#problems());
    clearTimeout(this.#telling);
    this.#telling = setTimeout(() => {
      this.host.send({ type: 'typed', draft: this.#draft });
    }, TYPING_PAUSE_MS);
  }

  #run(): void {
    if (this.#state === undefined || this.#state.running || this.#state.problem !== undefined) return;
    this.#tried = true;
    const problems = this.#problems();
    this.#showProblems(problems);
    const [first] = problems;
    if (first === undefined) {
      clearTimeout(this.#telling);
      this.host.send({ type: 'run', draft: this.#draft });
      return;
    }
    const place = document.getElementById(controlId(first.path));
    (place?.matches('input, select, textarea') === true
      ? place
      : place?.querySelector<HTMLElement>('input, select, textarea, vscode-button')
    )?.focus();
  }

  #problems(): readonly DraftProblem[] {
    return (this.#state?.args ?? []).flatMap(({ name, type, required }, index): readonly DraftProblem[] => {
      const draft = this.#draft[index];
      if (draft === undefined) return [];
      const { value, problems } = readDraft(type, draft, name);
      return problems.length > 0
        ? problems
        : value === undefined && required && !isFiltersType(type)
          ? [{ path: name, words: t('This argument is required.') }]
          : [];
    });
  }

  #showProblems(problems: readonly DraftProblem[]): void {
    for (const shown of this.#form.querySelectorAll('p.problem')) shown.textContent = '';
    for (const wrong of this.#form.querySelectorAll('[aria-invalid]')) {
      wrong.removeAttribute('aria-invalid');
      wrong.removeAttribute('aria-describedby');
    }
    for (const { path, words } of problems) {
      const control = document.getElementById(controlId(path));
      const place = control?.closest('.condition, .field, .argument')?.querySelector(':scope > p.problem');
      if (control === null || place === null || place === undefined) continue;
      place.textContent = words;
      place.id = `problem-${path}`;
      const wrong = control.matches('input, select, textarea') ? control : control.querySelector('input');
      wrong?.setAttribute('aria-invalid', 'true');
      wrong?.setAttribute('aria-describedby', place.id);
    }
  }
}

function headOf({ method, title, description, store, environment, writes, notes, problem }: MethodState, retry: () => void): HTMLElement[] {
  const line = element('div', 'facts');
  line.append(element('h1', '', method));
  if (title !== undefined) line.append(element('span', 'title', title));
  if (store !== '') line.append(element('span', `store ${environment ?? ''}`, store));
  if (environment !== undefined) line.append(element('span', 'environment', environmentName(environment)));
  if (writes) line.append(element('span', 'badge', t('Writes')));
  const head = element('header');
  head.append(line);
  if (description !== undefined && description !== '') head.append(element('p', 'description', description));
  for (const note of notes) {
    const made = element('p', 'note');
    made.append(element('span', 'codicon codicon-warning'), element('span', '', note));
    head.append(made);
  }
  if (problem === undefined) return [head];
  const box = element('section', 'notice');
  box.setAttribute('role', 'alert');
  box.append(element('span', 'codicon codicon-error'), element('p', 'words', problem), button(t('Retry'), retry));
  return [head, box];
}
