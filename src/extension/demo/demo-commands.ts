import type { Handlers } from '../commands/commands';
import type { StoresView } from '../tree/stores-view';
import { askForFaults } from './ask-for-faults';
import type { DemoHost } from '../stores/demo-host';
import type { DemoLog } from './demo-log';

/** Starts and stops the embedded demo store, shows what it was asked, and lets it make trouble. */
export function demoCommands(demo: DemoHost, view: StoresView, log: DemoLog): Handlers<'demo'> {
  return {
    'demo.start': async () => {
      await demo.start();
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
