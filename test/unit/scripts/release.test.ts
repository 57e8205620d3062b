import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { suite, test } from 'node:test';
import { runNode } from '../../../scripts/lib/command';
import { homeOf, missingAddresses } from '../../../scripts/lib/home';
import { root } from '../../../scripts/lib/project';
import { destinations, publish, publishCommand, releaseNotes, releaseProblems } from '../../../scripts/lib/release';

const home = {
  repository: { type: 'git', url: 'https://github.com/example/toolkit.git' },
  bugs: { url: 'https://github.com/example/toolkit/issues', email: 'security@example.com' },
};
const changelog = '# Changelog\n\n## Unreleased\n\n## 1.2.0 (2026-12-01)\n\n### Added\n\n* Something.\n\n## 1.1.0\n\n* Before.\n';

suite('A release', () => {
  test('is made of a tag that is the version, with notes and the addresses of the project', () => {
    assert.deepEqual(releaseProblems('v1.2.0', { version: '1.2.0', ...home }, changelog), []);
    assert.equal(releaseNotes(changelog, '1.2.0'), '### Added\n\n* Something.\n');
  });

  for (const [lacking, manifest] of [
    ['repository.url', { bugs: home.bugs }],
    ['bugs.url', { repository: home.repository, bugs: { email: 'security@example.com' } }],
    ['bugs.email (the security contact)', { repository: home.repository, bugs: { url: 'https://git.example.com/issues' } }],
    ['bugs.url', { ...home, bugs: { ...home.bugs, url: ' ' } }],
  ] as const) {
    test(`is refused without ${lacking}: ${JSON.stringify(manifest)}`, () => {
      const [problem, ...others] = releaseProblems('v1.2.0', { version: '1.2.0', ...manifest }, changelog);
      assert.ok(problem?.includes(`package.json does not contain ${lacking}`));
      assert.deepEqual(others, []);
    });
  }

  test('is refused where the marketplaces would not find the pictures of the README', () => {
    const at = (url: string): readonly string[] => releaseProblems('v1.2.0', { version: '1.2.0', ...home, repository: { url } }, changelog);
    for (const url of ['git+https://github.com/a/b.git', 'https://gitlab.com/a/b', 'ssh://git@github.com/a/b.git'])
      assert.deepEqual(at(url), []);
    for (const url of ['https://git.example.com/a/b', 'https://github.com.example.com/a/b', 'a/b'])
      assert.match(at(url).join(), /cannot create the URLs/);
  });

  test('is refused for another version than the tag, and without notes', () => {
    assert.match(releaseProblems('v1.2.1', { version: '1.2.0', ...home }, changelog).join(), /Use the tag v1\.2\.0/);
    assert.match(releaseProblems('1.2.0', { version: '1.2.0', ...home }, changelog).join(), /Use the tag v1\.2\.0/);
    for (const text of ['# Changelog\n', changelog.replace('## 1.2.0 (2026-12-01)', '## Later'), '## 1.2.0\n\n## 1.1.0\n\n* Before.\n'])
      assert.match(releaseProblems('v1.2.0', { version: '1.2.0', ...home }, text).join(), /no entries under "## 1\.2\.0"/);
    assert.equal(releaseNotes('## 1.2.0\n* a\n', '1.2'), undefined);
  });

  test('of this checkout says what it lacks, and makes nothing', async () => {
    const manifest: unknown = JSON.parse(await readFile(path.join(root, 'package.json'), 'utf8'));
    const { code, output } = await runNode(['scripts/release.mjs', 'v99.0.0'], { limit: 60_000 });
    assert.equal(code, 1);
    assert.match(output, /v99\.0\.0 cannot be released:/);
    for (const field of missingAddresses(homeOf(manifest))) assert.ok(output.includes(field), field);
  });

  test('goes to each destination by a program that is there, and by none without its token', async () => {
    for (const destination of destinations) {
      const [program = '', ...args] = await publishCommand(destination, '1.2.0');
      await readFile(program);
      assert.ok(args.some((each) => each.includes('1.2.0')));
      const shown = await runNode(['scripts/release.mjs', 'v1.2.0', '--publish', destination, '--dry-run'], { limit: 60_000 });
      assert.equal(shown.output.trim(), [program, ...args].join(' '));
      if (destination !== 'npm') await assert.rejects(publish(destination, {}), /needs the environment variable (VSCE|OVSX)_PAT/);
    }
    assert.ok((await publishCommand('npm', '1.2.0')).includes('--provenance'));
  });
});

test('the addresses of the project stand in package.json alone', async () => {
  for (const file of ['README.md', 'SECURITY.md', 'CONTRIBUTING.md', 'CODE_OF_CONDUCT.md', '.github/ISSUE_TEMPLATE/config.yml'])
    assert.doesNotMatch(
      await readFile(path.join(root, file), 'utf8'),
      /https:\/\/(?:github|gitlab)\.com\/[\w-]+\/[\w-]+\/(?:issues|security)/,
    );
});
