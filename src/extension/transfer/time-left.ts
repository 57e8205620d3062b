/** Before that, in ms, the pace so far says little about the rest. */
const ENOUGH = 5000;
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/**
 * How long the rest of a long piece of work may take, if it goes on at the pace so far.
 * @param elapsed in ms since it began
 * @returns such as `about 2 minutes left`; `undefined` while there is not enough to tell
 */
export function timeLeft(done: number, total: number, elapsed: number): string | undefined {
  if (done <= 0 || done >= total || elapsed < ENOUGH) return undefined;
  const left = (elapsed / done) * (total - done);
  if (left < MINUTE) return 'less than a minute left';
  if (left < 1.5 * HOUR) return about(left / MINUTE, 'minute');
  return about(left / HOUR, 'hour');
}

function about(amount: number, unit: string): string {
  const whole = Math.round(amount);
  return `about ${whole} ${unit}${whole === 1 ? '' : 's'} left`;
}
