// Moving pictures of the README: every frame is there with its time, and what did not change is not drawn again.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PNG } from 'pngjs';
import { movingPicture } from '../../../scripts/lib/moving-picture';

/** A picture of 40 by 30 dots: white, with dark ones in the given rows. */
function picture(...rows: readonly number[]): Buffer {
  const png = new PNG({ width: 40, height: 30 });
  for (let dot = 0; dot < 40 * 30; dot++)
    png.data.fill(rows.includes(Math.floor(dot / 40)) ? 20 : 255, dot * 4, dot * 4 + 3).fill(255, dot * 4 + 3, dot * 4 + 4);
  return PNG.sync.write(png);
}

test('a moving picture has each frame with its time, and begins again', () => {
  const gif = Buffer.from(
    movingPicture([
      { png: picture(), delay: 2000 },
      { png: picture(3, 4), delay: 1500 },
      { png: picture(3, 4), delay: 500 },
    ]),
  );
  assert.equal(gif.toString('latin1', 0, 6), 'GIF89a');
  assert.deepEqual([gif.readUInt16LE(6), gif.readUInt16LE(8)], [40, 30]);
  assert.ok(gif.includes('NETSCAPE2.0'));
  // A graphic control extension before each frame, with its time in hundredths of a second.
  const delays: number[] = [];
  for (let at = gif.indexOf('21f904', 0, 'hex'); at !== -1; at = gif.indexOf('21f904', at + 1, 'hex'))
    delays.push(gif.readUInt16LE(at + 4));
  assert.deepEqual(delays, [200, 150, 50]);
});

test('frames that change little cost little', () => {
  const noise = (seed: number): Buffer => {
    const png = PNG.sync.read(picture());
    for (let at = 0; at < png.data.length; at++) if (at % 4 !== 3) png.data[at] = (at * 7919 + seed) % 251;
    return PNG.sync.write(png);
  };
  const same = movingPicture([noise(1), noise(1), noise(1)].map((png) => ({ png, delay: 100 })));
  const other = movingPicture([noise(1), noise(2), noise(3)].map((png) => ({ png, delay: 100 })));
  assert.ok(same.length < other.length / 2, `${same.length} and ${other.length} bytes`);
});

test('no frames, and frames of different sizes, are refused', () => {
  assert.throws(() => movingPicture([]), /needs a frame/);
  const small = PNG.sync.write(new PNG({ width: 1, height: 1 }));
  assert.throws(() => movingPicture([picture(), small].map((png) => ({ png, delay: 1 }))), /differ in size/);
});
