/**
 * Expands the body of a VS Code snippet: stops are replaced with their defaults, or with the text in `answers` for their number. Supports
 * the syntax of our snippets: `\` escapes, `$1` and `${1:default}`.
 */
export function expandSnippet(body: readonly string[], answers: Readonly<Record<number, string>> = {}): string {
  const text = body.join('\n').replaceAll('\t', '    ');
  const values: Record<number, string> = { 0: '', ...answers };
  const token = /\\([\\$}])|\$(\d+)|\$\{(\d+):((?:\\[\\$}]|[^}\\])*)\}/g;
  return text.replace(token, (_match, escaped?: string, again?: string, number?: string, given?: string) => {
    if (escaped !== undefined) return escaped;
    if (again !== undefined) return values[Number(again)] ?? `<stop ${again} has no default>`;
    const stop = Number(number);
    values[stop] ??= (given ?? '').replace(/\\([\\$}])/g, '$1');
    return values[stop];
  });
}
