/** The address of a request file, as far as keys need it. */
export interface FileAddress {
  toString(): string;
}

/** A key of a request for maps. */
export function keyOf(uri: FileAddress, name: string): string {
  return `${uri.toString()}\n${name}`;
}
