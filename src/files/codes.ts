/** Whether an error of the file system has one of these codes, such as `ENOENT`. */
export function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' && codes.includes(error.code);
}

/** Codes that mean that there is no room for more: disk, quota, or the largest size of a file. */
export const noRoom = ['ENOSPC', 'EDQUOT', 'EFBIG'] as const;

/** Codes that mean that a file must stay as it is. */
export const notWritable = ['EACCES', 'EPERM', 'EROFS'] as const;
