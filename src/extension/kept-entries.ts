import type * as z from 'zod/mini';

/**
 * The valid entries of a kept list. Another version of the extension may have written the list, so one invalid entry must not affect the
 * others.
 */
export function keptList<T>(kept: unknown, entry: z.ZodMiniType<T>): readonly T[] {
  return Array.isArray(kept) ? kept.flatMap((each: unknown) => fitting(each, entry)) : [];
}

/** Like {@link keptList}, for entries that are kept by name. */
export function keptByName<T>(kept: unknown, entry: z.ZodMiniType<T>): Readonly<Record<string, T>> {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return {};
  return Object.fromEntries(
    Object.entries(kept).flatMap(([name, each]: [string, unknown]) => fitting(each, entry).map((value) => [name, value] as const)),
  );
}

function fitting<T>(value: unknown, entry: z.ZodMiniType<T>): readonly T[] {
  const parsed = entry.safeParse(value);
  return parsed.success ? [parsed.data] : [];
}
