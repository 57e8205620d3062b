import type { KeptDescription } from '../../src/api/store-methods/kept';
import type { BundledProduct } from '../../src/api/store-methods/products';
import { recordedRest } from '../../test/support/rest-document';
import { recordedMethods } from '../../test/support/store-methods';
import type { RecordedStore } from '../../test/support/wire';

/** The recorded store for each bundled description: the current version of the product. */
const RECORDED: Readonly<Record<BundledProduct, RecordedStore>> = { maho: 'maho@26.7', openmage: 'openmage@20.18' };

/** The bundled descriptions by path from the root: names and types of the recorded stores, without their texts. */
export async function productFiles(): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  for (const [product, store] of Object.entries(RECORDED)) {
    const text = JSON.stringify(withoutWords(await recordedMethods(store)));
    files[`src/api/store-methods/products/${product}.json`] = `${text}\n`;
  }
  files['src/api/store-methods/products/maho-rest.json'] = `${JSON.stringify(withoutWords(recordedRest({ answers: false })))}\n`;
  return files;
}

function withoutWords(description: KeptDescription): KeptDescription {
  return {
    ...description,
    resources: description.resources.map(({ title: _title, description: _description, ...resource }) => ({
      ...resource,
      // The rights of the recorded user do not apply to other users.
      methods: resource.methods.map(({ title: _words, description: _more, callable: _may, ...method }) => method),
    })),
  };
}
