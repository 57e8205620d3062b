// `npm run release -- v1.2.3`: checks that a tag may become a release, and creates everything for it in out/release.
// `--publish vscode|open-vsx|npm` publishes it; with `--dry-run` it prints the command instead.
import { parseArgs } from 'node:util';
import { installProject } from './lib/install.mjs';

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { publish: { type: 'string' }, 'dry-run': { type: 'boolean' } },
  });
  installProject();
  await import('./lib/typescript.mjs');
  const { destinations, makeRelease, publish, publishCommand } = await import('./lib/release.ts');
  const [tag] = positionals;
  if (values.publish === undefined) {
    if (tag === undefined) throw new Error('No tag was given. Add it, such as v1.2.3.');
    for (const file of await makeRelease(tag)) console.log(file);
  } else {
    const destination = destinations.find((each) => each === values.publish);
    if (destination === undefined) throw new Error(`"${values.publish}" is not a destination. Use one of ${destinations.join(', ')}.`);
    if (values['dry-run']) console.log((await publishCommand(destination, (tag ?? 'v0.0.0').slice(1))).join(' '));
    else await publish(destination);
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
