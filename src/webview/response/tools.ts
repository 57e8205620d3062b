import type { ResponseRequest } from '../../pages/response-messages';
import { button, element } from '../ui';

/** Actions on a whole result that is not a table: a customer, or any other value. */
export function resultTools(send: (request: ResponseRequest) => void): HTMLElement {
  const bar = element('div', 'toolbar result-tools');
  const json = button('JSON', () => {
    send({ type: 'copy-all', format: 'json' });
  });
  json.title = 'Copy the result as JSON';
  bar.append(
    json,
    button('Save…', () => {
      send({ type: 'save' });
    }),
  );
  return bar;
}
