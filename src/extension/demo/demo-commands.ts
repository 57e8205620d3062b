import type { Handler } from '../commands/commands';
import type { StoresView } from '../tree/stores-view';
import type { DemoHost } from './demo-host';

/** Starts and stops the embedded demo store. */
export function demoCommands(demo: DemoHost, view: StoresView): Readonly<Record<string, Handler>> {
  return {
    'demo.start': async () => {
      await demo.start();
      await view.revealDemo();
    },
    'demo.stop': () => { demo.stop(); },
  };
}
