import type { Dialect } from '../../api/dialect';
import { isReturned } from '../../api/dialect-facets';
import { customerEntity } from '../../api/entities';
import { isKeyAttribute, isSecretName, isSecretValue } from '../../api/secrets';
import type { SoapRecord } from '../../api/value';
import { maskValue } from '../masking/mask';

/** What of a customer goes into a file. */
export interface ColumnChoice {
  /** Dialect the rows come over: only V1 returns all attributes (facts §4). */
  readonly dialect: Dialect;
  /** Password hashes and reset tokens too. */
  readonly secrets: boolean;
}

/**
 * The columns of a CSV file, which must be known before the first row is written: the attributes of the catalogue that
 * the dialect returns, in its order, then whatever else the first customers brought. An attribute that only a later
 * customer has finds no column any more; the export counts it and says so.
 */
export function columnsOf(first: readonly SoapRecord[], { dialect, secrets }: ColumnChoice): readonly string[] {
  const known = customerEntity.fields.filter((field) => isReturned(dialect, field)).map(({ name }) => name);
  const others = first.flatMap((row) => Object.keys(row));
  return [...new Set([...known, ...others])].filter((name) => secrets || !isSecretName(name));
}

/**
 * A customer without the secrets; those that stand within the value of another attribute are masked. Of a key it says only that there is
 * one, as V2 and WS-I do.
 */
export function withoutSecrets(row: SoapRecord): SoapRecord {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !isSecretName(name))
      .map(([name, value]) => [name, isKeyAttribute(name) && isSecretValue(name, value) ? true : maskValue(value)]),
  );
}
