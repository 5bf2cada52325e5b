// SPDX-License-Identifier: Apache-2.0
/** Ids from given randomness and time: the core has neither a clock nor a random source. */
import { EditError } from "./errors.ts";
import { SEGMENT_ID_MAX, STUFF_ID_MAX, THING_ID_MIN } from "./limits.ts";
import { toHex } from "./sha256.ts";

/** UUID version 4 from 16 random bytes. */
export function uuidV4(random: Uint8Array): string {
  return formatUuid(random, 4);
}

/** UUID version 7: 48 bits of Unix time in ms, then the last 10 of 16 random bytes. */
export function uuidV7(unixTimeMs: number, random: Uint8Array): string {
  const bytes = random.slice(0, 16);
  for (let i = 5, rest = Math.floor(unixTimeMs); i >= 0; i--) {
    bytes[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  return formatUuid(bytes, 7);
}

function formatUuid(source: Uint8Array, version: number): string {
  if (source.length < 16) throw new RangeError("a UUID takes 16 bytes");
  const bytes = source.slice(0, 16);
  bytes[6] = (bytes[6] & 0x0f) | (version << 4);
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = toHex(bytes);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

/** Whether the id is a stuff or ignore class's own number (1..65,535). */
export function isStuffId(id: number): boolean {
  return id >= 1 && id <= STUFF_ID_MAX;
}

/** Thing ids leased from the server, handed out in order and never twice. */
export class IdPool {
  private readonly ranges: [start: number, end: number][] = [];

  /** Adds a leased half-open range. */
  add(start: number, end: number): void {
    if (!(start >= THING_ID_MIN && end > start && end <= SEGMENT_ID_MAX + 1))
      throw new RangeError("not a range of thing ids");
    this.ranges.push([start, end]);
  }

  /** Ids left. */
  get left(): number {
    return this.ranges.reduce((sum, [start, end]) => sum + end - start, 0);
  }

  /** The next id. Throws `no_id_left`. */
  take(): number {
    const range = this.ranges[0];
    if (range === undefined) throw new EditError("no_id_left");
    const id = range[0]++;
    if (range[0] === range[1]) this.ranges.shift();
    return id;
  }
}
