import path from 'node:path';

/** The project folder, absolute. */
export const root = path.resolve(import.meta.dirname, '../..');

/** Logs, reports, screenshots, the packaged extension. Not under version control. */
export const out = path.join(root, 'out');

/** The packaged extension. */
export const vsix = path.join(out, 'maho-soap-toolkit.vsix');
