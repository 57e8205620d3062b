import type { Disposable } from 'vscode';
import { liveStatus } from '../live-status';
import type { DemoHost } from '../stores/demo-host';
import { count } from '../text';

/** The status bar item of a running demo store: its port, how many requests it answered, and whether it makes trouble on demand. */
export function demoStatus(demo: DemoHost): Disposable {
  return liveStatus({
    id: 'mahoSoap.demo',
    name: 'Maho SOAP demo store',
    command: 'mahoSoap.demo.showLog',
    onDidChange: demo.onDidChange,
    look: () => {
      const { running } = demo;
      if (running === undefined) return undefined;
      const faults = Object.keys(running.faults);
      return {
        text: `$(${faults.length > 0 ? 'warning' : 'server'}) Demo store :${running.port}`,
        tooltip: [
          `Running on port ${running.port}`,
          `${count(running.answered)} requests answered`,
          ...(faults.length > 0 ? [`Faults on demand: ${faults.join(', ')}`] : []),
          'Click for the request log',
        ].join('\n'),
        warns: faults.length > 0,
      };
    },
  });
}
