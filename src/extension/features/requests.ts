import { EnvironmentChoice } from '../requests/environment-choice';
import { LastRuns } from '../requests/last-runs';
import { RequestDocuments } from '../requests/request-documents';
import { RequestFiles } from '../requests/request-files';
import { RequestRuns } from '../requests/request-runs';
import { RequestsTree } from '../requests/requests-tree';
import type { Log } from '../log/log';
import type { HistoryFeature } from './history';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** Request files: reading and running them, and the view "Requests". */
export interface RequestsFeature {
  readonly documents: RequestDocuments;
  readonly files: RequestFiles;
  readonly lastRuns: LastRuns;
  readonly environment: EnvironmentChoice;
  readonly runs: RequestRuns;
}

export function makeRequests(
  { context, track, requestRows }: Shell,
  { active, keys }: StoresFeature,
  { history }: HistoryFeature,
  log: Log,
): RequestsFeature {
  const documents = track(new RequestDocuments());
  const files = track(new RequestFiles());
  const lastRuns = track(new LastRuns());
  const environment = track(new EnvironmentChoice(context.workspaceState));
  const runs = track(new RequestRuns({ documents, lastRuns, environment, active, keys, history }));
  track(requestRows.fill(track(new RequestsTree(documents, files, lastRuns, log))));
  return { documents, files, lastRuns, environment, runs };
}
