// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { expect, test } from "vitest";
import { rowsInView, scrollTopFor } from "../../src/ui/parts/windowedRows.ts";

const lists = fc.record({
  count: fc.nat(3_000),
  rowHeight: fc.constantFrom(28, 44),
  scrollTop: fc.integer({ min: -200, max: 150_000 }),
  viewHeight: fc.nat(1_200),
});

test("every row that can be seen is drawn, and only few that cannot", () => {
  fc.assert(
    fc.property(lists, ({ count, rowHeight, scrollTop, viewHeight }) => {
      const { from, to } = rowsInView(count, rowHeight, scrollTop, viewHeight);
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThanOrEqual(count);
      expect(to - from).toBeLessThanOrEqual(Math.ceil(viewHeight / rowHeight) + 24);
      for (let row = 0; row < count; row++) {
        const seen = (row + 1) * rowHeight > scrollTop && row * rowHeight < scrollTop + viewHeight;
        if (seen) expect(row >= from && row < to).toBe(true);
      }
    }),
  );
});

test("scrolling to a row brings it into view, and leaves a row that is in view where it is", () => {
  fc.assert(
    fc.property(lists, fc.nat(), ({ count, rowHeight, viewHeight, scrollTop }, pick) => {
      fc.pre(count > 0 && viewHeight >= rowHeight && scrollTop >= 0);
      const row = pick % count;
      const after = scrollTopFor(row, rowHeight, scrollTop, viewHeight);
      expect(row * rowHeight).toBeGreaterThanOrEqual(after);
      expect((row + 1) * rowHeight).toBeLessThanOrEqual(after + viewHeight);
      if (row * rowHeight >= scrollTop && (row + 1) * rowHeight <= scrollTop + viewHeight)
        expect(after).toBe(scrollTop);
    }),
  );
});
