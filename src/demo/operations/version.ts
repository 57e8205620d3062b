import { facets } from '../../api/dialect-facets';
import type { Generation } from '../../api/generations';
import type { Method } from '../../api/method';
import { entity, string } from '../../api/types';
import type { DemoMethod } from './answer';

/** What a store says of its version: over V1 and, where the WSDL has fewer, over V2 and WS-I. */
interface VersionAnswer {
  readonly v1: Readonly<Record<string, string>>;
  readonly wsdl: readonly string[];
}

/** Versions of the recorded stores; Maho 25 and Magento by their WSDLs and sources, which were not asked this. */
const releases = {
  'maho@26.7': '26.7.4',
  'maho@25': '25.5.0',
  'openmage@20.18': '20.18.0',
  'openmage@20.0': '20.0.20',
  'magento@1.9': '1.9.4.5',
} as const;

/** The last Magento 1, whose version its descendants give as their own. */
const magento = { magento_edition: 'Community', magento_version: '1.9.4.5' } as const;

/** The resources by which stores tell their version, `core_maho` and `core_magento`. They may be called by their alias too. */
function answersOf({ id, product }: Generation): Readonly<Partial<Record<'maho' | 'magento', VersionAnswer>>> {
  const maho = { v1: { maho_version: releases[id] }, wsdl: ['maho_version'] };
  const wsdl = ['magento_version', 'magento_edition'];
  if (id === 'maho@26.7') return { maho };
  if (id === 'maho@25') return { maho, magento: { v1: { ...maho.v1, ...magento }, wsdl: ['maho_version', ...wsdl] } };
  return { magento: { v1: product === 'openmage' ? { ...magento, openmage_version: releases[id] } : magento, wsdl } };
}

/** Methods by which a store of this generation tells its version, as its WSDLs describe them. */
export function versionMethods(generation: Generation): readonly Method[] {
  return demoMethods(generation).map(({ method }) => method);
}

/**
 * The method by its path, by the alias of that (`maho.info`), or by its V2 operation.
 * @returns `undefined` where this generation has no such method
 */
export function findVersionMethod(name: string, generation: Generation): DemoMethod | undefined {
  return demoMethods(generation).find(({ method }) => [method.id, method.id.replace('core_', ''), method.operation].includes(name));
}

function demoMethods(generation: Generation): readonly DemoMethod[] {
  return Object.entries(answersOf(generation)).map(([name, { v1, wsdl }]) => {
    const type = entity(
      `${name}InfoEntity`,
      wsdl.map((field) => ({ name: field, type: string, title: field, doc: '', required: true })),
    );
    const method: Method = {
      id: `core_${name}.info`,
      operation: `${name}Info`,
      access: 'read',
      right: `core/${name}/info`,
      title: `Retrieve info about current ${generation.name} installation`,
      doc: '',
      args: [],
      result: { type, part: 'info', doc: '' },
      faults: [],
    };
    const shown = Object.fromEntries(wsdl.map((field) => [field, v1[field] ?? '']));
    return {
      method,
      php: `Mage_Core_Model_${name === 'maho' ? 'Maho' : 'Magento'}_Api::info`,
      required: 0,
      run: ({ dialect }) => ({ kind: 'value', value: facets[dialect].allAttributes ? v1 : shown, type }),
    };
  });
}
