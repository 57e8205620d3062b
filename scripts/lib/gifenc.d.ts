/** The parts of gifenc that are used here, because it has no types. Colours are red, green and blue, each from 0 to 255. */
declare module 'gifenc' {
  type Palette = number[][];

  interface Frame {
    readonly palette?: Palette;
    /** How long it is shown, in ms. */
    readonly delay?: number;
    readonly transparent?: boolean;
    /** Index of the transparent colour in the palette. */
    readonly transparentIndex?: number;
    /** 1: the frame stays when the next one is drawn. */
    readonly dispose?: number;
    /** 0: for ever. */
    readonly repeat?: number;
  }

  interface Encoder {
    writeFrame(indexes: Uint8Array, width: number, height: number, frame: Frame): void;
    finish(): void;
    bytes(): Uint8Array;
  }

  const gifenc: {
    GIFEncoder(): Encoder;
    /** The colours that represent a picture best. @param rgba four bytes for each pixel @param most how many colours */
    quantize(rgba: Uint8Array, most: number): Palette;
    applyPalette(rgba: Uint8Array, palette: Palette): Uint8Array;
  };
  export default gifenc;
}
