import { readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from './project';

/** The anchors of the sections of docs/facts.md, by number. */
const anchors = new Map(
  [...readFileSync(path.join(root, 'docs/facts.md'), 'utf8').matchAll(/^## ((\d+)\. .+)$/gm)].map(([, heading = '', number = '']) => [
    number,
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/\s/g, '-'),
  ]),
);

/** A text for a page of docs/, in which sections such as `facts §5` or `§15.1` are links to docs/facts.md. */
export function withFacts(text: string): string {
  return text.replace(/(?:facts )?§(\d+)(?:\.\d+)?/g, (cited, section: string) => {
    const anchor = anchors.get(section);
    return anchor === undefined ? cited : `[${cited}](facts.md#${anchor})`;
  });
}
