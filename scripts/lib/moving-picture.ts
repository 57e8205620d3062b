import gifenc from 'gifenc';
import { PNG } from 'pngjs';

/** Colours of a frame. One more index is for unchanged pixels. */
const COLORS = 255;

/** A screenshot with its duration. */
export interface Frame {
  /** PNG. All frames have the same size. */
  readonly png: Buffer;
  /** In ms. */
  readonly delay: number;
}

/**
 * A GIF that shows screenshots one after the other in a loop. Of each frame, only the changed pixels are stored, because most of a window
 * does not change.
 * @throws {Error} when the frames differ in size, or there is none
 */
export function movingPicture(frames: readonly Frame[]): Uint8Array {
  const [first, ...others] = frames.map(({ png }) => PNG.sync.read(png));
  if (first === undefined) throw new Error('A moving picture needs a frame.');
  const { width, height } = first;
  if (others.some((each) => each.width !== width || each.height !== height)) throw new Error('The frames differ in size.');
  const pictures = [first, ...others].map(({ data }) => new Uint8Array(data));
  const encoder = gifenc.GIFEncoder();
  for (const [index, rgba] of pictures.entries()) {
    const before = pictures[index - 1];
    const changed = before === undefined ? undefined : changedDots(before, rgba);
    const palette = gifenc.quantize(changed === undefined ? rgba : only(rgba, changed), COLORS);
    const indexes = gifenc.applyPalette(rgba, palette);
    const still = palette.length;
    if (changed !== undefined) for (const [dot, other] of changed.entries()) if (other === 0) indexes[dot] = still;
    encoder.writeFrame(indexes, width, height, {
      palette: [...palette, [0, 0, 0]],
      delay: frames[index]?.delay ?? 0,
      dispose: 1,
      ...(changed === undefined ? { repeat: 0 } : { transparent: true, transparentIndex: still }),
    });
  }
  encoder.finish();
  return encoder.bytes();
}

/** Contains a 1 for each changed pixel. */
function changedDots(before: Uint8Array, after: Uint8Array): Uint8Array {
  const changed = new Uint8Array(after.length / 4);
  for (let dot = 0; dot < changed.length; dot++)
    for (let channel = 0; channel < 3; channel++) if (before[dot * 4 + channel] !== after[dot * 4 + channel]) changed[dot] = 1;
  return changed;
}

/** The changed pixels; one pixel if none has changed. */
function only(rgba: Uint8Array, changed: Uint8Array): Uint8Array {
  const dots: number[] = [];
  for (const [dot, other] of changed.entries()) if (other === 1) dots.push(...rgba.subarray(dot * 4, dot * 4 + 4));
  return new Uint8Array(dots.length === 0 ? rgba.subarray(0, 4) : dots);
}
