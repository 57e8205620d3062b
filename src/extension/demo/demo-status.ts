import type { Disposable } from 'vscode';
import { plural, t } from '../../l10n/texts';
import { liveStatus } from '../live-status';
import type { DemoHost } from '../stores/demo-host';

/** The status bar item of a running demo store: its port, the number of requests it has answered, and whether it simulates faults. */
export function demoStatus(demo: DemoHost): Disposable {
  return liveStatus({
    id: 'mahoSoap.demo',
    name: t('Maho SOAP demo store'),
    command: 'mahoSoap.demo.showLog',
    onDidChange: demo.onDidChange,
    state: () => {
      const { running } = demo;
      if (running === undefined) return undefined;
      const faults = Object.keys(running.faults);
      return {
        text: `$(${faults.length > 0 ? 'warning' : 'server'}) ${t('Demo store :{port}', { port: running.port })}`,
        tooltip: [
          t('Running on port {port}', { port: running.port }),
          plural(running.answered, '{count} request answered', '{count} requests answered'),
          ...(faults.length > 0 ? [t('Faults: {faults}', { faults: faults.join(', ') })] : []),
          t('Click for the request log'),
        ].join('\n'),
        warns: faults.length > 0,
      };
    },
  });
}
