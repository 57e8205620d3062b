import { plural, t } from '../../l10n/texts';
import { addressEntityCreate, customerEntityToCreate } from '../../api/entities';
import { timeOfDay } from '../../pages/formats';
import type { SheetRequest, SheetState, SheetUpdate } from '../../pages/sheet-messages';
import type { Host } from '../host';
import { button, divider, element, progress } from '../ui';
import { Form, type FieldFault } from './form';
import { banner, header } from './header';
import { failure, noticeOf, type Undo } from './notices';
import { reviewOf } from './review';
import { viewOf } from './view';

const titles: ReadonlyMap<string, string> = new Map(
  [...addressEntityCreate.fields, ...customerEntityToCreate.fields].map((field) => [field.name, field.title]),
);

/**
 * The page of one customer, for reading, editing, reviewing changes and showing the result. It draws the state that the extension sends and
 * reports what the user does. It holds nothing that must survive when VS Code discards the hidden tab.
 */
export class SheetPage {
  readonly #main = element('main');
  /** Errors, progress and results. It stays in the page while everything around it is replaced, so screen readers read each once. */
  readonly #told = element('div', 'told');
  #toldKey = '';
  #state: SheetState | undefined;
  #form: Form | undefined;
  #formKey = '';
  /** How many inputs were typed. The extension reports how many of them it has processed. */
  #typed = 0;
  #discarding = false;
  /** The text typed to confirm a write on production. */
  #confirmation = '';

  constructor(private readonly host: Host<SheetRequest, SheetUpdate>) {
    this.#told.setAttribute('role', 'status');
    this.#told.ariaAtomic = 'false';
    this.#told.tabIndex = -1;
    document.addEventListener('keydown', (event) => {
      this.#key(event);
    });
  }

  /** Handles a message of the extension. */
  take(update: SheetUpdate): void {
    const before = this.#state;
    const version = update.type === 'state' ? update.state.version : update.version;
    if (before !== undefined && version <= before.version) return;
    if (update.type === 'state') {
      this.#state = update.state;
      this.#draw(update.state, before);
    } else if (before !== undefined) {
      const { heard, form, memory } = update;
      this.#state = { ...before, version, heard, form, memory, message: undefined };
      this.#form?.update(form, heard, this.#fault(this.#state));
      const said = document.getElementById('said');
      if (said !== null) this.#toldKey = '';
      said?.remove();
      this.#discarding = false;
      this.#drawBar();
    }
    if (this.#state !== undefined) this.host.keep(this.#state.memory);
  }

  #draw(state: SheetState, before: SheetState | undefined): void {
    if (state.phase !== before?.phase) {
      this.#discarding = false;
      this.#confirmation = '';
    }
    const place = focused();
    const { scrollY } = window;
    const open = [...document.querySelectorAll('details[open]')].map(({ id }) => id);
    document.body.classList.toggle('codes', state.codes);
    drawAround(document.body, state.asking ? [busyLine()] : [], this.#main, []);
    this.#page(state);
    this.#drawBar();
    for (const details of document.querySelectorAll('details')) details.open = open.includes(details.id);
    const same = state.phase === before?.phase || (state.form !== undefined && before?.form !== undefined);
    if (same) window.scrollTo(0, scrollY);
    // The end of a save must not disturb typing.
    if (!same || place === undefined || state.focus !== undefined) this.#focus(state, before);
    else place();
  }

  #page(state: SheetState): void {
    this.#main.setAttribute('aria-busy', String(state.asking));
    const { undo, phase, mode } = state;
    const canEdit = phase === 'reading' && mode === 'edit' && state.editable;
    const onUndo =
      canEdit && undo !== undefined && state.readOnly === undefined
        ? {
            unknown: undo.unknown,
            run: () => {
              this.#send({ type: 'undo' });
            },
          }
        : undefined;
    const edit = canEdit
      ? () => {
          this.#send({ type: 'edit' });
        }
      : undefined;
    const above = [
      banner(state, () => {
        this.#send({ type: 'cancel' });
      }),
      header(state, this.#send, edit, onUndo?.run),
      divider(),
    ];
    const fault = this.#fault(state);
    drawAround(this.#main, above, this.#told, this.#content(state, fault));
    this.#tell(state, fault, onUndo);
  }

  /** Draws errors, progress and results only if they changed. */
  #tell(state: SheetState, fault: FieldFault | undefined, onUndo: Undo | undefined): void {
    const { message, problem, readAt, memory, result, phase, work, store } = state;
    const key = JSON.stringify([
      message,
      problem === undefined ? undefined : [problem, readAt, memory.changes.length],
      fault === undefined ? [result, onUndo?.unknown] : undefined,
      phase === 'saving' ? [work, store] : undefined,
    ]);
    if (key === this.#toldKey) return;
    this.#toldKey = key;
    const parts: HTMLElement[] = [];
    if (message !== undefined) parts.push(saidNote(message));
    if (problem !== undefined) parts.push(this.#problem(state, problem));
    const notice =
      result === undefined || fault !== undefined
        ? undefined
        : noticeOf(
            result,
            titles,
            () => {
              this.#send({ type: 'refresh' });
            },
            onUndo,
          );
    if (notice !== undefined) parts.push(notice);
    // A success without anything special is visible in the values below; screen readers need words.
    else if (result?.kind === 'saved') parts.push(element('p', 'announced', t('Saved.')));
    if (phase === 'saving') parts.push(this.#saving(state));
    this.#told.replaceChildren(...parts);
  }

  #content(state: SheetState, fault: FieldFault | undefined): readonly HTMLElement[] {
    const { form, review } = state;
    if (review !== undefined) {
      return [
        reviewOf(state, review, {
          confirmation: this.#confirmation,
          onConfirmation: (text) => {
            this.#confirmation = text;
          },
          onSend: () => {
            this.#send({ type: 'save', revision: review.revision, typed: this.#confirmation });
          },
          onBack: () => {
            this.#send({ type: 'back' });
          },
          onDecide: (code, keep) => {
            this.#send({ type: 'decide', code, keep });
          },
        }),
      ];
    }
    if (form !== undefined) {
      // The existing inputs stay, with the focus and the text in them, unless their choices have changed.
      const key = JSON.stringify([state.place, state.work, state.groups, state.websites, state.stores, state.read]);
      if (this.#form === undefined || this.#formKey !== key) this.#form = new Form(state, form, (code, text) => this.#type(code, text));
      this.#formKey = key;
      this.#form.update(form, state.heard, fault);
      const { title } = state.work;
      return [...(title === '' ? [] : [element('h2', 'work', title)]), this.#form.element, this.#bar()];
    }
    this.#form = undefined;
    if (state.sections.length > 0) return [viewOf(state, this.#send)];
    return state.asking ? [waiting(t('Waiting for the store'))] : [];
  }

  /** Moves the focus to the place for the next step when the phase changes. */
  #focus(state: SheetState, before: SheetState | undefined): void {
    if (state.focus !== undefined) {
      this.#form?.focus(state.focus);
      return;
    }
    if (before === undefined || state.phase === before.phase) return;
    // Not at Cancel: a second press of Enter would stop the save.
    if (state.phase === 'saving' && before.phase === 'reviewing') this.#told.focus();
    else if (state.phase === 'reviewing') document.body.querySelector<HTMLElement>('.review h2')?.focus();
    else if (state.phase === 'editing' && document.hasFocus()) this.#form?.focus(this.#fault(state)?.attribute);
    else if (state.phase === 'reading' && before.phase !== 'reading') document.getElementById('edit')?.focus();
  }

  #problem(state: SheetState, problem: NonNullable<SheetState['problem']>): HTMLElement {
    const box = failure(problem, 'h2');
    const kept = state.memory.changes.length;
    if (state.readAt !== undefined) box.append(element('p', '', t('Read at {time}.', { time: timeOfDay(state.readAt) })));
    else if (kept > 0)
      box.append(element('p', 'kept', plural(kept, '{count} unsaved change is kept.', '{count} unsaved changes are kept.')));
    box.append(
      button(
        t('Retry'),
        () => {
          this.#send({ type: 'refresh' });
        },
        'primary',
      ),
    );
    return box;
  }

  #saving(state: SheetState): HTMLElement {
    const box = element('section', 'saving');
    const { kind, mode } = state.work;
    const { store } = state;
    const words =
      mode === 'remove'
        ? t('Deleting the address on {store}', { store })
        : mode !== 'new'
          ? t('Saving on {store}: reading again, sending, reading back', { store })
          : kind === 'address'
            ? t('Creating the address on {store}', { store })
            : t('Creating the customer on {store}', { store });
    const line = element('p', 'under-way');
    line.append(progress(), element('span', '', words));
    box.append(
      line,
      button(t('Cancel'), () => {
        this.#send({ type: 'cancel' });
      }),
    );
    return box;
  }

  /** The bar at the bottom of the form. */
  #bar(): HTMLElement {
    const bar = element('div', 'bar');
    bar.setAttribute('role', 'region');
    bar.setAttribute('aria-label', t('Changes'));
    return bar;
  }

  #drawBar(): void {
    const bar = document.body.querySelector('.bar');
    const state = this.#state;
    if (bar === null || state?.form === undefined) return;
    const { count } = state.form;
    const saving = state.phase === 'saving';
    bar.classList.toggle('asks', this.#discarding);
    if (this.#discarding) {
      const keep = button(
        t('Keep editing'),
        () => {
          this.#keepEditing();
        },
        'primary',
      );
      bar.replaceChildren(
        element('span', 'count', plural(count, 'Discard {count} change?', 'Discard {count} changes?')),
        button(t('Discard'), () => {
          this.#send({ type: 'discard' });
        }),
        keep,
      );
      keep.focus();
      return;
    }
    const words = saving
      ? t('Saving. New input is kept for the next save.')
      : state.work.mode === 'new' && count === 0
        ? t('Nothing entered yet')
        : changesText(count);
    const review = button(
      t('Review'),
      () => {
        this.#send({ type: 'review' });
      },
      'primary',
    );
    review.title = saving ? t('A save is in progress') : t('Review (Ctrl+S)');
    review.disabled = count === 0 || saving;
    const leave = button(count === 0 ? t('Close form') : t('Discard'), () => {
      this.#askToLeave();
    });
    leave.disabled = saving;
    bar.replaceChildren(element('span', 'count', words), review, leave);
  }

  /** Leaves the form. Changes are discarded only after a confirmation. */
  #askToLeave(): void {
    if ((this.#state?.form?.count ?? 0) === 0) this.#send({ type: 'discard' });
    else {
      this.#discarding = true;
      this.#drawBar();
    }
  }

  #keepEditing(): void {
    this.#discarding = false;
    this.#drawBar();
    this.#form?.focus();
  }

  /** Reports the text of a field. @returns the sequence number of this input */
  #type(code: string, value: string): number {
    this.#typed++;
    this.#send({ type: 'typed', sequence: this.#typed, code, value });
    return this.#typed;
  }

  #key(event: KeyboardEvent): void {
    const phase = this.#state?.phase;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && (phase === 'editing' || phase === 'saving')) {
      event.preventDefault();
      this.#send({ type: 'review' });
    } else if (event.key === 'Escape' && phase === 'editing') {
      if (this.#discarding) this.#keepEditing();
      else this.#askToLeave();
    } else if (event.key === 'Escape' && phase === 'reviewing') this.#send({ type: 'back' });
  }

  /** The fault of the store, if it concerns a field of the form. */
  #fault({ result, form }: SheetState): FieldFault | undefined {
    const attribute = result?.kind === 'refused' ? result.attribute : undefined;
    return result?.kind === 'refused' && attribute !== undefined && form?.fields.some(({ code }) => code === attribute) === true
      ? { attribute, words: result.words }
      : undefined;
  }

  readonly #send = (request: SheetRequest): void => {
    this.host.send(request);
  };
}

/** Replaces all children of an element except one, which is never removed, so that live regions and the focus in it stay. */
function drawAround(parent: HTMLElement, above: readonly HTMLElement[], kept: HTMLElement, below: readonly HTMLElement[]): void {
  for (const child of [...parent.children]) if (child !== kept) child.remove();
  if (kept.parentElement !== parent) parent.append(kept);
  kept.before(...above);
  kept.after(...below);
}

function changesText(count: number): string {
  return plural(count, '{count} change', '{count} changes');
}

/** Why the last action was refused. */
function saidNote(message: string): HTMLElement {
  const box = element('section', 'notice warning');
  box.id = 'said';
  box.setAttribute('role', 'alert');
  box.append(element('p', '', message));
  return box;
}

function waiting(words: string): HTMLElement {
  const line = element('p', 'under-way');
  line.append(progress(), element('span', '', words));
  return line;
}

/** Remembers the focused element. @returns a function that focuses its replacement; `undefined` when nothing has the focus */
function focused(): (() => void) | undefined {
  const { activeElement: active } = document;
  if (active === null || active === document.body || active.id === '') return undefined;
  const { id } = active;
  const range = active instanceof HTMLInputElement ? ([active.selectionStart, active.selectionEnd] as const) : undefined;
  return () => {
    const again = document.getElementById(id);
    again?.focus();
    if (range !== undefined && again instanceof HTMLInputElement) again.setSelectionRange(...range);
  };
}

/** An animated line at the top while a request to the store is running. */
function busyLine(): HTMLElement {
  const line = element('div', 'busy');
  line.setAttribute('role', 'progressbar');
  line.setAttribute('aria-label', t('Waiting for the store'));
  return line;
}
