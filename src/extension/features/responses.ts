import { CopyAs } from '../calls/copy-as';
import type { ErrorReporter } from '../errors/error-reporter';
import { ExchangeDocuments } from '../response/exchange-documents';
import { ResponseViews } from '../response/response-views';
import type { HistoryFeature } from './history';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** Outcomes of calls as pages and documents, and calls as code. */
export interface ResponsesFeature {
  readonly documents: ExchangeDocuments;
  readonly copyAs: CopyAs;
  readonly views: ResponseViews;
}

export function makeResponses(
  { context, track }: Shell,
  { active, codeMethods }: StoresFeature,
  { history }: HistoryFeature,
  errors: ErrorReporter,
): ResponsesFeature {
  const documents = track(new ExchangeDocuments());
  const copyAs = new CopyAs(active, codeMethods, context.workspaceState);
  const views = track(
    new ResponseViews({ extension: context.extensionUri, active, documents, copyAs, errors, history, memory: context.workspaceState }),
  );
  return { documents, copyAs, views };
}
