// SPDX-License-Identifier: Apache-2.0
/** Unsigned LEB128, shortest form only, at most 2^32 − 1 (contract/edit.md). */
import { CodecError } from "./errors.ts";

export class VarintWriter {
  private bytes = new Uint8Array(256);
  private length = 0;

  byte(value: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = value;
  }

  varint(value: number): void {
    if (this.length + 5 > this.bytes.length) this.reserve(5);
    let rest = value;
    while (rest > 127) {
      this.bytes[this.length++] = (rest & 127) | 128;
      rest = rest >>> 7;
    }
    this.bytes[this.length++] = rest;
  }

  finish(): Uint8Array {
    return this.bytes.slice(0, this.length);
  }

  private reserve(extra: number): void {
    const bytes = new Uint8Array(Math.max(this.bytes.length * 2, this.length + extra));
    bytes.set(this.bytes);
    this.bytes = bytes;
  }
}

export class VarintReader {
  private readonly bytes: Uint8Array;
  at = 0;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  get left(): number {
    return this.bytes.length - this.at;
  }

  /** Throws `truncated`. */
  byte(): number {
    if (this.at >= this.bytes.length) throw new CodecError("truncated");
    return this.bytes[this.at++];
  }

  /** Throws `truncated`, or `bad_varint` (longer than 5 bytes, not shortest, or > 2^32 − 1). */
  varint(): number {
    const first = this.byte();
    if (first < 128) return first;
    let value = first & 127;
    for (let i = 1, scale = 128; i < 5; i++, scale *= 128) {
      const next = this.byte();
      value += (next & 127) * scale;
      if (next < 128) {
        if (next === 0 || value > 0xffffffff) throw new CodecError("bad_varint");
        return value;
      }
    }
    throw new CodecError("bad_varint");
  }
}
