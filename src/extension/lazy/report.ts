/** Shows and logs an error of a task that the user is waiting for. */
export type Report = (error: unknown) => void;
