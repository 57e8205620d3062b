/** Words without which a file cannot hold a call of this API. Looked for first, since nearly all files have none. */
const words = /customer(?:Customer|Address|Group|\.|_address\.|_group\.)|SoapClient|'soap'|"soap"/;

/** Whether a file may speak of this API at all; costs one search, a tenth of a millisecond in 5,000 lines. */
export function mayHoldCalls(text: string): boolean {
  return words.test(text);
}
