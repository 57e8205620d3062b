import type { Dialect } from '../../api/dialect';
import { facets, fullDialect } from '../../api/dialect-facets';
import { FaultError, ToolkitError } from '../../api/errors';
import { findGeneration, type Generation } from '../../api/generations';
import { isRecord, type SoapValue } from '../../api/value';
import type { StoreSummary } from '../calls/protocol';
import type { StoreClient } from '../calls/client';

/** The version of a store, as the store gives it. */
export interface StoreVersion {
  /** A text for users, with the version as the store writes it: `Maho 26.7.4`. */
  readonly name: string;
  /** `undefined` for a version whose differences were not recorded, such as one between two known ones. */
  readonly generation: Generation | undefined;
  /** Method whose answer contains it: `core_maho.info`. */
  readonly method: string;
}

/**
 * The reason why a version is not known. `refused`: the API user may not ask. `unknown`: the store has no such method, or its answer has
 * no version. `unanswered`: no readable answer came.
 */
export type NoVersion = 'refused' | 'unknown' | 'unanswered';

/** Methods that return a version, by the name of their resource: path over V1, operation over V2 and WS-I. */
const methods = {
  maho: { v1: 'core_maho.info', wsdl: 'mahoInfo' },
  magento: { v1: 'core_magento.info', wsdl: 'magentoInfo' },
} as const;

/** Fields of their answers that contain a version, the most specific first. OpenMage and Maho also have a `magento_version`. */
const fields = [
  ['maho_version', 'maho', 'Maho'],
  ['openmage_version', 'openmage', 'OpenMage'],
  ['magento_version', 'magento', 'Magento'],
] as const;

/**
 * Asks a store for its version, in a session: over its own dialect, and over V1 if only V1 returns it (OpenMage).
 * One to three small requests that change nothing.
 * @param summary of the store's WSDL
 * @throws {ToolkitError} `cancelled`, when the signal was aborted; any other failure is `unanswered`
 */
export async function askVersion(
  client: Pick<StoreClient, 'call'>,
  summary: StoreSummary,
  { signal, v1Beside = false }: { readonly signal?: AbortSignal | undefined; readonly v1Beside?: boolean } = {},
): Promise<StoreVersion | NoVersion> {
  let result: StoreVersion | NoVersion = 'unknown';
  for (const { method, dialect } of questions(summary, v1Beside)) {
    try {
      const { value } = await client.call(method, {}, { signal, dialect });
      const told = read(value, method, summary.namespace);
      if (told !== undefined) return told;
    } catch (error) {
      if (!(error instanceof ToolkitError) || signal?.aborted === true) throw error;
      if (error instanceof FaultError && error.code === '2') result = 'refused';
      // Fault 3 says that the store does not have the method. That is an answer, so the next method is tried.
      else if (!(error instanceof FaultError)) return 'unanswered';
    }
  }
  return result;
}

/** The methods to try, in this order. V1 lists no methods in its WSDL, so its namespace decides which are worth trying. */
function questions(
  { dialect, namespace, operations }: StoreSummary,
  v1Beside: boolean,
): readonly { readonly method: string; readonly dialect?: Dialect }[] {
  const maho = /^urn:maho$/i.test(namespace);
  const paths = maho ? [methods.maho.v1, methods.magento.v1] : [methods.magento.v1];
  if (facets[dialect].positional) return paths.map((method) => ({ method }));
  const offered = [methods.maho.wsdl, methods.magento.wsdl].filter((operation) => operations.includes(operation));
  const beside = v1Beside && !maho ? [{ method: methods.magento.v1, dialect: fullDialect }] : [];
  return [...offered.map((method) => ({ method })), ...beside];
}

/** The version in an answer. Every OpenMage has Magento's version too, so that one counts only in Magento's own namespace. */
function read(value: SoapValue, method: string, namespace: string): StoreVersion | undefined {
  if (!isRecord(value)) return undefined;
  for (const [field, product, name] of fields) {
    if (product === 'magento' && !/^urn:magento$/i.test(namespace)) continue;
    const version = value[field];
    if (typeof version !== 'string' || !/^\d[\w.+-]{0,40}$/.test(version)) continue;
    return { name: `${name} ${version}`, generation: findGeneration(`${product}@${version}`), method };
  }
  return undefined;
}
