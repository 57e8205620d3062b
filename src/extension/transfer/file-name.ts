/** The name of a store as part of a file name. */
export function fileNamePart(text: string): string {
  const name = text
    .replace(/[\u0000-\u001f\u007f-\u009f\\/:*?"<>|]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return name === '' ? 'store' : name.slice(0, 60);
}
