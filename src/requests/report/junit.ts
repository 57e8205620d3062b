import { FaultError } from '../../api/errors';
import { printableXml, replaceCommands } from '../../api/printable';
import { element, emptyElement } from '../../soap/xml/writer';
import { escapeText } from '../../soap/xml/text';
import { countRuns, type FileRun, type RequestRun, type RunReport } from '../run/model';
import { shown } from './pretty';

/** A run as JUnit XML, which build servers show: a suite for each file, a test for each request. */
export function junitReport({ files, ms }: RunReport): string {
  const counts = countRuns(files.flatMap(({ runs }) => runs));
  const broken = files.filter(({ error }) => error !== undefined).length;
  const attributes = { name: 'maho-soap', tests: String(files.flatMap(({ runs }) => runs).length + broken), failures: String(counts.failed), errors: String(counts.error + counts.cancelled + broken), skipped: String(counts.skipped), time: seconds(ms) };
  return printableXml(`<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', attributes, `\n${files.map(suite).join('')}`)}\n`);
}

function suite({ path, store, runs, error, ms }: FileRun): string {
  const counts = countRuns(runs);
  const attributes = {
    name: clean(path),
    hostname: store === undefined ? undefined : clean(store),
    tests: String(runs.length + (error === undefined ? 0 : 1)),
    failures: String(counts.failed),
    errors: String(counts.error + counts.cancelled + (error === undefined ? 0 : 1)),
    skipped: String(counts.skipped),
    time: seconds(ms),
  };
  const whole = error === undefined ? '' : `    ${element('testcase', { name: clean(path), classname: clean(path) }, failure('error', error.words.what, error.message))}\n`;
  return `  ${element('testsuite', attributes, `\n${whole}${runs.map((run) => testcase(path, run)).join('')}  `)}\n`;
}

function testcase(path: string, run: RequestRun): string {
  const { request, ms } = run;
  const attributes = { name: clean(request.name === '' ? `request ${request.index + 1}` : request.name), classname: clean(path), time: seconds(ms ?? 0) };
  const inner = outcome(run);
  return `    ${inner === '' ? emptyElement('testcase', attributes) : element('testcase', attributes, inner)}\n`;
}

function outcome({ status, error, mismatches }: RequestRun): string {
  switch (status) {
    case 'passed':
      return '';
    case 'failed': {
      const lines = mismatches.map(({ path, expected, actual }) => `${path}: expected ${expected}, got ${shown(actual)}`);
      const said = error instanceof FaultError ? [`The store said: ${error.fault.message}`] : [];
      return failure('failure', lines[0] ?? 'The expectation did not hold.', [...lines, ...said].join('\n'));
    }
    case 'error':
      return failure('error', error?.words.what ?? 'It could not run.', error?.message ?? '');
    case 'skipped':
      return emptyElement('skipped', { message: clean(error?.words.what ?? 'Skipped.') });
    case 'cancelled':
      return failure('error', 'The run was cancelled.', '');
  }
}

function failure(name: 'failure' | 'error', message: string, text: string): string {
  return element(name, { message: clean(message), type: name }, escapeText(clean(text)));
}

/** Without what XML cannot hold, and what terminals and build logs would obey. */
function clean(text: string): string {
  return replaceCommands(text.replace(/\r\n?/g, '\n')).replace(/[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd');
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
