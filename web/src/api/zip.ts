// SPDX-License-Identifier: Apache-2.0
/** Packs files into a zip without compression: images are compressed already, and the parts stay on disk as blobs. */

export interface ZipEntry {
  readonly path: string;
  readonly blob: Blob;
}

export class ZipTooLargeError extends Error {}

const entryLimit = 65_535;
const byteLimit = 0xffff_ffff;
const chunkBytes = 4 * 1024 * 1024;
/** 1 January 1980, the earliest a zip can say: the time of packing tells nothing. */
const fixedDate = 0x0021;
const utf8Flag = 0x0800;

function crcTable(): Uint32Array {
  return Uint32Array.from({ length: 256 }, (_, index) => {
    let value = index;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
    return value >>> 0;
  });
}

/** CRC-32 (IEEE) of a blob, read in pieces. */
export async function crc32(blob: Blob, table: Uint32Array = crcTable()): Promise<number> {
  let crc = 0xffff_ffff;
  for (let start = 0; start < blob.size; start += chunkBytes) {
    const bytes = new Uint8Array(await blob.slice(start, start + chunkBytes).arrayBuffer());
    for (const byte of bytes) crc = (crc >>> 8) ^ table[(crc ^ byte) & 255];
  }
  return ~crc >>> 0;
}

interface Placed {
  readonly name: Uint8Array<ArrayBuffer>;
  readonly crc: number;
  readonly size: number;
  readonly offset: number;
}

/** Fields that local and central header share: version, flags, method 0, time, date, CRC, sizes, name length, extra 0. */
function writeShared(view: DataView, at: number, file: Placed): void {
  view.setUint16(at, 20, true);
  view.setUint16(at + 2, utf8Flag, true);
  view.setUint16(at + 8, fixedDate, true);
  view.setUint32(at + 10, file.crc, true);
  view.setUint32(at + 14, file.size, true);
  view.setUint32(at + 18, file.size, true);
  view.setUint16(at + 22, file.name.length, true);
}

function localHeader(file: Placed): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(30 + file.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x04034b50, true);
  writeShared(view, 4, file);
  bytes.set(file.name, 30);
  return bytes;
}

function centralHeader(file: Placed): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(46 + file.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x02014b50, true);
  view.setUint16(4, 20, true);
  writeShared(view, 6, file);
  view.setUint32(42, file.offset, true);
  bytes.set(file.name, 46);
  return bytes;
}

function endRecord(entries: number, size: number, offset: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(22);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x06054b50, true);
  view.setUint16(8, entries, true);
  view.setUint16(10, entries, true);
  view.setUint32(12, size, true);
  view.setUint32(16, offset, true);
  return bytes;
}

/** Throws `ZipTooLargeError` above 4 GB or 65,535 files. `onProgress` gets the packed part, 0..1. */
export async function packZip(
  entries: readonly ZipEntry[],
  onProgress: (fraction: number) => void = () => undefined,
): Promise<Blob> {
  const total = entries.reduce((sum, entry) => sum + entry.blob.size, 0);
  const headers = entries.reduce((sum, entry) => sum + 76 + 6 * entry.path.length, 22);
  if (entries.length > entryLimit || total + headers > byteLimit) throw new ZipTooLargeError();
  const encoder = new TextEncoder();
  const table = crcTable();
  const parts: BlobPart[] = [];
  const placed: Placed[] = [];
  let offset = 0;
  for (const entry of entries) {
    const crc = await crc32(entry.blob, table);
    const file = { name: encoder.encode(entry.path), crc, size: entry.blob.size, offset };
    const header = localHeader(file);
    parts.push(header, entry.blob);
    placed.push(file);
    offset += header.length + entry.blob.size;
    onProgress(offset / (total + headers));
  }
  const central = placed.map(centralHeader);
  const size = central.reduce((sum, header) => sum + header.length, 0);
  return new Blob([...parts, ...central, endRecord(placed.length, size, offset)], { type: "application/zip" });
}
