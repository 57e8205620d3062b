/** One piece of work on other people's input, which must not take more than about twice the time for twice the input. */
export interface GrowthCase {
  readonly name: string;
  /** Size of the smaller input, in whatever the case counts: rows, names, characters. */
  readonly size: number;
  /** Largest size that is still taken: what is larger is refused, or looked at in part, so its time says nothing. */
  readonly most?: number;
  /** Work on an input of a size, which may take turns with others (a promise); making the input is not measured. */
  readonly make: (size: number) => () => unknown;
}

/** Work on a text that is made from a size. */
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

/** The texts of all numbers below a size, one after the other. */
export function repeated(size: number, make: (index: number) => string): string {
  return Array.from({ length: size }, (_, index) => make(index)).join('');
}
