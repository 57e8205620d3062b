/** What a store is for. It colours everything that shows the store. */
export const environments = ['production', 'staging', 'development'] as const;

/** See {@link environments}. */
export type Environment = (typeof environments)[number];
