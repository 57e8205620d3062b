import { join } from 'node:path';
import { version } from '../../../package.json';
import type { Command, Options } from '../command';
import { usage } from '../io';
import { parse } from '../options';
import { writeNew, type NewFile } from '../write-files';
import { DOCKERFILE, FIRST_ENVIRONMENT, FIRST_REQUESTS, GITHUB_WORKFLOW, GITLAB_JOB, recipes, stepsScript, type Recipe } from './templates';

const options = {
  ci: { type: 'string', value: 'SERVER', choices: recipes, doc: 'Build server of the recipe: github, gitlab or none. Default: github.' },
} as const satisfies Options;

/** `maho-soap init`: writes the files with which a project begins. */
export const init: Command = {
  summary: 'Create a request file, an environment file and a recipe for CI',
  usage: '[FOLDER] [--ci github|gitlab|none]',
  about: [
    'Creates requests/customers.maho.json, requests/base.env.json and, unless --ci is none, a recipe that runs the ' +
      'requests on a build server. The steps of the recipe are in ci/maho-soap.sh. The requests run on a demo store ' +
      'until you set a shop. Existing files are never replaced. If one of them has other content, nothing is written.',
  ],
  positionals: [{ name: 'FOLDER', doc: 'Folder of the project. Default: the current folder.' }],
  options,
  exit: 'The exit code is 0 if all files were written or already existed, and 2 if nothing was written.',
  examples: [
    { doc: 'In this folder, with a workflow for GitHub', line: 'maho-soap init' },
    { doc: 'In another folder, with a job for GitLab', line: 'maho-soap init shop-tests --ci gitlab' },
  ],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    const [folder = '.', more] = positionals;
    if (more !== undefined) throw usage(`Unexpected argument "${more}".`);
    const recipe = values.ci === undefined ? 'github' : recipes.find((name) => name === values.ci);
    if (recipe === undefined) throw usage(`There is no recipe for "${values.ci ?? ''}".`, `Use one of ${recipes.join(', ')}.`);
    const files = firstFiles(recipe, version).map(({ path, text }) => ({ path: join(folder, path), text }));
    const next = 'Use another folder, or move the existing files.';
    for (const { path, unchanged } of await writeNew(files, { force: false, next }))
      await io.out(`${path}${unchanged ? ' (unchanged)' : ''}\n`);
    await io.out(nextSteps(folder, recipe));
    return 0;
  },
};

/** The files with which a project begins. Paths are relative to its folder. */
export function firstFiles(recipe: Recipe, ofVersion: string): readonly NewFile[] {
  const workflow: Readonly<Record<Recipe, readonly NewFile[]>> = {
    github: [{ path: join('.github', 'workflows', 'requests.yml'), text: GITHUB_WORKFLOW }],
    gitlab: [{ path: '.gitlab-ci.yml', text: GITLAB_JOB }],
    none: [],
  };
  return [
    { path: join('requests', 'customers.maho.json'), text: FIRST_REQUESTS },
    { path: join('requests', 'base.env.json'), text: FIRST_ENVIRONMENT },
    ...workflow[recipe],
    ...(recipe === 'none' ? [] : [{ path: join('ci', 'maho-soap.sh'), text: stepsScript(ofVersion) }]),
  ];
}

/** The example files of `docs/ci`. Paths are relative to that folder. */
export function ciExamples(ofVersion: string): Readonly<Record<string, string>> {
  return {
    'maho-soap.sh': stepsScript(ofVersion),
    'github-workflow.yml': GITHUB_WORKFLOW,
    'gitlab-job.yml': GITLAB_JOB,
    Dockerfile: DOCKERFILE,
  };
}

function nextSteps(folder: string, recipe: Recipe): string {
  const lines = [
    ...(folder === '.' ? [] : [`cd ${/^[\w./-]+$/.test(folder) ? folder : JSON.stringify(folder)}`]),
    'maho-soap demo-store                 Start a store to try it on, and leave it running.',
    'maho-soap run requests/ --env requests/base.env.json --url http://127.0.0.1:8190 --user apiUser',
    '                                     Use another terminal. Set MAHO_SOAP_KEY to the API key that the demo store prints.',
  ];
  const server = {
    github: 'To run them on your own shop, set the variables SHOP_URL and SHOP_USER and the secret MAHO_SOAP_KEY on GitHub.',
    gitlab: 'To run them on your own shop, set the variables SHOP_URL, SHOP_USER and MAHO_SOAP_KEY on GitLab.',
    none: undefined,
  }[recipe];
  const last = ['Put values that must not be in git into requests/local.env.json, and add this file to .gitignore.'];
  return `\nNext:\n${lines.map((line) => `  ${line}\n`).join('')}${server === undefined ? '' : `\n${server}\n`}${last.join('\n')}\n`;
}
