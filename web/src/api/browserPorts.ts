// SPDX-License-Identifier: Apache-2.0
/** Clock, timers, randomness and small preferences, as the browser gives them. Works on plain http as well. */
import type { ClockPort, PreferencePort, RandomPort, TimerHandle, TimerPort } from "../editor/ports.ts";

export const browserClock: ClockPort = {
  nowMs: () => Date.now(),
  monotonicMs: () => performance.now(),
};

export const browserTimers: TimerPort = {
  after: (delayMs, callback): TimerHandle => window.setTimeout(callback, delayMs),
  cancel: (handle) => window.clearTimeout(handle as number),
};

/** Version 4 UUID from random bytes: `crypto.randomUUID` is missing on a plain http origin. */
function uuidV4(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export const browserRandom: RandomPort = { uuid: uuidV4, unit: () => Math.random() };

/** Kept per browser in localStorage; a browser that forbids it loses the preference, nothing else. */
export const browserPreferences: PreferencePort = {
  read: (key) => {
    try {
      return localStorage.getItem(`intarsia.${key}`);
    } catch {
      return null;
    }
  },
  write: (key, value) => {
    try {
      localStorage.setItem(`intarsia.${key}`, value);
    } catch {
      // Private mode or a full store: the next visit starts with the default.
    }
  },
};
