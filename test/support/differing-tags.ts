// Reads a list of 10,000 rows, 20 MB in total, in which all tags are different. Run in a separate process with little memory.
import { ResponseDecoder } from '../../src/soap/decoding/decode';
import { v1Answer } from './envelopes';

const ROWS = 10_000;
const FIELDS = 30;

let rows = 0;
const decoder = new ResponseDecoder({
  onRow: () => {
    rows++;
  },
});
const [head = '', tail = ''] = v1Answer('<callReturn xsi:type="SOAP-ENC:Array">|</callReturn>').split('|');
decoder.write(Buffer.from(head));
for (let row = 0; row < ROWS; row++) {
  const fields = Array.from(
    { length: FIELDS },
    (_, field) => `<tag${row}x${field} a${row}x${field}="">value of ${row}</tag${row}x${field}>`,
  );
  decoder.write(Buffer.from(`<item>${fields.join('')}</item>`));
}
decoder.write(Buffer.from(tail));
decoder.end();
console.log(`${rows} rows`);
