import { Host } from './host';
import { ImportPage } from './import/page';
import { loadControlsAfterPaint } from './ui';
import type { ImportRequest, ImportUpdate } from '../pages/import-messages';

const host = new Host<ImportRequest, ImportUpdate>();
const page = new ImportPage(host);
host.onUpdate((update) => {
  page.take(update);
  loadControlsAfterPaint();
});
host.send({ type: 'ready' });
