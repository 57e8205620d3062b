import type { Dialect } from '../../api/dialect';
import { isReturned } from '../../api/dialect-facets';
import { customerEntity } from '../../api/entities';
import { isKeyAttribute, isSecretName, isSecretValue } from '../../api/secrets';
import type { SoapRecord } from '../../api/value';
import { maskValue } from '../masking/mask';

/** The choice of a customer's attributes for a file. */
export interface ColumnChoice {
  /** Dialect of the rows: only V1 returns all attributes (facts §4). */
  readonly dialect: Dialect;
  /** Whether password hashes and reset tokens are included. */
  readonly secrets: boolean;
}

/**
 * The columns of a CSV file, which must be known before the first row is written: the attributes of the catalogue that
 * the dialect returns, in its order, then the other attributes of the first customers. An attribute that only a later
 * customer has gets no column. The export counts and reports it.
 */
export function columnsOf(first: readonly SoapRecord[], { dialect, secrets }: ColumnChoice): readonly string[] {
  const known = customerEntity.fields.filter((field) => isReturned(dialect, field)).map(({ name }) => name);
  const others = first.flatMap((row) => Object.keys(row));
  return [...new Set([...known, ...others])].filter((name) => secrets || !isSecretName(name));
}

/**
 * A customer without its secrets. Secrets inside the value of another attribute are masked. For a key it only says that there is
 * one, as V2 and WS-I do.
 */
export function withoutSecrets(row: SoapRecord): SoapRecord {
  return Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !isSecretName(name))
      .map(([name, value]) => [name, isKeyAttribute(name) && isSecretValue(name, value) ? true : maskValue(value)]),
  );
}
