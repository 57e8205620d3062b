import { customerEntityToCreate } from '../../api/entities';
import { sheetMemory, type SheetChange, type SheetMemory, type SheetPlace, type SheetRequest, type SheetResult, type SheetState, type SheetUndo, type SheetUpdate } from '../../api/messages';
import type { Host } from '../host';
import { button, divider, element, progress } from '../ui';
import { Draft } from './draft';
import { Form, type FieldFault } from './form';
import { banner, header } from './header';
import { failure, noticeOf } from './notices';
import { reviewOf } from './review';
import { viewOf, type Addresses } from './view';

/** What the page is doing. */
type Phase = 'view' | 'form' | 'review' | 'saving';

const titles: ReadonlyMap<string, string> = new Map(customerEntityToCreate.fields.map((field) => [field.name, field.title]));

/** The page of one customer: to read, to change, to look over what will be written, and what came of it. */
export class SheetPage {
  readonly #live = element('div', 'announced');
  #phase: Phase = 'view';
  #state: SheetState | undefined;
  #draft: Draft | undefined;
  #addresses: Addresses | undefined;
  #result: SheetResult | undefined;
  #form: Form | undefined;
  #asking = false;
  #discarding = false;
  /** What was typed before the window was reloaded. */
  #memory: SheetMemory | undefined;

  constructor(private readonly host: Host<SheetRequest, SheetUpdate>) {
    this.#live.setAttribute('role', 'status');
    const memory = sheetMemory.safeParse(host.kept);
    this.#memory = memory.success ? memory.data : undefined;
    document.addEventListener('keydown', (event) => { this.#key(event); });
  }

  /** Shows what the extension says. */
  take(update: SheetUpdate): void {
    switch (update.type) {
      case 'loading':
        this.#loading(update.title, update.place);
        return;
      case 'failed':
        this.#asking = false;
        this.#draw(this.#problemPage(failure(update, 'h1')));
        return;
      case 'addresses':
        this.#addresses = update;
        if (this.#phase === 'view') this.#render();
        return;
      case 'show':
        this.#show(update.state, update.edit, update.draft, update.review);
        return;
      case 'result':
        this.#took(update.result);
    }
  }

  #loading(title: string, place: SheetPlace): void {
    this.#asking = true;
    if (this.#state !== undefined && samePlace(this.#state.place, place)) {
      // What is on the screen stays there: only a line says that the store is being asked.
      document.body.querySelector('main')?.setAttribute('aria-busy', 'true');
      document.body.prepend(busyLine());
      return;
    }
    if (this.#result?.kind !== 'saved' && this.#result?.kind !== 'unclear') this.#result = undefined;
    this.#state = undefined;
    this.#draft = undefined;
    this.#addresses = undefined;
    this.#phase = 'view';
    if (this.#memory !== undefined && !samePlace(this.#memory.place, place)) this.#memory = undefined;
    this.host.keep(this.#memory ?? ({ place, editing: false, changes: [] } satisfies SheetMemory));
    const main = element('main');
    main.ariaBusy = 'true';
    main.append(element('h1', '', title), progress('Asking the store'));
    this.#draw(main);
  }

  #show(state: SheetState, edit: boolean, draft: readonly SheetChange[], review: boolean): void {
    this.#asking = false;
    this.#state = state;
    if (this.#draft === undefined) this.#draft = new Draft(state);
    else this.#draft.rebase(state);
    const kept = this.#memory;
    this.#memory = undefined;
    if (kept !== undefined && samePlace(kept.place, state.place)) {
      this.#draft.restore(kept.changes);
      this.#draft.rebase(state);
      if (kept.editing) this.#phase = 'form';
    }
    if (draft.length > 0 && this.#draft.size === 0) {
      this.#draft.restore(draft);
      this.#draft.rebase(state);
      if (!state.readOnly && this.#draft.size > 0) this.#phase = 'form';
    }
    if (edit && !state.readOnly && this.#phase === 'view') this.#phase = 'form';
    if (state.mode === 'new') this.#phase = this.#phase === 'view' ? 'form' : this.#phase;
    const typing = this.#phase === 'form' && this.#form !== undefined && document.activeElement !== null && this.#form.element.contains(document.activeElement) ? document.activeElement.id : undefined;
    this.#changed();
    this.#render();
    if (typing !== undefined) document.getElementById(typing)?.focus();
    else if (this.#phase === 'form' && kept === undefined && edit) this.#form?.focus();
    if (review && this.#phase === 'form') this.#toReview();
  }

  /** Puts the values that the last save wrote over into the form, and shows what would be written. */
  #undo({ changes }: SheetUndo): void {
    this.#draft?.restore(changes);
    this.#result = undefined;
    this.#phase = 'form';
    this.#changed();
    this.#render();
    this.#toReview();
  }

  #took(result: SheetResult): void {
    this.#result = result;
    const draft = this.#draft;
    if (draft === undefined) return;
    switch (result.kind) {
      case 'conflict':
        for (const [code, theirs] of Object.entries(result.theirs)) draft.theirs.set(code, theirs);
        this.#phase = 'review';
        break;
      case 'saved':
        draft.clear();
        this.#phase = 'view';
        this.#announce('Saved.');
        break;
      case 'unclear':
        if (result.held === true) draft.clear();
        this.#phase = result.held === true ? 'view' : 'form';
        break;
      case 'refused':
        if (this.#phase === 'saving') this.#phase = 'form';
    }
    this.#changed();
    this.#render();
    if (result.kind === 'refused') this.#form?.focus();
  }

  #render(): void {
    const state = this.#state;
    const draft = this.#draft;
    if (state === undefined || draft === undefined) return;
    const main = element('main');
    const canEdit = this.#phase === 'view' && state.mode === 'edit' && !state.readOnly;
    const { undo } = state;
    const onUndo = canEdit && undo !== undefined ? { ...undo, run: () => { this.#undo(undo); } } : undefined;
    main.append(banner(state), header(state, this.#send, canEdit ? () => { this.#edit(); } : undefined, onUndo?.run), divider());
    const fault = this.#fieldFault();
    const notice = this.#result === undefined || fault !== undefined ? undefined : noticeOf(this.#result, titles, () => { this.#send({ type: 'refresh' }); }, onUndo);
    if (notice !== undefined) main.append(notice);
    this.#form = undefined;
    switch (this.#phase) {
      case 'view':
        main.append(viewOf(state, this.#addresses, this.#send));
        break;
      case 'form':
        this.#form = new Form(state, draft, fault, () => { this.#changed(); });
        main.append(this.#form.element, this.#bar());
        break;
      case 'review':
        main.append(this.#review(state, draft));
        break;
      case 'saving':
        main.append(this.#saving(state, draft));
    }
    this.#draw(main);
    if (this.#phase === 'form') this.#drawBar();
  }

  #review(state: SheetState, draft: Draft): HTMLElement {
    return reviewOf(state, draft, {
      onSend: (typed) => {
        this.#phase = 'saving';
        this.#result = undefined;
        this.#render();
        if (draft.mode === 'new') this.#send({ type: 'create', values: draft.values, typed });
        else this.#send({ type: 'save', changes: [...draft.changes], typed });
      },
      onBack: () => { this.#toForm(); },
      onDecided: () => {
        this.#changed();
        if (draft.size === 0) {
          this.#leave();
          this.#send({ type: 'refresh' });
        } else this.#toReview();
      },
    });
  }

  #saving(state: SheetState, draft: Draft): HTMLElement {
    const box = element('section', 'saving');
    box.setAttribute('role', 'status');
    const words = draft.mode === 'new' ? `Creating the customer on ${state.store}` : `Saving on ${state.store}: reading again, sending, reading back`;
    const line = element('p', 'under-way');
    line.append(progress(words), element('span', '', words));
    box.append(line, button('Cancel', () => { this.#send({ type: 'cancel' }); }));
    return box;
  }

  /** The bar at the bottom of the form. */
  #bar(): HTMLElement {
    const bar = element('div', 'bar');
    bar.setAttribute('role', 'region');
    bar.setAttribute('aria-label', 'Changes');
    return bar;
  }

  #drawBar(): void {
    const bar = document.body.querySelector('.bar');
    const draft = this.#draft;
    if (bar === null || draft === undefined) return;
    const count = draft.size;
    const creating = draft.mode === 'new';
    const words = this.#discarding ? `Discard ${changesText(count)}?` : creating && count === 0 ? 'Nothing filled in yet' : changesText(count);
    bar.classList.toggle('asks', this.#discarding);
    if (this.#discarding) {
      const keep = button('Keep editing', () => {
        this.#discarding = false;
        this.#drawBar();
        this.#form?.focus();
      }, 'primary');
      bar.replaceChildren(element('span', 'count', words), button('Discard', () => { this.#leave(); }), keep);
      keep.focus();
      return;
    }
    const review = button('Review', () => { this.#toReview(); }, 'primary');
    review.title = 'Review (Ctrl+S)';
    review.disabled = count === 0;
    bar.replaceChildren(element('span', 'count', words), review, button(count === 0 ? 'Close form' : 'Discard', () => { this.#askToLeave(); }));
  }

  #edit(): void {
    this.#result = undefined;
    this.#phase = 'form';
    this.#changed();
    this.#render();
    this.#form?.focus();
  }

  #toForm(): void {
    this.#phase = 'form';
    this.#result = undefined;
    this.#draft?.theirs.clear();
    this.#render();
    this.#form?.focus();
  }

  #toReview(): void {
    const wrong = this.#form?.wrong;
    if (wrong !== undefined) {
      this.#announce('A field holds something that cannot be sent.');
      this.#form?.focus(wrong);
      return;
    }
    if ((this.#draft?.size ?? 0) === 0) return;
    this.#result = undefined;
    this.#phase = 'review';
    this.#render();
    document.body.querySelector<HTMLElement>('.review h2')?.focus();
  }

  /** Leaves the form; what was typed is thrown away only when that was said twice. */
  #askToLeave(): void {
    if ((this.#draft?.size ?? 0) === 0) this.#leave();
    else {
      this.#discarding = true;
      this.#drawBar();
    }
  }

  #leave(): void {
    this.#discarding = false;
    this.#draft?.clear();
    this.#result = undefined;
    this.#phase = this.#state?.mode === 'new' ? 'form' : 'view';
    this.#changed();
    this.#render();
    document.getElementById('edit')?.focus();
  }

  /** Something was typed, or is not there any more: remembered for a reload, told to the tab, counted in the bar. */
  #changed(): void {
    const { place } = this.#state ?? {};
    if (place === undefined || this.#draft === undefined) return;
    const changes = this.#draft.changes.filter(({ code }) => code !== 'password');
    this.host.keep({ place, editing: this.#phase !== 'view', changes } satisfies SheetMemory);
    this.#send({ type: 'changed', count: this.#draft.size, changes });
    this.#discarding = false;
    this.#drawBar();
  }

  #key(event: KeyboardEvent): void {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's' && this.#phase === 'form') {
      event.preventDefault();
      this.#toReview();
    } else if (event.key === 'Escape' && this.#phase === 'form') {
      if (this.#discarding) {
        this.#discarding = false;
        this.#drawBar();
        this.#form?.focus();
      } else this.#askToLeave();
    } else if (event.key === 'Escape' && this.#phase === 'review') this.#toForm();
  }

  /** The fault of the store when it is about a field of the form. */
  #fieldFault(): FieldFault | undefined {
    const result = this.#result;
    const attribute = result?.kind === 'refused' && this.#phase === 'form' ? result.attribute : undefined;
    return result?.kind === 'refused' && attribute !== undefined && this.#draft?.codes.includes(attribute) === true ? { attribute, words: result.words } : undefined;
  }

  #problemPage(problem: HTMLElement): HTMLElement {
    const main = element('main');
    problem.append(button('Retry', () => { this.#send({ type: 'refresh' }); }, 'primary'));
    main.append(problem);
    const kept = this.#draft?.size ?? this.#memory?.changes.length ?? 0;
    if (kept > 0) main.append(element('p', 'kept', `${changesText(kept)} that ${kept === 1 ? 'is' : 'are'} not saved ${kept === 1 ? 'is' : 'are'} kept here.`));
    return main;
  }

  #draw(main: HTMLElement): void {
    document.body.replaceChildren(main, this.#live);
    if (this.#asking && this.#state !== undefined) document.body.prepend(busyLine());
  }

  #announce(text: string): void {
    this.#live.textContent = text;
  }

  readonly #send = (request: SheetRequest): void => { this.host.send(request); };
}

function samePlace(a: SheetPlace, b: SheetPlace): boolean {
  return a.store === b.store && a.customer === b.customer;
}

function changesText(count: number): string {
  return count === 1 ? '1 change' : `${count} changes`;
}

/** A line at the top that moves while the store is being asked. */
function busyLine(): HTMLElement {
  for (const old of document.body.querySelectorAll('.busy')) old.remove();
  const line = element('div', 'busy');
  line.setAttribute('role', 'progressbar');
  line.setAttribute('aria-label', 'Asking the store');
  return line;
}
