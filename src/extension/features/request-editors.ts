import type { ErrorReporter } from '../errors/error-reporter';
import { DescribedProviders } from '../requests/described-providers';
import { RequestCompletion } from '../requests/request-completion';
import { RequestDiagnostics } from '../requests/request-diagnostics';
import { requestLanguage } from '../requests/request-language';
import { RequestMethods } from '../requests/request-methods';
import { RequestLenses } from '../requests/request-lenses';
import type { StoresTree } from '../tree/stores-tree';
import type { RequestsFeature } from './requests';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/**
 * The features for editors of request files: lenses, problems with their fixes, completion.
 * @param tree the rows of the view "Stores". `undefined` until the view was first shown
 */
export function makeRequestEditors(
  { track, storesRows }: Shell,
  { documents, lastRuns, environment }: RequestsFeature,
  { active, methods }: StoresFeature,
  errors: ErrorReporter,
  tree: () => StoresTree | undefined,
): void {
  const lenses = track(new RequestLenses(documents, lastRuns, active, environment));
  const rows = {
    websiteNamesOf: (store: Parameters<StoresTree['websiteNamesOf']>[0]) =>
      tree()?.websiteNamesOf(store) ?? { websites: new Map(), stores: new Map() },
    onDidChangeTreeData: storesRows.onDidChangeTreeData,
  };
  const known = track(new RequestMethods(active, methods));
  const diagnostics = track(new RequestDiagnostics({ documents, active, environment, errors, methods: known }, rows));
  const completion = new RequestCompletion(documents, active, environment);
  track(requestLanguage(lenses, diagnostics, completion, new DescribedProviders(documents, known)));
}
