import { facets } from '../../api/dialect-facets';
import type { Generation } from '../../api/generations';
import { ResourceRegistry, type Resource } from '../../api/resources';
import { entity, string } from '../../api/types';
import type { Operation } from './answer';

/** The version of a store as it reports it: over V1, and over V2 and WS-I, whose WSDL may have fewer fields. */
interface VersionAnswer {
  readonly v1: Readonly<Record<string, string>>;
  readonly wsdl: readonly string[];
}

/** Versions of the recorded stores. Those of Maho 25 and Magento are from their WSDLs and sources, because they were not recorded. */
const releases = {
  'maho@26.7': '26.7.4',
  'maho@25': '25.5.0',
  'openmage@20.18': '20.18.0',
  'openmage@20.0': '20.0.20',
  'magento@1.9': '1.9.4.5',
} as const;

/** The last version of Magento 1, which its descendants report as their own Magento version. */
const magento = { magento_edition: 'Community', magento_version: '1.9.4.5' } as const;

const productNames = { maho: 'Maho', magento: 'Magento' } as const;

type VersionName = keyof typeof productNames;

/** The responses of the resources `core_maho` and `core_magento`, by which stores report their version. */
function answersOf({ id, product }: Generation): Readonly<Partial<Record<VersionName, VersionAnswer>>> {
  const maho = { v1: { maho_version: releases[id] }, wsdl: ['maho_version'] };
  const wsdl = ['magento_version', 'magento_edition'];
  if (id === 'maho@26.7') return { maho };
  if (id === 'maho@25') return { maho, magento: { v1: { ...maho.v1, ...magento }, wsdl: ['maho_version', ...wsdl] } };
  return { magento: { v1: product === 'openmage' ? { ...magento, openmage_version: releases[id] } : magento, wsdl } };
}

/** The registry with the resources that report the version added after the store views, where stores list them. */
export function withVersion({ resources }: ResourceRegistry, generation: Generation): ResourceRegistry {
  const place = resources.findIndex(({ name }) => name === 'core_store') + 1;
  const told = (['maho', 'magento'] as const).flatMap((name) => {
    const answer = answersOf(generation)[name];
    return answer === undefined ? [] : [versionResource(name, answer)];
  });
  return new ResourceRegistry([...resources.slice(0, place), ...told, ...resources.slice(place)]);
}

/** The implementation of a resource that reports the version, by its name; `undefined` for any other resource. */
export function versionOperation(resource: string, generation: Generation): Operation | undefined {
  const name = (['maho', 'magento'] as const).find((each) => resource === `core_${each}`);
  const answer = name === undefined ? undefined : answersOf(generation)[name];
  if (name === undefined || answer === undefined) return undefined;
  const { v1, wsdl } = answer;
  const type = infoEntity(name, wsdl);
  const shown = Object.fromEntries(wsdl.map((field) => [field, v1[field] ?? '']));
  return ({ dialect }) => ({ kind: 'value', value: facets[dialect].allAttributes ? v1 : shown, type });
}

function infoEntity(name: VersionName, fields: readonly string[]): Resource['entity'] {
  return entity(
    `${name}InfoEntity`,
    fields.map((field) => ({ name: field, type: string, title: field, doc: '', required: true })),
  );
}

function versionResource(name: VersionName, { wsdl }: VersionAnswer): Resource {
  const type = infoEntity(name, wsdl);
  const product = productNames[name];
  return {
    name: `core_${name}`,
    prefix: name,
    aliases: [name],
    words: { one: 'version', many: 'versions' },
    storeTitle: `${product} info API`,
    entity: type,
    idField: `${name}_version`,
    labelField: `${name}_version`,
    faults: [],
    operations: {
      info: {
        access: 'read',
        right: `core/${name}/info`,
        title: `Info about current ${product} installation`,
        storeTitle: `Get info about current ${product} installation`,
        doc: 'Tells the version of the store.',
        args: [],
        result: { type, part: 'info', doc: 'The version.' },
      },
    },
    demo: { phpClass: `Mage_Core_Model_${product}_Api`, rows: [] },
  };
}
