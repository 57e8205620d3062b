import { helpAddress } from '../topics';
import { dialectLabels, type Dialect } from '../../api/dialect';
import { facets } from '../../api/dialect-facets';
import { isSecretName } from '../../api/secrets';
import type { ImportColumn, ImportOutcome, ImportPlace, ImportState } from '../../pages/import-messages';
import { importTargets, takeBackMapping, whyNotImported, type CsvFile } from '../../store/transfer';
import { MASK } from '../../store/masking/mask';
import { readOnlyWords } from '../stores/read-only';
import type { Store } from '../stores/store';
import { count, oneLine } from '../text';
import { decisionsOf } from './import-doubts';
import type { ImportSession } from './import-session';
import { actionOf, doneWords, outcomeNotes, outcomeOf, problemsOf, againWords, rowsWords, summaryOf, undoWords } from './import-words';
import { basename } from 'node:path';
import { later, plural, translated, t } from '../../l10n/texts';
import { timeLeft } from './time-left';

/** Number of columns that are shown. A file with more was not made for customers. */
const MAX_COLUMNS = 300;
/** Longest example value of a column, in UTF-16 units. */
const MAX_SAMPLE_CHARS = 60;

/** The file and the store of an import. */
export interface ImportSubject {
  readonly place: ImportPlace;
  /** `undefined` for a store that is no longer in the settings. */
  readonly store: Pick<Store, 'name' | 'config' | 'environment' | 'readOnly'> | undefined;
}

const separators: Readonly<Record<CsvFile['separator'], string>> = {
  ',': later('separated by commas'),
  ';': later('separated by semicolons'),
  '\t': later('separated by tabs'),
  '|': later('separated by pipes'),
};

/** The attributes that columns can be imported as. */
function targetChoices(): ImportState['targets'] {
  return importTargets.map(({ name, title }) => ({ value: name, label: title === name ? name : `${translated(title)} (${name})` }));
}

/** Everything that the page draws. */
export function importState(session: ImportSession, { place, store }: ImportSubject): ImportState {
  const { phase, mapping, rows, problem } = session;
  const words = problem?.words;
  return {
    place,
    given: session.given,
    file: oneLine(basename(place.file)),
    facts: factsOf(session),
    store: oneLine(store?.config?.name ?? store?.name ?? ''),
    environment: store?.environment,
    phase,
    columns: columnsOf(session),
    columnWords: columnWords(session),
    targets: targetChoices(),
    key: mapping?.key ?? 'email',
    emptyCells: mapping?.emptyCells ?? 'keep',
    mappingProblem: session.mappingProblem,
    changeable: phase === 'ready' || phase === 'comparing',
    doubts: phase === 'ready' || phase === 'comparing' ? session.doubts.questions(session.names) : [],
    decisions: decisionsOf(mapping?.readings ?? {}, session.names),
    earlier: phase === 'ready' ? earlierWords(session) : undefined,
    problem:
      words === undefined ? undefined : { what: words.what, said: words.said, why: words.why, next: words.next, help: helpAddress(words) },
    progress: progressOf(session, oneLine(store?.config?.name ?? store?.name ?? t('the store'))),
    filters: filtersOf(session),
    filter: rows.filter,
    grid: rows.state,
    revision: session.revision,
    checked: rows.checked,
    ...actionNow(session, store),
    outcome: outcomeNow(session),
  };
}

function factsOf({ csv, compared, preview, rows }: ImportSession): string {
  if (csv === undefined) return '';
  const known = preview?.rows ?? Math.max(compared, rows.length);
  const parts = [
    known === 0 && preview === undefined ? '' : rowsWords(known),
    translated(separators[csv.separator]),
    takeBackMapping(csv) === undefined ? '' : t('undoes an import'),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

function columnsOf({ csv, samples, mapping }: ImportSession): readonly ImportColumn[] {
  return (csv?.header ?? []).slice(0, MAX_COLUMNS).map((title, index) => {
    const target = mapping?.columns[index] ?? undefined;
    const secret = isSecretName(title.trim().toLowerCase()) || (target !== undefined && isSecretName(target));
    return {
      title: oneLine(title.trim() === '' ? t('Column {number}', { number: index + 1 }) : title),
      samples: samples
        .map((cells) => oneLine(cells[index] ?? ''))
        .filter((text) => text.trim() !== '')
        .map((text) => (secret ? MASK : text.length <= MAX_SAMPLE_CHARS ? text : `${text.slice(0, MAX_SAMPLE_CHARS - 1)}…`)),
      target,
      note: target === undefined ? whyNotImported(title) : undefined,
    };
  });
}

function columnWords({ csv, mapping }: ImportSession): string {
  if (csv === undefined || mapping === undefined) return '';
  const { length } = csv.header;
  const used = mapping.columns.filter((name) => name !== null).length;
  const imported =
    used === length
      ? plural(length, 'The {count} column is imported', 'All {count} columns are imported')
      : plural(length, '{used} of {count} column is imported', '{used} of {count} columns are imported', { used: count(used) });
  return length > MAX_COLUMNS ? `${imported}, ${t('the first {count} are shown', { count: MAX_COLUMNS })}` : imported;
}

function earlierWords({ preview }: ImportSession): string | undefined {
  if (preview === undefined || preview.done + preview.unsure === 0) return undefined;
  const { done, unsure } = preview;
  return [
    t('An earlier import of this file was not finished.'),
    done > 0 ? plural(done, '{count} row is done and not sent again.', '{count} rows are done and not sent again.') : '',
    unsure > 0
      ? plural(
          unsure,
          '{count} row was sent without a response, so the store was checked.',
          '{count} rows were sent without a response, so the store was checked.',
        )
      : '',
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function progressOf(session: ImportSession, store: string): ImportState['progress'] {
  const { phase, compared, connecting, stopping, progress, preview, begun } = session;
  switch (phase) {
    case 'opening':
      return { words: t('Reading the file'), part: undefined, cancel: false };
    case 'comparing':
      if (connecting) return { words: t('Connecting to {store}', { store }), part: undefined, cancel: true };
      return {
        words:
          compared === 0
            ? t('Comparing with {store}', { store })
            : t('Comparing with {store}: {rows}', { store, rows: rowsWords(compared) }),
        part: undefined,
        cancel: true,
      };
    case 'running': {
      const total = preview?.rows ?? 0;
      const rows = progress?.rows ?? 0;
      const parts = [
        plural(total, '{shown} of {count} row', '{shown} of {count} rows', { shown: count(rows) }),
        progress === undefined ? undefined : doneWords(progress.counts),
        stopping ? t('cancelling after the current rows') : timeLeft(rows, total, Date.now() - begun),
      ];
      return { words: parts.filter((part) => part !== undefined).join(', '), part: total === 0 ? 0 : rows / total, cancel: !stopping };
    }
    default:
      return undefined;
  }
}

const filterLabels = [
  ['all', later('All')],
  ['create', later('New')],
  ['update', later('Changed')],
  ['unchanged', later('Unchanged')],
  ['reject', later('Refused')],
  ['warned', later('With warnings')],
  ['out', later('Left out')],
] as const;
const laterLabels = [
  ['done', later('Written')],
  ['failed', later('Not written')],
] as const;

function filtersOf({ rows, phase }: ImportSession): ImportState['filters'] {
  const counts = rows.filterCounts;
  const labels = phase === 'running' || phase === 'over' ? [...filterLabels, ...laterLabels] : filterLabels;
  return labels.map(([id, label]) => ({ id, label: translated(label), count: counts[id] }));
}

/** The button that writes, and the note beside it. */
function actionNow(
  { phase, preview, rows, mappingProblem }: ImportSession,
  store: ImportSubject['store'],
): Pick<ImportState, 'action' | 'actionNote'> {
  if (phase !== 'ready' || preview === undefined || mappingProblem !== undefined) return { action: undefined, actionNote: '' };
  const { counts } = rows;
  if (store?.readOnly === true) return { action: undefined, actionNote: readOnlyWords() };
  if (counts.create + counts.update === 0)
    return { action: undefined, actionNote: t('Nothing to import: {counts}.', { counts: summaryOf(counts) }) };
  const left = counts.reject + counts.leftOut;
  const notes = [
    left === 0 ? '' : plural(left, '{count} row is not written.', '{count} rows are not written.'),
    preview.way.batched ? '' : oneByOne(preview.way.writes),
    counts.create > 0 ? translated(facets[preview.way.writes].creating ?? '') : '',
    counts.update > 0 ? undoWords(counts, preview.lost) : t('New customers are kept until someone deletes them.'),
  ];
  return {
    action: t('{action} on {store}', { action: actionOf(counts), store: oneLine(store?.config?.name ?? store?.name ?? '') }),
    actionNote: notes.filter((part) => part !== '').join(' '),
  };
}

/** Why rows are not sent in batches. */
function oneByOne(dialect: Dialect): string {
  return facets[dialect].fuller === undefined
    ? t('Rows are sent one by one, because {dialect} does not support batches.', { dialect: dialectLabels[dialect] })
    : t('Rows are sent one by one, because the store does not support V1.');
}

function outcomeNow({ phase, result }: ImportSession): ImportOutcome | undefined {
  if (phase !== 'over' || result === undefined) return undefined;
  const { end, resultFile, beforeFile, journal } = result;
  return {
    tone: end === 'failed' ? 'error' : end === 'cancelled' || problemsOf(result.counts).length > 0 ? 'warning' : 'good',
    summary: outcomeOf(result),
    notes: outcomeNotes(result),
    stopped: end !== 'complete',
    results: resultFile !== undefined,
    takeBack: beforeFile !== undefined,
    again: journal === undefined ? undefined : againWords(end),
  };
}
