import { citationsOf, type Note } from '../rest-equivalent';
import type { MovedCall } from './calls';
import { needsOf, requestLine, summaryOf, total, type MigrationReport } from './report';

/** A report as data for programs. Its `version` changes when the meaning of a field changes. */
export function reportData(report: MigrationReport): object {
  const { permissions, since } = needsOf(report);
  return {
    version: 1,
    summary: { text: summaryOf(report), calls: total(report.counts), files: report.files.length, filesRead: report.read, ...report.counts },
    needs: { maho: since, permissions },
    methods: report.methods.map(({ equivalent: { method, verdict, summary, request, notes }, calls }) => ({
      method,
      calls,
      verdict,
      summary,
      request,
      notes: notes.map(noteData),
    })),
    files: report.files.map(({ path, calls }) => ({ path, calls: calls.map(callData) })),
    unlisted: report.unlisted,
    notRead: report.skipped,
    moreNotRead: report.moreSkipped,
  };
}

function callData({ line, column, name, translation: { equivalent, verdict, request, reasons } }: MovedCall): object {
  return {
    line,
    column,
    method: equivalent.method,
    name,
    verdict,
    request: request === undefined ? undefined : requestLine(request),
    reasons: reasons.map(noteData),
  };
}

function noteData(note: Note): object {
  return { kind: note.kind, text: note.text, sources: citationsOf(note) };
}
