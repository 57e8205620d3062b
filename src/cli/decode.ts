import { createReadStream } from 'node:fs';
import { ResponseDecoder, type Decoded } from '../soap/decode';
import { DecodeError } from '../soap/xml/errors';
import { printable, usage, type Command, type Io } from './io';
import { parse } from './options';

/** `maho-soap decode`: what recorded responses mean. */
export const decode: Command = {
  summary: 'Print what response files hold, one JSON line per file',
  help: `Usage: maho-soap decode FILE…

Decodes SOAP responses of any dialect, as PHP's own client would, and prints one JSON line per file:

  {"file","kind":"result","operation","value"}
  {"file","kind":"fault","code","message"}
  {"file","kind":"not-soap"}
  {"file","kind":"error","code","message","offset"}    the file cannot be read or decoded

"-" is standard input. Bytes around the XML that should not be there are reported on standard error.
The exit code is 1 when any file is an error.
`,

  async run(args, io) {
    const { positionals } = parse(args, {});
    if (positionals.length === 0) throw usage('No file is named.', 'Name the response files: maho-soap decode response.xml');
    let failed = false;
    for (const file of positionals) {
      if (io.stop.aborted) return 2;
      const line = await decodeFile(file, io);
      failed ||= line.kind === 'error';
      await io.out(`${JSON.stringify({ file, ...line })}\n`);
    }
    return failed ? 1 : 0;
  },
};

type Line = { readonly kind: string } & Readonly<Record<string, unknown>>;

async function decodeFile(file: string, io: Io): Promise<Line> {
  const decoder = new ResponseDecoder({ wrappers: true });
  try {
    const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
    for await (const chunk of source) if (chunk instanceof Uint8Array) decoder.write(chunk);
    const decoded = decoder.end();
    for (const { where, offset, text } of decoded.junk) await io.err(`${file}: ${where === 'mark' ? 'byte order mark' : `${where === 'bytes' ? 'unreadable bytes' : `text ${where} the XML`} ${JSON.stringify(printable(text.slice(0, 200)))}`} at byte ${offset}\n`);
    return lineOf(decoded);
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'error', code: error.code, message: error.words.what, offset: error.offset };
    if (error instanceof Error && 'code' in error && typeof error.code === 'string') return { kind: 'error', code: error.code, message: error.message, offset: null };
    throw error;
  }
}

function lineOf(decoded: Decoded): Line {
  switch (decoded.kind) {
    case 'result':
      return { kind: decoded.kind, operation: decoded.operation, value: decoded.value };
    case 'fault':
      return { kind: decoded.kind, code: decoded.fault.code, message: decoded.fault.message };
    case 'not-soap':
      return { kind: decoded.kind };
  }
}
