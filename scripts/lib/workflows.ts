import { spawnSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { root } from './project';

/** An action that a workflow uses. */
export interface UsedAction {
  /** Name of the workflow's file, with the line number. */
  readonly place: string;
  /** Such as `github/codeql-action/init`. */
  readonly action: string;
  /** The part after the `@`. */
  readonly ref: string;
  /** The comment after it: the tag of the commit. */
  readonly tag: string | undefined;
}

/** All actions of all workflows. */
export async function usedActions(folder = path.join(root, '.github/workflows')): Promise<readonly UsedAction[]> {
  const all: UsedAction[] = [];
  for (const file of (await readdir(folder)).sort()) {
    const lines = (await readFile(path.join(folder, file), 'utf8')).split(/\r?\n/);
    for (const [index, line] of lines.entries()) {
      const [, action, ref, tag] = /^\s*(?:-\s+)?uses:\s*['"]?([^'"@\s#]+)@?([^'"\s#]*)['"]?\s*(?:#\s*(\S+))?\s*$/.exec(line) ?? [];
      if (action !== undefined) all.push({ place: `${file}:${index + 1}`, action, ref: ref ?? '', tag });
      else if (/^\s*(?:-\s+)?['"]?uses\b/.test(line))
        all.push({ place: `${file}:${index + 1}`, action: line.trim(), ref: '', tag: undefined });
    }
  }
  return all;
}

/** The problem with the pinning of an action. Somebody who takes over its repository can move a tag or a branch, but not a commit. */
export function pinProblem({ place, action, ref, tag }: UsedAction): string | undefined {
  if (action.startsWith('./')) return undefined;
  if (!/^[0-9a-f]{40}$/.test(ref)) return `${place}: ${action} is not pinned to a commit, but to "${ref}".`;
  return tag !== undefined && /^v\d+\.\d+\.\d+$/.test(tag) ? undefined : `${place}: ${action} lacks a comment with the tag of its commit.`;
}

/** Asks GitHub for the commit of each tag. @returns the differences, in sentences */
export function movedTags(actions: readonly UsedAction[]): readonly string[] {
  const asked = new Map<string, string>();
  return actions.flatMap(({ place, action, ref, tag = '' }) => {
    const repository = action.split('/').slice(0, 2).join('/');
    const id = `${repository} ${tag}`;
    const commit = asked.get(id) ?? commitOf(repository, tag);
    asked.set(id, commit);
    return commit === ref ? [] : [`${place}: ${action} is pinned to ${ref}, but ${tag} is ${commit === '' ? 'unknown' : commit}.`];
  });
}

/** The commit of a tag. For an annotated tag it is in the last line, which ends with `^{}`. */
function commitOf(repository: string, tag: string): string {
  const address = `https://github.com/${repository}`;
  const { status, stdout, stderr } = spawnSync('git', ['ls-remote', address, `refs/tags/${tag}`, `refs/tags/${tag}^{}`], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) throw new Error(`${address} cannot be asked for its tags: ${stderr.trim()}`);
  return stdout.trim().split('\n').at(-1)?.split(/\s/)[0] ?? '';
}
