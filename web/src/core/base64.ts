// SPDX-License-Identifier: Apache-2.0
/** Standard base64 with padding; the core has no atob. Only the canonical text of some bytes is accepted. */
import { CodecError } from "./errors.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const VALUES = new Int16Array(128).fill(-1);
for (let i = 0; i < 64; i++) VALUES[ALPHABET.charCodeAt(i)] = i;

export function toBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const left = bytes.length - i;
    const word = (bytes[i] << 16) | ((left > 1 ? bytes[i + 1] : 0) << 8) | (left > 2 ? bytes[i + 2] : 0);
    text += ALPHABET[word >> 18] + ALPHABET[(word >> 12) & 63];
    text += (left > 1 ? ALPHABET[(word >> 6) & 63] : "=") + (left > 2 ? ALPHABET[word & 63] : "=");
    if (text.length > 8192) {
      parts.push(text);
      text = "";
    }
  }
  return parts.join("") + text;
}

/** Throws `bad_base64`: other characters, wrong padding, or bits set under the padding. */
export function fromBase64(text: string): Uint8Array {
  const n = text.length;
  if (n % 4 !== 0) throw new CodecError("bad_base64");
  if (n === 0) return new Uint8Array(0);
  const padding = text[n - 1] !== "=" ? 0 : text[n - 2] !== "=" ? 1 : 2;
  const out = new Uint8Array((n / 4) * 3 - padding);
  let at = 0;
  for (let i = 0; i < n; i += 4) {
    const pad = i + 4 === n ? padding : 0;
    const a = valueAt(text, i);
    const b = valueAt(text, i + 1);
    const c = pad < 2 ? valueAt(text, i + 2) : 0;
    const d = pad < 1 ? valueAt(text, i + 3) : 0;
    const word = (a << 18) | (b << 12) | (c << 6) | d;
    if ((pad === 2 && word & 0xffff) || (pad === 1 && word & 0xff)) throw new CodecError("bad_base64");
    out[at++] = word >> 16;
    if (pad < 2) out[at++] = word >> 8;
    if (pad < 1) out[at++] = word;
  }
  return out;
}

function valueAt(text: string, i: number): number {
  const code = text.charCodeAt(i);
  const value = code < 128 ? VALUES[code] : -1;
  if (value < 0) throw new CodecError("bad_base64");
  return value;
}
