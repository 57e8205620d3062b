import { Host } from './host';
import { SheetPage } from './sheet/page';
import { registerControls } from './ui';
import type { SheetRequest, SheetUpdate } from '../api/messages';

registerControls();
const host = new Host<SheetRequest, SheetUpdate>();
const page = new SheetPage(host);
host.onUpdate((update) => { page.take(update); });
host.send({ type: 'ready' });
