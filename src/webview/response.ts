import type { ResponseRequest, ResponseUpdate } from '../api/response-messages';
import { Host } from './host';
import { element, registerControls } from './ui';

registerControls();
const host = new Host<ResponseRequest, ResponseUpdate>();
host.onUpdate(({ title, text }) => { document.body.replaceChildren(element('h1', '', title), element('pre', '', text)); });
host.send({ type: 'ready' });
