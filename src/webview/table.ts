import { Host } from './host';
import { TablePage } from './table/page';
import { loadControlsAfterPaint } from './ui';
import type { TableRequest, TableUpdate } from '../pages/table-messages';

const host = new Host<TableRequest, TableUpdate>();
const page = new TablePage(host);
host.onUpdate((update) => {
  page.take(update);
  loadControlsAfterPaint();
});
host.send({ type: 'ready' });
