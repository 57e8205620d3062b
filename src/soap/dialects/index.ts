import type { SoapDialect } from '../../api/dialect';
import type { Codec } from './codec';
import { v1 } from './v1';
import { v2 } from './v2';
import { wsi } from './wsi';

/** The three dialects. */
export const codecs: Readonly<Record<SoapDialect, Codec>> = { v1, v2, wsi };

export type { Codec, EncodeContext } from './codec';
