import type { ResourceRegistry } from '../../api/resources';
import { code, type Code } from '../code';
import { ChangeExpression } from '../template';
import { exampleCall, exampleFilter, exampleList, resultName } from './examples';
import type { SnippetWriter } from './snippet';

/** Assigns the result of a call to a variable. */
export type Assign = (variable: string, made: ReturnType<typeof exampleCall>) => Code;

/**
 * The snippets that are one assignment.
 * @param emptyValue what the language writes for an argument without content, for users to replace
 */
export function callSnippets(
  registry: ResourceRegistry,
  assign: Assign,
  emptyValue: '[]' | '{}',
): Pick<SnippetWriter, 'method' | 'filter'> {
  return {
    method: (
      method,
      dialect,
      resource,
    ) => code`${assign(resultName(method, resource), exampleCall(method, dialect, new ChangeExpression(1, emptyValue)))}
`,
    filter: (
      dialect,
      resource,
    ) => code`${assign(resource.words.many, exampleList(registry, resource, dialect, exampleFilter(dialect, resource)))}
`,
  };
}
