import { element } from '../ui';

/** The callbacks of the edge of a heading. */
export interface Widening {
  /** Draws the column with this width during the drag, in px. */
  readonly draw: (px: number) => void;
  /** Sets the width of the column in px; `undefined` makes it fit its values. */
  readonly end: (px: number | undefined) => void;
}

/** The edge of a heading. Dragging it changes the width of the column, a double-click makes the column fit its values. */
export function edgeOf(heading: HTMLElement, { draw, end }: Widening): HTMLElement {
  const edge = element('span', 'edge');
  edge.ariaHidden = 'true';
  edge.addEventListener('pointerdown', (down) => {
    down.preventDefault();
    edge.setPointerCapture(down.pointerId);
    // Otherwise the heading would be dragged and its column moved.
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
  // A click on the edge does not sort.
  edge.addEventListener('click', (event) => {
    event.stopPropagation();
  });
  edge.addEventListener('dblclick', (event) => {
    event.stopPropagation();
    end(undefined);
  });
  return edge;
}
