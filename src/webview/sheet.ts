import { Host } from './host';
import { SheetPage } from './sheet/page';
import { loadControlsAfterPaint } from './ui';
import type { SheetRequest, SheetUpdate } from '../pages/sheet-messages';

const host = new Host<SheetRequest, SheetUpdate>();
const page = new SheetPage(host);
const take = (update: SheetUpdate): void => {
  page.take(update);
  loadControlsAfterPaint();
};
const { first } = host;
if (first !== undefined) take(first);
host.onUpdate(take);
host.send({ type: 'ready' });
