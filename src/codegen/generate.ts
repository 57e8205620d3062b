import type { SoapDialect } from '../api/dialect';
import { facets } from '../api/dialect-facets';
import { isSecretValue } from '../api/secrets';
import type { SoapRecord, SoapValue } from '../api/value';
import { toV1Filters, toV2Filters } from '../api/filters';
import { resolveCall, type CodeCall } from './call';
import { render } from './code';
import { curlProgram } from './curl/program';
import { phpCode } from './literals/php';
import { tsCode } from './literals/typescript';
import { phpEnvironment, phpShape } from './php/pieces';
import { phpProgram } from './php/program';
import { withoutSecrets } from './secrets';
import { tsShape } from './typescript/call';
import { tsEnvironment } from './typescript/pieces';
import { tsProgram } from './typescript/program';

/** Languages of generated programs. */
export const codeTargets = ['php', 'typescript', 'javascript', 'curl'] as const;

/** See {@link codeTargets}. */
export type CodeTarget = (typeof codeTargets)[number];

/** Names of the targets for people. */
export const targetLabels: Readonly<Record<CodeTarget, string>> = {
  php: 'PHP',
  typescript: 'TypeScript',
  javascript: 'JavaScript',
  curl: 'curl',
};

/**
 * A whole program for a call. It logs in, calls, prints the result (as JSON; curl prints the XML) and ends its session. It reads the API
 * key from the environment (`MAHO_SOAP_KEY`), and also secret attributes such as a customer's password (`MAHO_SOAP_PASSWORD`).
 * @throws {ToolkitError} of kind `input` when the call is not valid in its dialect, or a value cannot be written
 */
export function generateCode(call: CodeCall, target: CodeTarget): string {
  const resolved = resolveCall(call);
  switch (target) {
    case 'php':
      return phpProgram(resolved);
    case 'typescript':
      return tsProgram(resolved, { types: true });
    case 'javascript':
      return tsProgram(resolved, { types: false });
    case 'curl':
      return curlProgram(resolved);
  }
}

/** Languages of literals. */
export type LiteralTarget = Exclude<CodeTarget, 'curl'>;

/**
 * Filters as a literal, in the form that the dialect takes in that language.
 * @throws {ToolkitError} of kind `input` when the dialect cannot express them (alternatives, commas in lists)
 */
export function filtersLiteral(filters: SoapRecord, dialect: SoapDialect, target: LiteralTarget): string {
  const shaped = facets[dialect].filters === 'map' ? toV1Filters(filters) : (toV2Filters(filters) ?? {});
  if (target === 'php') return render(phpCode(phpShape(dialect, withoutSecrets(shaped, ({ variable }) => phpEnvironment(variable)).value)));
  const hidden = withoutSecrets(shaped, ({ variable }) => tsEnvironment(variable)).value;
  return render(tsCode(tsShape(dialect, hidden)));
}

/**
 * A decoded value, such as a customer, as an array or object literal. Secret attributes are left out unless `reveal` is set.
 * @throws {ToolkitError} of kind `input` for numbers that are not finite
 */
export function valueLiteral(value: SoapValue, target: LiteralTarget, options: { readonly reveal?: boolean } = {}): string {
  const shown = options.reveal === true ? value : dropSecrets(value);
  return render(target === 'php' ? phpCode(shown) : tsCode(shown));
}

function dropSecrets(value: SoapValue): SoapValue {
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof Array) return value.map(dropSecrets);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !isSecretValue(key, inner))
      .map(([key, inner]) => [key, dropSecrets(inner)]),
  );
}
