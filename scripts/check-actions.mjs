// `npm run check:actions`: checks that every action of the workflows is pinned to a commit, with its tag as a comment.
// `--online` asks GitHub whether each tag still refers to that commit.
import { parseArgs } from 'node:util';
import { installProject } from './lib/install.mjs';

try {
  const { values } = parseArgs({ options: { online: { type: 'boolean' } } });
  installProject();
  await import('./lib/typescript.mjs');
  const { movedTags, pinProblem, usedActions } = await import('./lib/workflows.ts');
  const actions = await usedActions();
  const problems = actions.map(pinProblem).filter((problem) => problem !== undefined);
  if (values.online && problems.length === 0) problems.push(...movedTags(actions));
  for (const problem of problems) console.error(problem);
  console.log(`${actions.length} uses of actions, ${problems.length} problems`);
  if (problems.length > 0) process.exitCode = 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
