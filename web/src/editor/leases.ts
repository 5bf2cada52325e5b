// SPDX-License-Identifier: Apache-2.0
/** Ids for new things, leased ahead in blocks, so that a stroke never waits for the server. */
import type { AnnotationPort } from "./ports.ts";

export const BLOCK = 256; // enough for hours without network; ids are sparse, unused ones cost nothing
const LOW_WATER = 64;

export class IdPool {
  private ranges: { next: number; end: number }[] = [];
  private asking: Promise<void> | null = null;

  constructor(
    private readonly port: AnnotationPort,
    private readonly annotationId: string,
  ) {}

  get left(): number {
    let sum = 0;
    for (const range of this.ranges) sum += range.end - range.next;
    return sum;
  }

  /** A fresh id, or null when none is left and the server has not been reached. */
  take(): number | null {
    const range = this.ranges[0];
    if (range === undefined) {
      void this.fill();
      return null;
    }
    const id = range.next++;
    if (range.next >= range.end) this.ranges.shift();
    if (this.left < LOW_WATER) void this.fill();
    return id;
  }

  /** Leases what is missing for `count` ids at once. False when the server gave too few. */
  async reserve(count: number): Promise<boolean> {
    await this.asking;
    const missing = count - this.left;
    if (missing <= 0) return true;
    try {
      const { start, end } = await this.port.leaseIds(this.annotationId, missing);
      if (end > start) this.ranges.push({ next: start, end });
    } catch {
      return false;
    }
    return this.left >= count;
  }

  /** An id that was taken but never used in an edit. */
  giveBack(id: number): void {
    this.ranges.unshift({ next: id, end: id + 1 });
  }

  /** Leases another block when the pool is low. Failing is not an error here: the next `take` asks again. */
  fill(): Promise<void> {
    if (this.left >= LOW_WATER) return Promise.resolve();
    this.asking ??= this.port
      .leaseIds(this.annotationId, BLOCK)
      .then(({ start, end }) => {
        if (end > start) this.ranges.push({ next: start, end });
      })
      .catch(() => undefined)
      .finally(() => {
        this.asking = null;
      });
    return this.asking;
  }
}
