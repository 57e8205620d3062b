import { printableXml, replaceCommands } from '../../api/printable';
import { element, emptyElement } from '../../soap/xml/writer';
import { escapeText } from '../../soap/xml/text';
import { countRuns, type FileRun, type RequestRun, type RunReport } from '../run/model';
import { answerTitle, differences, nameOf, Places, placeText, trapLines } from './about';

/**
 * A run as JUnit XML for build servers: a suite for each file, a test for each request. It fits both the schema of Jenkins' xUnit plugin
 * and that of Ant. They allow no attributes at the root and none for file and line, so these are in properties of the suite and in the text
 * of a failure.
 */
export function junitReport({ files, startedAt }: RunReport): string {
  // Ant's schema allows no time zone; the time is UTC.
  const timestamp = new Date(startedAt).toISOString().slice(0, 19);
  const suites = files.map((file, index) => suite(file, { id: String(index), timestamp }));
  return printableXml(`<?xml version="1.0" encoding="UTF-8"?>\n${element('testsuites', {}, `\n${suites.join('')}`)}\n`);
}

function suite(file: FileRun, own: { readonly id: string; readonly timestamp: string }): string {
  const { path, store, runs, error, ms } = file;
  const counts = countRuns(runs);
  const places = new Places(file);
  const attributes = {
    ...own,
    name: clean(path),
    package: 'maho-soap',
    // The value that the schemas give for an unknown machine.
    hostname: 'localhost',
    tests: String(runs.length + (error === undefined ? 0 : 1)),
    failures: String(counts.failed),
    errors: String(counts.error + counts.cancelled + (error === undefined ? 0 : 1)),
    skipped: String(counts.skipped),
    time: seconds(ms),
  };
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['file', path],
    ['store', store],
    ...runs.map((run) => [`line of ${nameOf(run)}`, String(places.ofName(run).line)] as const),
  ];
  const properties = facts.flatMap(([name, value]) =>
    value === undefined ? [] : `      ${emptyElement('property', { name: clean(name), value: clean(value) })}\n`,
  );
  const whole =
    error === undefined
      ? ''
      : `    ${element('testcase', { name: clean(path), classname: clean(path), time: seconds(0) }, failure('error', error.words.what, error.message))}\n`;
  const inner = `\n    ${element('properties', {}, `\n${properties.join('')}    `)}\n${whole}${runs.map((run) => testcase(path, run, places)).join('')}    <system-out/>\n    <system-err/>\n  `;
  return `  ${element('testsuite', attributes, inner)}\n`;
}

function testcase(path: string, run: RequestRun, places: Places): string {
  const attributes = { name: clean(nameOf(run)), classname: clean(path), time: seconds(run.ms ?? 0) };
  const inner = outcome(run, placeText(places.of(run)));
  return `    ${inner === '' ? emptyElement('testcase', attributes) : element('testcase', attributes, inner)}\n`;
}

/** @param place place of the request or its expectation, in the form that terminals and editors turn into a link */
function outcome(run: RequestRun, place: string): string {
  const { status, error, answer, shown } = run;
  const exchange = [
    ...(shown === undefined ? [] : ['Sent:', shown.request]),
    ...(shown?.response === undefined ? [] : ['Answered:', shown.response]),
  ];
  const traps = trapLines(run);
  const details = [...(answer === undefined ? [] : [`${answerTitle(run)}:`, ...answer]), ...exchange];
  switch (status) {
    case 'passed':
      return '';
    case 'failed': {
      const lines = differences(run);
      const said = error === undefined ? [] : [error.message];
      return failure('failure', lines[0] ?? 'The expectation did not hold.', [place, ...lines, ...said, ...traps, ...details].join('\n'));
    }
    case 'error': {
      const lines = error === undefined ? [] : [error.message];
      return failure('error', error?.words.what ?? 'It could not run.', [place, ...lines, ...traps, ...details].join('\n'));
    }
    case 'skipped':
      return emptyElement('skipped', { message: clean(error?.words.what ?? 'Skipped.') });
    case 'cancelled':
      return failure('error', 'The run was cancelled.', [place, ...details].join('\n'));
  }
}

function failure(name: 'failure' | 'error', message: string, text: string): string {
  return element(name, { message: clean(message), type: name }, escapeText(clean(text)));
}

/** Replaces characters that XML does not allow, and those that control terminals and build logs. */
function clean(text: string): string {
  return replaceCommands(text.replace(/\r\n?/g, '\n')).replace(
    /[\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g,
    '\ufffd',
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
