/** Shows and logs what went wrong while somebody waited for it. */
export type Report = (error: unknown) => void;
