import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as z from 'zod/mini';
import { root } from './project';

/**
 * Where the project lives. These addresses stand in `package.json` and nowhere else: `repository.url`, `bugs.url`, and `bugs.email` as the
 * security contact. What reads them does without those that are not there.
 */
export interface Home {
  /** Of the repository, such as `https://git.example.com/tools/toolkit`. */
  readonly repository: string | undefined;
  /** Where mistakes are reported. */
  readonly bugs: string | undefined;
  /** E-mail address to which what must not be public is reported. */
  readonly security: string | undefined;
}

const manifestPart = z.looseObject({
  repository: z.optional(z.looseObject({ url: z.string() })),
  bugs: z.optional(z.looseObject({ url: z.optional(z.string()), email: z.optional(z.string()) })),
});

/** The project's manifest, and the addresses in it. */
export async function readHome(): Promise<Home> {
  return homeOf(JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8')));
}

/** The addresses in a manifest. @throws {z.core.$ZodError} where they have another form */
export function homeOf(manifest: unknown): Home {
  const { repository, bugs } = manifestPart.parse(manifest);
  return { repository: repository?.url, bugs: bugs?.url, security: bugs?.email };
}

/** What `package.json` still needs before anybody can be given a release: nobody could report a mistake in it otherwise. */
export function missingAddresses({ repository, bugs, security }: Home): readonly string[] {
  const fields = { 'repository.url': repository, 'bugs.url': bugs, 'bugs.email (the security contact)': security };
  return Object.entries(fields).flatMap(([field, value]) => (value === undefined || value.trim() === '' ? [field] : []));
}
