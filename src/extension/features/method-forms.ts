import { KeptArguments } from '../api/kept-arguments';
import { MethodForms } from '../api/method-forms';
import type { ErrorReporter } from '../errors/error-reporter';
import type { HistoryFeature } from './history';
import type { ResponsesFeature } from './responses';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** The forms for a store's methods. */
export function makeMethodForms(
  { context, track }: Shell,
  { active, keys, methods }: StoresFeature,
  { history }: HistoryFeature,
  { views, copyAs }: ResponsesFeature,
  errors: ErrorReporter,
): MethodForms {
  return track(
    new MethodForms({
      extension: context.extensionUri,
      errors,
      keys,
      history,
      presenter: views,
      copyAs,
      kept: new KeptArguments(context.workspaceState),
      store: (id) => active.all.find((store) => store.id === id),
      methods: async (store) => {
        const known = await methods();
        // VS Code restored the form, and the user did not open it. So kept methods are enough, and no key is asked for.
        return (await known.without(store)) ?? (await known.of(store, await store.connected()));
      },
    }),
  );
}
