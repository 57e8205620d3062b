/**
 * How many random inputs a test tries: all of them in `npm run test:long`, which CI calls, and a quarter in `npm test`. The seed is the
 * same, so the quarter is always the same too.
 */
export function rounds(all: number): number {
  return process.env['MAHO_SOAP_FULL'] === '1' ? all : Math.ceil(all / 4);
}
