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
    down.stopPropagation();
    edge.setPointerCapture(down.pointerId);
    const begun = heading.offsetWidth;
    const width = ({ clientX }: PointerEvent): number => begun + clientX - down.clientX;
    const moved = (move: PointerEvent): void => {
      draw(width(move));
    };
    edge.addEventListener('pointermove', moved);
    edge.addEventListener(
      'pointerup',
      (up) => {
        edge.removeEventListener('pointermove', moved);
        if (Math.abs(up.clientX - down.clientX) > 1) end(width(up));
      },
      { once: true },
    );
  });
  // A press on the edge neither sorts nor drags the column away.
  edge.addEventListener('click', (event) => {
    event.stopPropagation();
  });
  edge.addEventListener('dblclick', (event) => {
    event.stopPropagation();
    end(undefined);
  });
  return edge;
}
