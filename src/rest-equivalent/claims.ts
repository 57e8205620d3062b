import { later } from '../l10n/texts';

/** The sources of a claim about the two APIs. At least one of the three is given. A test checks that each of them exists. */
export interface Sources {
  /** Numbers of recorded exchanges with the REST API of Maho 26.7.4. */
  readonly rest?: readonly number[];
  /** Numbers of recorded exchanges with the SOAP API of the same store, by folder. */
  readonly soap?: Readonly<Record<string, readonly number[]>>;
  /** Sections of `docs/facts.md`, such as `15.2`. */
  readonly facts?: readonly string[];
}

/**
 * The kind of a change for users who move a call. `lost`: REST cannot do it. `different`: REST does it in another way. `treacherous`: it
 * goes wrong without an error. `new`: only REST can do it.
 */
export type NoteKind = 'lost' | 'different' | 'treacherous' | 'new';

/** A fact that users should know about a call over REST. */
export interface Note extends Sources {
  readonly kind: NoteKind;
  readonly text: string;
}

/** Labels for the kinds of notes, the gravest first. */
export const noteLabels: Readonly<Record<NoteKind, string>> = {
  lost: later('Lost'),
  treacherous: later('Easy to miss'),
  different: later('Different'),
  new: later('New'),
};

/** Notes in the order of {@link noteLabels}. */
export function gravestFirst(notes: readonly Note[]): readonly Note[] {
  const order = Object.keys(noteLabels);
  return [...notes].sort((one, other) => order.indexOf(one.kind) - order.indexOf(other.kind));
}

/** The sources of a claim as documents cite them: folder and number of a recorded exchange, or a section of the facts such as `§15.2`. */
export function citationsOf({ rest = [], soap = {}, facts = [] }: Sources): readonly string[] {
  const three = (number: number): string => String(number).padStart(3, '0');
  return [
    ...rest.map((number) => `rest/${three(number)}`),
    ...Object.entries(soap).flatMap(([folder, numbers]) => numbers.map((number) => `${folder}/${String(number).padStart(2, '0')}`)),
    ...facts.map((section) => `§${section}`),
  ];
}
