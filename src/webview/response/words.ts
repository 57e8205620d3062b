/** A time as people read it. */
export function milliseconds(ms: number): string {
  if (ms < 10) return `${ms.toLocaleString(undefined, { maximumFractionDigits: 1 })} ms`;
  return ms < 1000
    ? `${Math.round(ms)} ms`
    : `${(ms / 1000).toLocaleString(undefined, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} s`;
}

/** A size as people read it. */
export function size(bytes: number): string {
  const one = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000
    ? `${(bytes / 1000).toLocaleString(undefined, one)} kB`
    : `${(bytes / 1_000_000).toLocaleString(undefined, one)} MB`;
}
