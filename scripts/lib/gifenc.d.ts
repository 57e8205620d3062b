/** As much of gifenc as is used: it has no types of its own. Colours are red, green and blue, each 0 to 255. */
declare module 'gifenc' {
  type Palette = number[][];

  interface Frame {
    readonly palette?: Palette;
    /** How long it is shown, in ms. */
    readonly delay?: number;
    readonly transparent?: boolean;
    /** Place in the palette that lets show what was there before. */
    readonly transparentIndex?: number;
    /** 1: the frame stays when the next one is drawn over it. */
    readonly dispose?: number;
    /** 0: again and again. */
    readonly repeat?: number;
  }

  interface Encoder {
    writeFrame(indexes: Uint8Array, width: number, height: number, frame: Frame): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: {
    GIFEncoder(): Encoder;
    /** The colours that stand for all of a picture best. @param rgba four bytes for each dot */
    quantize(rgba: Uint8Array, most: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  };
  export default gifenc;
}
