import type { Handlers } from '../commands/commands';
import type { StoresView } from '../tree/stores-view';
import { askForFaults } from './ask-for-faults';
import type { ActiveStore } from '../stores/active-store';
import type { DemoHost } from '../stores/demo-host';
import type { DemoLog } from './demo-log';

/** The commands that start and stop the demo store, show its requests, and make it simulate faults. */
export function demoCommands(demo: DemoHost, view: StoresView, active: ActiveStore, log: DemoLog): Handlers<'demo'> {
  return {
    'demo.start': async () => {
      await demo.start();
      // If none of several stores is active, the demo store becomes the active one. That is safe, because it holds no real data.
      const usual = view.usualDemoStore;
      if (active.current === undefined && usual !== undefined) await active.use(usual);
      await view.revealDemo();
    },
    'demo.stop': () => {
      demo.stop();
    },
    'demo.showLog': () => {
      log.show();
    },
    'demo.setFaults': async () => {
      const faults = await askForFaults((await demo.start()).faults);
      if (faults !== undefined) demo.setFaults(faults);
    },
  };
}
