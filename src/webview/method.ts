import { Host } from './host';
import { MethodPage } from './method/page';
import { loadControlsAfterPaint } from './ui';
import type { MethodFormRequest, MethodUpdate } from '../pages/method-messages';

const host = new Host<MethodFormRequest, MethodUpdate>();
const page = new MethodPage(host);
host.onUpdate((update) => {
  page.take(update);
  loadControlsAfterPaint();
});
host.send({ type: 'ready' });
