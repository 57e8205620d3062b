import type { ResponseRequest, ResponseState, ResponseUpdate } from '../pages/response-messages';
import { t } from '../l10n/texts';
import { Host } from './host';
import { busyLine, header } from './response/header';
import { comparisonPanel } from './response/comparison';
import { headersPanel, timingPanel, xmlPanel } from './response/exchange-panels';
import { faultBox, noticeList } from './response/fault';
import { KeptView } from './response/kept';
import { customerOf } from './response/customer';
import { ResultTableView } from './response/table';
import { Tabs, type Tab } from './response/tabs';
import { resultTools } from './response/tools';
import { ResultTree } from './response/tree';
import { button, element, loadControlsAfterPaint } from './ui';

const host = new Host<ResponseRequest, ResponseUpdate>();
const kept = new KeptView(host);
const send = (request: ResponseRequest): void => {
  host.send(request);
};

let table: ResultTableView | undefined;
let tree: ResultTree | undefined;
let tabs: Tabs | undefined;
let state: ResponseState | undefined;
const busy = busyLine(() => {
  send({ type: 'cancel' });
});

host.onUpdate((update) => {
  take(update);
  loadControlsAfterPaint();
});
send({ type: 'ready' });

function take(update: ResponseUpdate): void {
  switch (update.type) {
    case 'show':
      show(update.state);
      return;
    case 'busy':
      busy.show(update.busy ? update.words : undefined);
      document.body.toggleAttribute('data-busy', update.busy);
      return;
    case 'table':
      table?.update(update.table);
      return;
    case 'rows':
      table?.fill(update.version, update.start, update.rows);
      return;
    case 'branch':
      tree?.fill(update.path, update.start, update.items);
      return;
    case 'comparison':
      if (state !== undefined) {
        show({ ...state, comparison: update.comparison });
        tabs?.select('comparison');
      }
      return;
    case 'gone':
      gone(update);
  }
}

function show(next: ResponseState): void {
  state = next;
  kept.begin(next.memory, next.failed);
  const main = element('main');
  main.append(header(next, send), busy.element, noticeList(next.notices));
  tabs = new Tabs(t('Response'), pages(next), kept.tab, (id) => {
    kept.tab = id;
  });
  main.append(tabs.element);
  document.body.className = `response ${next.environment ?? ''}`;
  document.body.replaceChildren(main);
  tabs.shown();
}

function pages(next: ResponseState): readonly Tab[] {
  return [
    {
      id: 'result',
      title: t('Result'),
      fill: (panel) => {
        fillResult(next, panel);
      },
      shown: () => table?.shown(),
    },
    {
      id: 'request',
      title: t('Request XML'),
      fill: (panel) => {
        panel.append(xmlPanel('request', next.request, send));
      },
    },
    {
      id: 'response',
      title: t('Response XML'),
      fill: (panel) => {
        panel.append(xmlPanel('response', next.response, send));
      },
    },
    {
      id: 'headers',
      title: t('Headers'),
      fill: (panel) => {
        panel.append(headersPanel(next));
      },
    },
    {
      id: 'timing',
      title: t('Timing'),
      fill: (panel) => {
        panel.append(timingPanel(next.timing));
      },
    },
    ...(next.comparison === undefined
      ? []
      : [
          {
            id: 'comparison',
            title: t('Comparison'),
            fill: (panel: HTMLElement) => {
              if (next.comparison !== undefined) panel.append(comparisonPanel(next.comparison));
            },
          },
        ]),
  ];
}

function fillResult(next: ResponseState, panel: HTMLElement): void {
  table = undefined;
  tree = undefined;
  if (next.fault !== undefined) panel.append(faultBox(next.fault, send));
  const { result } = next;
  switch (result?.shape) {
    case 'table':
      table = new ResultTableView(result, send, kept);
      panel.append(table.element);
      return;
    case 'sheet':
      panel.append(resultTools(send, result.open), customerOf(result, send));
      return;
    case 'tree':
      tree = new ResultTree(result.root, send);
      panel.append(resultTools(send), tree.element);
      return;
    case undefined:
  }
}

function gone({ title, words, rerun }: Extract<ResponseUpdate, { type: 'gone' }>): void {
  const main = element('main');
  const box = element('section', 'gone');
  box.append(element('h1', '', title), element('p', '', words));
  if (rerun)
    box.append(
      button(
        t('Run again'),
        () => {
          send({ type: 'run' });
        },
        'primary',
      ),
    );
  main.append(box, busy.element);
  document.body.className = 'response';
  document.body.replaceChildren(main);
}
