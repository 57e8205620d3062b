import { Host } from './host';
import { SheetPage } from './sheet/page';
import { loadControlsAfterPaint } from './ui';
import type { SheetRequest, SheetUpdate } from '../pages/sheet-messages';

const host = new Host<SheetRequest, SheetUpdate>();
const page = new SheetPage(host);
host.onUpdate((update) => {
  page.take(update);
  loadControlsAfterPaint();
});
host.send({ type: 'ready' });
