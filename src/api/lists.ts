/**
 * Adds items to a list, however many there are. `list.push(...items)` gives each item as an argument, and a call with some 120,000 of them
 * exhausts the stack.
 */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
