/** A copy of the text. A slice would keep the whole text from which it was cut in memory. */
export function copied(text: string): string {
  return Buffer.from(text, 'utf16le').toString('utf16le');
}
