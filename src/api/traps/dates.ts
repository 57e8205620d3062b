/** Whether a text such as `2024-02-30` is a day that exists. */
export function realDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** The date, as `YYYY-MM-DD`, when only one of the two numbers can be the month. */
export function unambiguous(first: number, second: number, year: number): string | undefined {
  const [day, month] = first > 12 ? [first, second] : second > 12 ? [second, first] : first === second ? [first, second] : [0, 0];
  const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return month >= 1 && realDate(text) ? text : undefined;
}
