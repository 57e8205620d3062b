/** Streams the list in a file through the decoder, in a separate process, and prints the peak memory above the baseline in MB. */
import { createReadStream } from 'node:fs';
import { ResponseDecoder } from '../../src/soap/decoding/decode';

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Name the file.');
globalThis.gc?.();
const baseline = process.memoryUsage().rss;
let peak = baseline;
let rows = 0;
const decoder = new ResponseDecoder({
  onRow: () => {
    if (++rows % 500 === 0) peak = Math.max(peak, process.memoryUsage().rss);
  },
});
for await (const chunk of createReadStream(file)) if (chunk instanceof Buffer) decoder.write(chunk);
decoder.end();
process.stdout.write(JSON.stringify({ rows, megabytes: (peak - baseline) / 1e6 }));
