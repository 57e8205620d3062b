import { openTransport } from '../../store/calls/open-transport';
import { Watching } from '../watch/watching';
import { watchStatus } from '../watch/watch-status';
import type { HistoryFeature } from './history';
import type { Shell } from './shell';
import type { StoresFeature } from './stores';

/** Watches the calls of programs and shows them in the history. */
export function makeWatching({ context, track }: Shell, { active, onExchange }: StoresFeature, { history }: HistoryFeature): Watching {
  const watching = track(
    new Watching({
      history,
      onExchange,
      memory: context.workspaceState,
      stores: active,
      open: async (store) => {
        const { config, ports } = store.forDoctor();
        const password = config.webUser === undefined ? undefined : await ports.webPassword?.();
        return { config, transport: await openTransport(config, ports, password) };
      },
    }),
  );
  track(watchStatus(watching));
  return watching;
}
