/** A copy of the text: a slice would keep the whole text it was cut from in memory. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
