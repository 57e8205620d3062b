import { element } from '../ui';

/** What the edge of a heading does. */
export interface Widening {
  /** Draws the column that wide for now, in px. */
  readonly draw: (px: number) => void;
  /** The column stays that wide, in px; `undefined` makes it fit its values. */
  readonly end: (px: number | undefined) => void;
}

/** The edge of a heading, by which its column is made wider: dragged, or pressed twice so that it fits its values. */
export function edgeOf(heading: HTMLElement, { draw, end }: Widening): HTMLElement {
  const edge = element('span', 'edge');
  edge.ariaHidden = 'true';
  edge.addEventListener('pointerdown', (down) => {
    down.preventDefault();
    edge.setPointerCapture(down.pointerId);
    // Else the heading itself would be dragged, and its column moved.
    const { draggable } = heading;
    heading.draggable = false;
    const begun = heading.offsetWidth;
    const over = new AbortController();
    const width = ({ clientX }: PointerEvent): number => begun + clientX - down.clientX;
    const ended = (): void => {
      over.abort();
      heading.draggable = draggable;
    };
    const listen = (event: 'pointermove' | 'pointerup' | 'pointercancel', listener: (event: PointerEvent) => void): void => {
      edge.addEventListener(event, listener, { signal: over.signal });
    };
    listen('pointermove', (move) => {
      draw(width(move));
    });
    listen('pointerup', (up) => {
      ended();
      if (Math.abs(up.clientX - down.clientX) > 1) end(width(up));
    });
    listen('pointercancel', ended);
  });
  // A press on the edge does not sort.
  edge.addEventListener('click', (event) => {
    event.stopPropagation();
  });
  edge.addEventListener('dblclick', (event) => {
    event.stopPropagation();
    end(undefined);
  });
  return edge;
}
