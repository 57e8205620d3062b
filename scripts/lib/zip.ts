/** Signatures and sizes in the directory of a zip file, in bytes (PKWARE's APPNOTE, 4.3.12 and 4.3.16). */
const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;

/** A regular file that everybody may read, in Unix form in the upper half of the attributes. */
const PLAIN_FILE = (0o100644 << 16) >>> 0;

/** The directory entry of a file in a zip file. */
export interface ZipEntry {
  readonly name: string;
  /** CRC-32 of the content. */
  readonly crc: number;
  /** Size before and after compression, in bytes. */
  readonly bytes: number;
  readonly packed: number;
  /** Position of the attributes in the zip file. */
  readonly attributesAt: number;
}

/**
 * The directory of a zip file.
 * @throws {Error} for other files, and for a zip file with a comment at its end
 */
export function zipEntries(zip: Buffer): readonly ZipEntry[] {
  const end = zip.length - END_BYTES;
  if (end < 0 || zip.readUInt32LE(end) !== END_SIGNATURE) throw new Error('This is not a zip file.');
  const entries: ZipEntry[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== ENTRY_SIGNATURE) throw new Error(`The directory of the zip file is damaged at ${at}.`);
    const nameBytes = zip.readUInt16LE(at + 28);
    entries.push({
      name: zip.toString('utf8', at + ENTRY_BYTES, at + ENTRY_BYTES + nameBytes),
      crc: zip.readUInt32LE(at + 16),
      packed: zip.readUInt32LE(at + 20),
      bytes: zip.readUInt32LE(at + 24),
      attributesAt: at + 38,
    });
    at += ENTRY_BYTES + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** Gives all files of a zip file the same rights, because those of a checkout depend on the machine. Changes `zip` in place. */
export function evenRights(zip: Buffer): Buffer {
  for (const { attributesAt } of zipEntries(zip)) zip.writeUInt32LE(PLAIN_FILE, attributesAt);
  return zip;
}
