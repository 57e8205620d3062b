import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { knownResources } from '../../src/api/resources';
import { snippetFiles } from '../../src/codegen';
import { productWords } from '../../src/api/store-methods/names';
import { gateWords } from '../../src/codegen/detect/call-names';
import { requestFileSchema } from '../../src/requests/schema/json-schema';
import { version } from '../../package.json';
import { ciExamples } from '../../src/cli/init/init';
import { cliDocs } from './cli-docs';
import { demoTypes } from './demo-types';
import { root } from './project';
import { productFiles } from './product-methods';
import { requestsDoc } from './requests-doc';
import { restDoc } from './rest-doc';
import { englishBundle } from './texts';
import { faultsDoc, trapsDoc } from './trouble-docs';

/** Files generated from the resources, by path from the root. Those of {@link productFiles} are generated from recordings. */
export function generatedFiles(): Readonly<Record<string, string>> {
  return {
    ...Object.fromEntries(
      Object.entries(snippetFiles()).map(([language, file]) => [`snippets/${language}.json`, `${JSON.stringify(file, undefined, 2)}\n`]),
    ),
    'src/codegen/detect/gate-words.ts': gateFile(),
    'types/demo-store.d.cts': demoTypes(),
    ...cliDocs(),
    ...Object.fromEntries(Object.entries(ciExamples(version)).map(([name, text]) => [`docs/ci/${name}`, text])),
    'docs/requests.md': requestsDoc(),
    'docs/rest.md': restDoc(),
    'docs/traps.md': trapsDoc(),
    'docs/faults.md': faultsDoc(),
    'l10n/bundle.l10n.json': englishBundle(),
    'schemas/maho-requests.schema.json': `${JSON.stringify(requestFileSchema(), undefined, 2)}\n`,
  };
}

/** A file with only the gate's pattern and no imports, because the pattern is tested on every PHP and TypeScript file that is opened. */
function gateFile(): string {
  return [
    '// Generated from src/api/resources by npm run generate.',
    '',
    '/** A file that contains none of these words contains no call of a known resource. */',
    `export const knownWords = ${String(gateWords(knownResources, productWords))};`,
    '',
  ].join('\n');
}

/**
 * Writes the generated files that have changed. With `check`, it only finds them.
 * @returns paths of the files that were out of date
 */
export async function generate({ check }: { readonly check: boolean }): Promise<string[]> {
  const stale: string[] = [];
  for (const [name, text] of Object.entries({ ...generatedFiles(), ...(await productFiles()) })) {
    const file = path.join(root, name);
    if ((await current(file)) === text) continue;
    stale.push(name);
    if (check) continue;
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  return stale;
}

async function current(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
