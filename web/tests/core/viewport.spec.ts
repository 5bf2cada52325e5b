// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  distance,
  farEnough,
  nearestEdge,
  nearestOnSegment,
  nearestVertex,
  signedArea2,
  thinPath,
} from "../../src/core/geometry.ts";
import {
  centreOn,
  clampToImage,
  clampZoom,
  fitBox,
  fitImage,
  panBy,
  toImage,
  toScreen,
  type Viewport,
  visibleBox,
  ZOOM_MAX,
  ZOOM_MIN,
  zoomAbout,
} from "../../src/core/viewport.ts";

const aCoordinate = fc.double({ min: -5000, max: 5000, noNaN: true });
const aPoint = fc.record({ x: aCoordinate, y: aCoordinate });
const aZoom = fc.double({ min: ZOOM_MIN, max: ZOOM_MAX, noNaN: true });
const aView: fc.Arbitrary<Viewport> = fc.record({ zoom: aZoom, originX: aCoordinate, originY: aCoordinate });
const aViewSize = fc.record({
  widthPx: fc.integer({ min: 1, max: 4000 }),
  heightPx: fc.integer({ min: 1, max: 3000 }),
});
const aSize = fc.tuple(fc.integer({ min: 1, max: 9000 }), fc.integer({ min: 1, max: 9000 }));

describe("viewport", () => {
  test("screen and image are inverse", () => {
    fc.assert(
      fc.property(aView, aPoint, (view, point) => {
        const back = toScreen(view, toImage(view, point));
        expect(distance(back, point)).toBeLessThan(1e-5);
      }),
    );
  });

  test("zooming about a point keeps it in place, and the zoom in its range", () => {
    fc.assert(
      fc.property(aView, aPoint, fc.double({ min: 1e-6, max: 1e6, noNaN: true }), (view, anchor, zoom) => {
        const next = zoomAbout(view, anchor, zoom);
        expect(next.zoom).toBe(clampZoom(zoom));
        const was = toImage(view, anchor);
        const now = toImage(next, anchor);
        expect(distance(was, now)).toBeLessThan(1e-6 * (1 + Math.abs(was.x) + Math.abs(was.y) + 5000 / ZOOM_MIN));
      }),
    );
    expect([clampZoom(0), clampZoom(1), clampZoom(1e9)]).toEqual([0.02, 1, 64]);
  });

  test("panning moves every point by the drag", () => {
    fc.assert(
      fc.property(aView, aPoint, aPoint, (view, point, drag) => {
        const before = toScreen(view, point);
        const after = toScreen(panBy(view, drag.x, drag.y), point);
        expect(after.x - before.x).toBeCloseTo(drag.x, 3);
        expect(after.y - before.y).toBeCloseTo(drag.y, 3);
      }),
    );
  });

  test("fitting shows the whole image, centred and touching two sides, unless the zoom ends", () => {
    fc.assert(
      fc.property(aSize, aViewSize, ([h, w], size) => {
        const view = fitImage([h, w], size);
        const top = toScreen(view, { x: 0, y: 0 });
        const bottom = toScreen(view, { x: w, y: h });
        expect(top.x + bottom.x).toBeCloseTo(size.widthPx, 4);
        expect(top.y + bottom.y).toBeCloseTo(size.heightPx, 4);
        const across = (bottom.x - top.x) / size.widthPx;
        const down = (bottom.y - top.y) / size.heightPx;
        if (view.zoom > ZOOM_MIN && view.zoom < ZOOM_MAX) expect(Math.max(across, down)).toBeCloseTo(1, 6);
      }),
    );
  });

  test("a margin is kept on all sides", () => {
    const view = fitBox([100, 50, 300, 150], { widthPx: 440, heightPx: 400 }, 20);
    expect(toScreen(view, { x: 100, y: 100 })).toEqual({ x: 20, y: 200 });
    expect(toScreen(view, { x: 300, y: 150 })).toEqual({ x: 420, y: 300 });
  });

  test("the middle of a clamped view is on the image; a view that was fine stays", () => {
    fc.assert(
      fc.property(aView, aSize, aViewSize, (view, [h, w], size) => {
        const clamped = clampToImage(view, [h, w], size);
        const middle = toImage(clamped, { x: size.widthPx / 2, y: size.heightPx / 2 });
        expect(middle.x >= -1e-6 && middle.x <= w + 1e-6 && middle.y >= -1e-6 && middle.y <= h + 1e-6).toBe(true);
        const again = clampToImage(clamped, [h, w], size);
        expect(
          distance({ x: again.originX, y: again.originY }, { x: clamped.originX, y: clamped.originY }),
        ).toBeLessThan(1e-6);
      }),
    );
  });

  test("what is visible holds the pixels of the corners and lies in the image", () => {
    const size = { widthPx: 200, heightPx: 100 };
    expect(visibleBox({ zoom: 2, originX: -10.5, originY: 20.25 }, [1000, 1000], size)).toEqual([0, 20, 90, 71]);
    expect(visibleBox({ zoom: 2, originX: -300, originY: 0 }, [1000, 1000], size)).toBeNull();
    expect(visibleBox({ zoom: 2, originX: 960, originY: 990 }, [1000, 1000], size)).toEqual([960, 990, 1000, 1000]);
    expect(toImage(centreOn(4, { x: 30, y: 40 }, size), { x: 100, y: 50 })).toEqual({ x: 30, y: 40 });
  });
});

describe("geometry", () => {
  test("the nearest point of a segment is nearer than any other of it", () => {
    fc.assert(
      fc.property(aPoint, aPoint, aPoint, fc.double({ min: 0, max: 1, noNaN: true }), (p, a, b, t) => {
        const hit = nearestOnSegment(p, a, b);
        const other = { x: a.x + t * (b.x - a.x), y: a.y + t * (b.y - a.y) };
        expect(hit.distance).toBeLessThanOrEqual(distance(p, other) + 1e-6);
        expect(hit.t >= 0 && hit.t <= 1).toBe(true);
      }),
    );
    expect(nearestOnSegment({ x: 3, y: 4 }, { x: 0, y: 0 }, { x: 0, y: 0 })).toEqual({
      point: { x: 0, y: 0 },
      distance: 5,
      t: 0,
    });
  });

  test("vertices and edges are found within reach only", () => {
    const square = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 10, y: 10 },
      { x: 0, y: 10 },
    ];
    expect(nearestVertex({ x: 9, y: 9 }, square, 2)).toBe(2);
    expect(nearestVertex({ x: 5, y: 5 }, square, 2)).toBeNull();
    expect(nearestVertex({ x: 8, y: 0 }, square, 2)).toBe(1);
    expect(nearestEdge({ x: 1, y: 5 }, square, 2, true)).toEqual({ index: 3, point: { x: 0, y: 5 }, distance: 1 });
    expect(nearestEdge({ x: 1, y: 5 }, square, 2, false)).toBeNull();
    expect(nearestEdge({ x: 5, y: 5 }, square, 2, true)).toBeNull();
    expect(signedArea2(square)).toBe(200);
    expect(signedArea2([...square].reverse())).toBe(-200);
  });

  test("thinning keeps the ends, takes points of the path in order, and stays within the tolerance", () => {
    fc.assert(
      fc.property(
        fc.array(aPoint, { minLength: 1, maxLength: 60 }),
        fc.double({ min: 0, max: 900, noNaN: true }),
        (path, tolerance) => {
          const thin = thinPath(path, tolerance);
          expect(thin[0]).toBe(path[0]);
          expect(thin[thin.length - 1]).toBe(path[path.length - 1]);
          let from = 0;
          for (let k = 1; k < thin.length; k++) {
            const to = path.indexOf(thin[k], from + 1);
            expect(to).toBeGreaterThan(from);
            for (let i = from + 1; i < to; i++) {
              expect(nearestOnSegment(path[i], thin[k - 1], thin[k]).distance).toBeLessThanOrEqual(tolerance);
            }
            from = to;
          }
        },
      ),
    );
  });

  test("a long straight path thins to its ends, without a deep stack", () => {
    const line = Array.from({ length: 50000 }, (_, i) => ({ x: i, y: 0 }));
    expect(thinPath(line, 0.75)).toEqual([line[0], line[49999]]);
    expect(farEnough({ x: 0, y: 0 }, { x: 3, y: 4 }, 5)).toBe(true);
    expect(farEnough({ x: 0, y: 0 }, { x: 3, y: 4 }, 5.1)).toBe(false);
  });
});
