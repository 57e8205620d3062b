import { EnvironmentChoice } from '../requests/environment-choice';
import { Outcomes } from '../requests/outcomes';
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
  readonly outcomes: Outcomes;
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
  const outcomes = track(new Outcomes());
  const environment = track(new EnvironmentChoice(context.workspaceState));
  const runs = track(new RequestRuns({ documents, outcomes, environment, active, keys, history }));
  track(requestRows.fill(track(new RequestsTree(documents, files, outcomes, log))));
  return { documents, files, outcomes, environment, runs };
}
