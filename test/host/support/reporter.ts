import { appendFileSync } from 'node:fs';
import Mocha from 'mocha';
import type { TestEvent } from '../../../scripts/lib/test-event';

/**
 * Prints as mocha's `spec` does, and writes one JSON line for each test into the file that `MAHO_SOAP_TEST_REPORT` names,
 * from where `npm test` counts them. A line is written at once: what ran before a crash is known.
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
