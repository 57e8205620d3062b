import { createReadStream } from 'node:fs';
import { printable, printableJson } from '../api/printable';
import { ResponseDecoder, type Decoded } from '../soap/decoding/decode';
import { DecodeError } from '../soap/xml/errors';
import { maskResult, maskXml } from '../store/masking/mask';
import type { Command, Options } from './command';
import { usage, type Io } from './io';
import { parse } from './options';

const options = {
  mask: { type: 'boolean', doc: 'Replace password hashes, API keys, sessions and other secrets with ••••••, for build logs.' },
} as const satisfies Options;

/** `maho-soap decode`: prints the content of recorded responses. */
export const decode: Command = {
  summary: 'Print the content of response files, one JSON line per file',
  usage: '[--mask] FILE…',
  about: [
    'Decodes SOAP responses of any dialect as the SOAP client of PHP does, and prints one JSON line per file:',
    `  {"file","kind":"result","operation","value"}
  {"file","kind":"fault","code","message"}
  {"file","kind":"not-soap"}
  {"file","kind":"error","code","message","offset"}    the file cannot be read or decoded`,
    'Unexpected bytes around the XML are reported on standard error.',
  ],
  positionals: [{ name: 'FILE', doc: 'Recorded response. - reads standard input.' }],
  options,
  exit: 'The exit code is 0 if all files were decoded, and 1 if a file could not be read or decoded.',
  examples: [{ doc: 'The content of a recorded response, without secrets', line: 'maho-soap decode --mask response.xml' }],

  async run(args, io) {
    const { values, positionals } = parse(args, options);
    if (positionals.length === 0) throw usage('No response file was given.', 'Add the response files: maho-soap decode response.xml');
    let failed = false;
    for (const file of positionals) {
      if (io.stop.aborted) return 2;
      const line = await decodeFile(file, io, values.mask === true);
      failed ||= line.kind === 'error';
      await io.out(`${printableJson({ file, ...line })}\n`);
    }
    return failed ? 1 : 0;
  },
};

type Line = { readonly kind: string } & Readonly<Record<string, unknown>>;

async function decodeFile(file: string, io: Io, mask: boolean): Promise<Line> {
  const decoder = new ResponseDecoder({ wrappers: true });
  try {
    const source = file === '-' ? process.stdin : createReadStream(file, { highWaterMark: 256 * 1024 });
    for await (const chunk of source) if (chunk instanceof Uint8Array) decoder.write(chunk);
    const decoded = decoder.end();
    for (const { where, offset, text } of decoded.junk) {
      const what = where === 'bytes' ? 'unreadable bytes' : `text ${where} the XML`;
      await io.err(
        `${printable(file)}: ` +
          (where === 'mark' ? 'byte order mark' : `${what} ${printableJson((mask ? maskXml(text) : text).slice(0, 200))}`) +
          ` at byte ${offset}\n`,
      );
    }
    return lineOf(decoded, mask);
  } catch (error) {
    if (error instanceof DecodeError) return { kind: 'error', code: error.code, message: error.words.what, offset: error.offset };
    if (error instanceof Error && 'code' in error && typeof error.code === 'string')
      return { kind: 'error', code: error.code, message: error.message, offset: null };
    throw error;
  }
}

function lineOf(decoded: Decoded, mask: boolean): Line {
  switch (decoded.kind) {
    case 'result':
      return {
        kind: decoded.kind,
        operation: decoded.operation,
        value: mask ? maskResult(decoded.operation, decoded.value) : decoded.value,
      };
    case 'fault':
      return { kind: decoded.kind, code: decoded.fault.code, message: mask ? maskXml(decoded.fault.message) : decoded.fault.message };
    case 'not-soap':
      return { kind: decoded.kind };
  }
}
