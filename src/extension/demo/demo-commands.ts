import type { Handlers } from '../commands/commands';
import type { StoresView } from '../tree/stores-view';
import { askForFaults } from './ask-for-faults';
import type { ActiveStore } from '../stores/active-store';
import type { DemoHost } from '../stores/demo-host';
import type { DemoLog } from './demo-log';

/** Starts and stops the embedded demo store, shows what it was asked, and lets it make trouble. */
export function demoCommands(demo: DemoHost, view: StoresView, active: ActiveStore, log: DemoLog): Handlers<'demo'> {
  return {
    'demo.start': async () => {
      await demo.start();
      // Where no store is active among several, the one that was just started is meant. Nothing real is touched by it.
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
