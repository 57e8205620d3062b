import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { root } from './project';

/**
 * The project's public addresses. They are only in `package.json`: `repository.url`, `bugs.url`, and `bugs.email` as the security contact.
 * Code that reads them must work without them.
 */
export interface Home {
  /** Address of the repository, such as `https://git.example.com/tools/toolkit`. */
  readonly repository: string | undefined;
  /** Address for bug reports. */
  readonly bugs: string | undefined;
  /** E-mail address for reports that must not be public. */
  readonly security: string | undefined;
}

const manifestPart = z.looseObject({
  repository: z.optional(z.looseObject({ url: z.string() })),
  bugs: z.optional(z.looseObject({ url: z.optional(z.string()), email: z.optional(z.string()) })),
});

/** The addresses in the project's package.json. */
export async function readHome(): Promise<Home> {
  return homeOf(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
}

/** The addresses in a manifest. @throws {z.core.$ZodError} if they have another form */
export function homeOf(manifest: unknown): Home {
  const { repository, bugs } = manifestPart.parse(manifest);
  return { repository: repository?.url, bugs: bugs?.url, security: bugs?.email };
}

/** The fields that `package.json` still needs before a release: without them, users could not report bugs. */
export function missingAddresses({ repository, bugs, security }: Home): readonly string[] {
  const fields = { 'repository.url': repository, 'bugs.url': bugs, 'bugs.email (the security contact)': security };
  return Object.entries(fields).flatMap(([field, value]) => (value === undefined || value.trim() === '' ? [field] : []));
}
