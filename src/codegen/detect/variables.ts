import type { CallNames } from './call-names';
import { Constants } from './constants';
import { namesSession } from './evidence';
import { entryOf, type CodeNode, type MapNode, type Span } from './node';
import { readStatement } from './read';
import { functionAt, isSwitch, Occurrences } from './occurrences';
import { setStep, type Step } from './steps';
import { Kind, type Code } from './tokens';

/** How many uses of a name are checked between a call and the value of its variable. */
const MAX_USES = 100;

/** How many blocks around a call are searched. */
const MAX_BLOCK_LEVELS = 64;

/** Longest value of a variable that is read, in UTF-16 units. */
const MAX_VALUE_CHARS = 60_000;

/** The literal values of variables and constants of a file, if nothing else can have changed them. */
export class Variables {
  readonly #constants: Constants;
  #occurrences: Occurrences | undefined;
  /** By the first token of the value. */
  readonly #values = new Map<number, CodeNode | undefined>();

  #last: { readonly use: number; readonly token: number; readonly end: number; readonly found: CodeNode | undefined } | undefined;

  constructor(
    private readonly code: Code,
    private readonly names: CallNames,
  ) {
    this.#constants = new Constants(code);
  }

  /**
   * The literal that was assigned to a variable before its use, as in `$filters = [...]; $client->customerCustomerList($session,
   * $filters)`. Returns the node itself when it is not a variable, or when its value is unknown.
   * @param use token of the name of the call
   */
  resolve(node: CodeNode, use: number): CodeNode {
    if (node.kind !== 'expression' || node.spread === true || node.end === node.start) return node;
    const token = this.code.at(node.start);
    // A call resolves its first argument several times.
    if (this.#last?.use !== use || this.#last.token !== token || this.#last.end !== node.end) {
      this.#last = { use, token, end: node.end, found: this.#literal(node, token, use) };
    }
    return this.#last.found ?? node;
  }

  #literal(node: Span, token: number, use: number): CodeNode | undefined {
    const { code } = this;
    if (code.start(token) !== node.start) return undefined;
    const kind = code.kind(token);
    const name = code.of(token);
    if (code.end(token) === node.end) {
      if (kind === (code.language === 'php' ? Kind.variable : Kind.word)) return this.#variable(name, use);
      return kind === Kind.word ? this.#constants.outsideClasses(name) : undefined;
    }
    if (kind !== Kind.word || code.end(token + 2) !== node.end || code.kind(token + 2) !== Kind.word) return undefined;
    const member = code.of(token + 2);
    if (code.is(token + 1, '::')) return this.#constants.ofClass(name, member, use);
    if (!code.is(token + 1, '.')) return undefined;
    const known = this.#constants.ofClass(name, member, use);
    if (known !== undefined) return known;
    const object = this.#variable(name, use);
    return object?.kind === 'map' ? entryOf(object, member)?.value : undefined;
  }

  /** Goes back from a use to the value. Gives up at code that may change or shadow the variable. */
  #variable(name: string, use: number): CodeNode | undefined {
    const { code } = this;
    const occurrences = (this.#occurrences ??= new Occurrences(code, this.names));
    if (occurrences.dynamic) return undefined;
    const uses = occurrences.of(name);
    const last = before(uses, use);
    const steps: Step[] = [];
    let shared = false;
    for (let index = last; index >= 0 && index > last - MAX_USES; index--) {
      const found = occurrences.classify(uses[index] ?? 0);
      if (found.kind === 'shared') shared = true;
      else if (found.kind === 'step') steps.push(found.step);
      else if (found.kind === 'unknown') return undefined;
      else if (found.kind === 'value') {
        const block = code.block(found.token);
        const blocks = this.#blocks(use);
        const inner = blocks.indexOf(block);
        if (inner === -1 || isSwitch(code, block) || steps.some((step) => code.block(step.token) !== block)) return undefined;
        if (inner > 0 && !this.#reaches(name, uses, last, blocks.slice(0, inner), block)) return undefined;
        const value = this.#value(found.value);
        // Code to which the variable was passed may have changed it.
        if (value === undefined || (shared && (code.language === 'php' || value.kind === 'map' || value.kind === 'list'))) return undefined;
        return steps.length === 0 ? value : this.#filled(value, steps.reverse());
      }
    }
    return undefined;
  }

  /** Blocks around a token, the innermost first; -1 is the whole file. */
  #blocks(token: number): readonly number[] {
    const blocks: number[] = [];
    let block = this.code.block(token);
    while (block !== -1 && blocks.length < MAX_BLOCK_LEVELS) {
      blocks.push(block);
      block = this.code.block(block);
    }
    return block === -1 ? [...blocks, -1] : blocks;
  }

  /** Whether a value assigned outside of some blocks is still the value inside of them. */
  #reaches(name: string, uses: readonly number[], last: number, crossed: readonly number[], block: number): boolean {
    const { code } = this;
    for (const open of crossed) {
      const header = functionAt(code, open);
      // A PHP function only captures the variables named by its `use (…)`.
      if (code.language === 'php' && header !== undefined && !header.uses.includes(name)) return false;
    }
    // In a loop, or in a function that runs later, code after the call may run before it.
    const end = block === -1 ? code.count : code.partner(block);
    for (let index = last + 1; index < uses.length; index++) {
      const place = uses[index] ?? 0;
      if (place >= end) return true;
      if (index - last > MAX_USES) return false;
      const { kind } = this.#occurrences?.classify(place) ?? { kind: 'unknown' };
      if (kind !== 'read') return false;
    }
    return true;
  }

  #value(token: number): CodeNode | undefined {
    if (!this.#values.has(token)) this.#values.set(token, this.#read(token));
    return this.#values.get(token);
  }

  #read(token: number): CodeNode | undefined {
    const { code } = this;
    const empty = emptyObject(code, token);
    if (empty !== undefined) return empty;
    const node = readStatement(code, token);
    return node.kind === 'expression' || node.end - node.start > MAX_VALUE_CHARS ? undefined : node;
  }

  /** A map or list with the values that were added step by step; `undefined` unless every step is known. */
  #filled(start: CodeNode, steps: readonly Step[]): CodeNode | undefined {
    let value: CodeNode | undefined = start;
    for (const step of steps) {
      const given = this.#given(step);
      value = given === undefined || value === undefined ? undefined : setStep(value, step, given, this.code.language);
    }
    return value;
  }

  #given(step: Step): CodeNode | undefined {
    const { code } = this;
    const node = emptyObject(code, step.value) ?? readStatement(code, step.value);
    if (node.kind !== 'expression') return node;
    const session = step.path.length === 1 && step.path[0]?.key === 'sessionId';
    return session && namesSession(code.text.slice(node.start, Math.min(node.end, node.start + 200))) ? node : undefined;
  }
}

/** `new stdClass`, which has no properties yet. */
function emptyObject(code: Code, token: number): MapNode | undefined {
  if (code.language !== 'php' || !code.is(token, 'new')) return undefined;
  const name = code.is(token + 1, '\\') ? token + 2 : token + 1;
  if (code.of(name).toLowerCase() !== 'stdclass') return undefined;
  const end = code.is(name + 1, '(') && code.partner(name + 1) === name + 2 ? name + 3 : name + 1;
  const span: Span = { start: code.start(token), end: code.end(end - 1) };
  return code.is(end, ';') ? { kind: 'map', entries: [], ...span } : undefined;
}

/** Index of the last place before a token, or -1. */
function before(uses: readonly number[], token: number): number {
  let [from, to] = [0, uses.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((uses[middle] ?? 0) < token) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}
