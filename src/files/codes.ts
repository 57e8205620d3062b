/** Whether an error of the file system has one of these codes, such as `ENOENT`. */
export function hasErrorCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

/** Codes of a disk or quota that is full, and of a file that has reached its largest size. */
export const diskFullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'] as const;

/** Codes for files that cannot be changed. */
export const notWritableCodes = ['EACCES', 'EPERM', 'EROFS'] as const;
