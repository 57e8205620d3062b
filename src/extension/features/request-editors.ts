import type { ErrorReporter } from '../errors/error-reporter';
import { RequestCompletion } from '../requests/request-completion';
import { RequestDiagnostics } from '../requests/request-diagnostics';
import { requestLanguage } from '../requests/request-language';
import { RequestLenses } from '../requests/request-lenses';
import type { StoresTree } from '../tree/stores-tree';
import type { RequestsFeature } from './requests';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/**
 * What editors of request files show besides the text: lenses, problems with their fixes, completion.
 * @param tree the rows of the view "Stores"; `undefined` as long as nobody has seen them
 */
export function makeRequestEditors(
  { track, storesRows }: Shell,
  { documents, lastRuns, environment }: RequestsFeature,
  { active }: StoresFeature,
  errors: ErrorReporter,
  tree: () => StoresTree | undefined,
): void {
  const lenses = track(new RequestLenses(documents, lastRuns, active, environment));
  const rows = {
    websiteNamesOf: (store: Parameters<StoresTree['websiteNamesOf']>[0]) =>
      tree()?.websiteNamesOf(store) ?? { websites: new Map(), stores: new Map() },
    onDidChangeTreeData: storesRows.onDidChangeTreeData,
  };
  const diagnostics = track(new RequestDiagnostics(documents, active, environment, errors, rows));
  track(requestLanguage(lenses, diagnostics, new RequestCompletion(documents, active, environment)));
}
