import { SaxesParser } from 'saxes';
import { ByteDecoder } from '../../src/soap/xml/bytes';
import { XmlReader } from '../../src/soap/xml/reader';

/** The events of a parser, in a form for comparing two parsers; or the error for text that is not well-formed. */
export type XmlEvents =
  | { readonly ok: true; readonly events: readonly string[] }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** Reads UTF-8 in these chunks with our reader. */
export function ourEvents(chunks: readonly Uint8Array[]): XmlEvents {
  const events = new Events();
  const source = new ByteDecoder('utf-8');
  const reader = new XmlReader(
    {
      open: (tag) =>
        events.open(
          tag.name,
          tag.attributes.map(({ name, value }) => [name, value]),
        ),
      leaf: (tag, text) => {
        events.open(
          tag.name,
          tag.attributes.map(({ name, value }) => [name, value]),
        );
        events.text(text);
        events.close(tag.name);
      },
      text: (text) => events.text(text),
      close: (tag) => events.close(tag.name),
    },
    source,
    { depth: 256, tag: 1 << 20 },
  );
  try {
    let index = 0;
    for (const chunk of chunks) {
      reader.write(source.write(chunk));
      index++;
      if (reader.done) break;
    }
    if (!reader.done) reader.write(source.end());
    reader.end();
    // Our reader reports content after the root without failing. Here only XML's own Misc is allowed.
    const rest = source.decode(reader.rest + source.end()) + Buffer.concat(chunks.slice(index)).toString();
    if (rest.includes('<?')) return { ok: false, code: 'processing-instruction', message: 'a processing instruction after the root' };
    if (!/^(?:\s|<!--(?:[^-]|-[^-])*-->)*$/.test(rest)) return { ok: false, code: 'malformed', message: 'text after the root' };
    return { ok: true, events: events.list };
  } catch (error) {
    if (error instanceof Error && 'code' in error) return { ok: false, code: String(error.code), message: error.message };
    throw error;
  }
}

/** Reads text with saxes, a strict and well-maintained parser. */
export function saxesEvents(text: string): XmlEvents {
  const events = new Events();
  const parser = new SaxesParser({ xmlns: false });
  let failure: Error | undefined;
  parser.on('error', (error) => (failure ??= error));
  parser.on('opentag', (tag) => events.open(tag.name, Object.entries(tag.attributes)));
  parser.on('closetag', (tag) => events.close(tag.name));
  parser.on('text', (piece) => events.text(piece));
  parser.on('cdata', (piece) => events.text(piece));
  parser.write(text).close();
  return failure === undefined ? { ok: true, events: events.list } : { ok: false, code: 'malformed', message: failure.message };
}

class Events {
  readonly list: string[] = [];
  #text = '';
  #depth = 0;

  open(name: string, attributes: readonly (readonly [string, string])[]): void {
    this.#flush();
    this.#depth++;
    this.list.push(`<${name} ${JSON.stringify(attributes)}`);
  }

  text(text: string): void {
    if (this.#depth > 0) this.#text += text;
  }

  close(name: string): void {
    this.#flush();
    this.#depth--;
    this.list.push(`/${name}`);
  }

  #flush(): void {
    if (this.#text !== '') this.list.push(`=${this.#text}`);
    this.#text = '';
  }
}
