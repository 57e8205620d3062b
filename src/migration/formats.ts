import { printableJson } from '../api/printable';
import { htmlMigrationReport } from './html';
import { reportData } from './json';
import { markdownReport } from './markdown';
import type { MigrationReport } from './report';

/** The formats of a report, as the endings of file names. */
export type MigrationFormat = 'md' | 'json' | 'html';

/** A report as the text of a file. */
export function migrationText(report: MigrationReport, format: MigrationFormat): string {
  switch (format) {
    case 'md':
      return markdownReport(report);
    case 'json':
      return `${printableJson(reportData(report), 2)}\n`;
    case 'html':
      return htmlMigrationReport(report);
  }
}

/** The format that the ending of a file name means, in capitals too; Markdown for any other name. */
export function migrationFormatOf(fileName: string): MigrationFormat {
  const [, ending = ''] = /\.(json|html)$/i.exec(fileName) ?? [];
  switch (ending.toLowerCase()) {
    case 'json':
      return 'json';
    case 'html':
      return 'html';
    default:
      return 'md';
  }
}
