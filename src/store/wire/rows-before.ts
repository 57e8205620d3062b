import type { ResourceRegistry } from '../../api/resources';
import type { SoapList, SoapValue } from '../../api/value';
import { decodeResponse } from '../../soap/decoding/decode';
import { DecodeError } from '../../soap/xml/errors';
import type { Exchange } from './exchange';

/** The complete rows of a list in the kept part of an answer, wherever it ends. Empty if it is not a list. */
export function rowsBefore(exchange: Exchange | undefined, registry?: ResourceRegistry): SoapList {
  const response = exchange?.reveal().response;
  const rows: SoapValue[] = [];
  if (response === undefined) return rows;
  try {
    decodeResponse(response.body, { charset: response.charset, registry, onRow: (row) => rows.push(row) });
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
  return rows;
}
