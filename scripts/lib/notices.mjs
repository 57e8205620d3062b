// Collects the licences of bundled packages from their folders.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Licences that allow distributing a package with this one, together with their text. */
const ALLOWED = new Set(['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'CC-BY-4.0', 'ISC', 'MIT']);

/** Texts of licences for packages that name a licence but do not contain its text. */
const STANDARD = {
  MIT: `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to
the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY
CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE
SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`,
  ISC: `Permission to use, copy, modify, and/or distribute this software for any purpose with or without fee is hereby granted, provided that the
above copyright notice and this permission notice appear in all copies.

THE SOFTWARE IS PROVIDED "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED WARRANTIES OF
MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL, DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY
DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE, DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION,
ARISING OUT OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.`,
};

/**
 * The packages with code in the output of builds, as folders below `node_modules`, sorted. A package whose code was completely removed as
 * unused does not count.
 * @param {readonly import('esbuild').Metafile[]} metafiles
 * @returns {readonly string[]}
 */
export function bundledPackages(metafiles) {
  const packages = new Set();
  for (const { outputs } of metafiles) {
    for (const { inputs } of Object.values(outputs)) {
      for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
        const folder = /(?:^|[:/])(node_modules\/(?:.*\/node_modules\/)?(?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1];
        if (folder !== undefined && bytesInOutput > 0) packages.add(folder);
      }
    }
  }
  return [...packages].sort();
}

/**
 * The notices of packages: name, version, licence, and the texts in each package.
 * @param {readonly string[]} folders of the packages
 * @returns {string}
 * @throws {Error} for a package with a licence that is not allowed
 */
export function noticesOf(folders) {
  const parts = [...new Set(folders)].map(noticeOf).sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
  const head = 'What is shipped with this package holds parts of the packages below, each under its own licence.';
  return `${[head, ...parts.map(([title, text]) => `${'='.repeat(80)}\n${title}\n${'='.repeat(80)}\n\n${text}`)].join('\n\n')}\n`;
}

/**
 * @param {string} folder
 * @returns {readonly [title: string, text: string]}
 */
function noticeOf(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const { name, version, author, homepage } = manifest;
  const license = licenseOf(manifest);
  if (license === undefined) {
    const given = JSON.stringify(manifest.license ?? manifest.licenses);
    throw new Error(`${name} ${version} has the licence ${given}, which is not one of ${[...ALLOWED].join(', ')}.`);
  }
  const texts = readdirSync(folder)
    .filter((file) => /^(?:licen[cs]e|notices?|copying|copyrightnotice)/i.test(file))
    .sort()
    .map((file) => readFileSync(path.join(folder, file), 'utf8').replaceAll('\r\n', '\n').trim());
  const title = [`${name} ${version} (${license})`, ...(typeof homepage === 'string' ? [homepage] : [])].join('\n');
  if (texts.length > 0) return [title, texts.join('\n\n')];
  const standard = license === 'MIT' || license === 'ISC' ? STANDARD[license] : undefined;
  if (standard === undefined) throw new Error(`${name} ${version} has no text of its licence ${license}.`);
  const holder = typeof author === 'string' ? author : typeof author?.name === 'string' ? author.name : `the authors of ${name}`;
  return [title, `Copyright (c) ${holder}\n\n${standard}`];
}

/**
 * The licence under which a package may be distributed: the first allowed one. Old packages have an object instead of a name.
 * @param {{ readonly license?: unknown, readonly licenses?: unknown }} manifest
 * @returns {string | undefined}
 */
function licenseOf({ license, licenses }) {
  const named = [license, ...(Array.isArray(licenses) ? licenses : [])].map((each) => each?.type ?? each);
  const choices = named.flatMap((each) => (typeof each === 'string' ? each.replace(/^\((.*)\)$/, '$1').split(' OR ') : []));
  return choices.find((each) => ALLOWED.has(each));
}
