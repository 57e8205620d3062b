/** Work on foreign input. Twice the input must not take more than about twice the time. */
export interface GrowthCase {
  readonly name: string;
  /** Size of the smaller input in the unit of the case: rows, names, characters. */
  readonly size: number;
  /** Largest size that is processed completely. Larger inputs are refused or read in part, so their time would not be meaningful. */
  readonly most?: number;
  /** Returns work on an input of this size, which may be asynchronous. Creating the input is not measured. */
  readonly make: (size: number) => () => unknown;
}

/** Work on a text that is created for a size. */
export function workOn(name: string, size: number, text: (size: number) => string, work: (text: string) => unknown): GrowthCase {
  return {
    name,
    size,
    make: (wanted) => {
      const made = text(wanted);
      return () => work(made);
    },
  };
}

/** The texts of all numbers below a size, concatenated. */
export function repeated(size: number, make: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => make(index)).join('');
}
