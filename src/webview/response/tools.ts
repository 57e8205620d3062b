import type { ResponseRequest, SheetResult } from '../../pages/response-messages';
import { t } from '../../l10n/texts';
import { button, element } from '../ui';

/** Actions on a whole result that is not a table: a customer, or any other value. @param open the link to the customer */
export function resultTools(send: (request: ResponseRequest) => void, open?: SheetResult['open']): HTMLElement {
  const bar = element('div', 'toolbar result-tools');
  if (open !== undefined)
    bar.append(
      button(open.words, () => {
        send({ type: 'follow-value', path: [open.code] });
      }),
    );
  const json = button('JSON', () => {
    send({ type: 'copy-all', format: 'json' });
  });
  json.title = t('Copy the result as JSON');
  bar.append(
    json,
    button(t('Save…'), () => {
      send({ type: 'save' });
    }),
  );
  return bar;
}
