import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unpackFiles } from '../../scripts/lib/archive';
import type { Json } from '../../src/api/store-methods/openapi-schemas';
import { describeRest } from '../../src/api/store-methods/openapi';
import type { KeptDescription } from '../../src/api/store-methods/kept';

const archive = join(import.meta.dirname, '../fixtures/rest/documents.tar.br');

/** The OpenAPI document of a real Maho 26.7.4, unchanged. */
export function recordedDocument(): string {
  const bytes = unpackFiles(readFileSync(archive)).get('openapi-maho-26.7.json');
  if (bytes === undefined) throw new Error('The document of Maho 26.7 is not in its archive.');
  return bytes.toString('utf8');
}

/**
 * The description of that document.
 * @param options.answers whether to include the types of responses, which are half of it
 */
export function recordedRest(options?: { readonly answers: boolean }): KeptDescription {
  const description = describeRest(JSON.parse(recordedDocument()) as Json, options);
  if (description === undefined) throw new Error('The document of Maho 26.7 describes no request.');
  return description;
}
