import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { TestEvent } from '../../../scripts/lib/test-event';

/**
 * Prints like mocha's `spec`, and writes one JSON line for each test into the file that `MAHO_SOAP_TEST_REPORT` names. `npm test` counts
 * those lines. Each is written immediately, so that they are complete even after a crash.
 */
export class ReportLines extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options?: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env.MAHO_SOAP_TEST_REPORT;
    if (!file) return;
    const write = (event: TestEvent): void => {
      appendFileSync(file, `${JSON.stringify(event)}\n`);
    };
    const { EVENT_TEST_PASS, EVENT_TEST_FAIL, EVENT_TEST_PENDING } = Mocha.Runner.constants;
    runner.on(EVENT_TEST_PASS, (test) => {
      write({ kind: 'passed', name: test.fullTitle() });
    });
    runner.on(EVENT_TEST_PENDING, (test) => {
      write({ kind: 'skipped', name: test.fullTitle(), reason: 'marked as skipped in its file' });
    });
    runner.on(EVENT_TEST_FAIL, (test, error: Error) => {
      write({ kind: 'failed', name: test.fullTitle(), message: error.stack ?? error.message });
    });
  }
}
