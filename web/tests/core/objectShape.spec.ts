// SPDX-License-Identifier: Apache-2.0
/** Shapes of objects against slower ways to say the same. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { distance, type Point } from "../../src/core/geometry.ts";
import type { Geometry } from "../../src/core/item.ts";
import { wrongIn } from "../../src/core/itemJson.ts";
import { handlesOf, withHandleAt, withoutVertex, withVertex } from "../../src/core/objectHandles.ts";
import { boundsOf, encloses, gridGeometry, movedBy, outlineDistance, pathsOf } from "../../src/core/objectShape.ts";
import { boxOnEdge, convexHull, rotatedCorners, smallestRotatedBox } from "../../src/core/rotatedBox.ts";

const aWhole = fc.integer({ min: -60, max: 60 });
const aPoint: fc.Arbitrary<Point> = fc.record({ x: aWhole, y: aWhole });
const cross = (a: Point, b: Point, c: Point): number => (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
const flat = (points: readonly Point[]): boolean =>
  points.every((c) => points.every((b) => cross(points[0], b, c) === 0));

const aGeometry: fc.Arbitrary<Geometry> = fc.oneof(
  fc
    .tuple(aWhole, aWhole, fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }))
    .map(([x, y, w, h]): Geometry => ({ kind: "box", box_xyxy: [x, y, x + w, y + h] })),
  fc
    .tuple(
      aWhole,
      aWhole,
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 40 }),
      fc.double({ min: 0, max: 359, noNaN: true }),
    )
    .map(([x, y, w, h, a]): Geometry => ({ kind: "rotated_box", centre: [x, y], size_wh: [w, h], angle_deg: a })),
  fc
    .array(fc.tuple(aWhole, aWhole), { minLength: 3, maxLength: 8 })
    .map((ring): Geometry => ({ kind: "polygon", rings: [ring] })),
  fc
    .array(fc.tuple(aWhole, aWhole), { minLength: 2, maxLength: 8 })
    .map((points): Geometry => ({ kind: "polyline", points })),
  fc.tuple(aWhole, aWhole).map((point): Geometry => ({ kind: "point", point })),
);

describe("rotated boxes", () => {
  test("the smallest one holds every point and is no larger than any of the hull's edges gives", () => {
    fc.assert(
      fc.property(fc.array(aPoint, { minLength: 3, maxLength: 14 }), (points) => {
        const box = smallestRotatedBox(points);
        if (flat(points)) {
          expect(box).toBeNull();
          return;
        }
        const corners = rotatedCorners(box!);
        for (const point of points)
          for (let i = 0; i < 4; i++)
            expect(cross(corners[i], corners[(i + 1) % 4], point)).toBeGreaterThan(-1e-6 * 1e4);
        // Naive: every pair of points as a direction.
        let least = Number.POSITIVE_INFINITY;
        for (const a of points)
          for (const b of points) {
            const length = distance(a, b);
            if (length === 0) continue;
            const [ux, uy] = [(b.x - a.x) / length, (b.y - a.y) / length];
            const s = points.map((p) => p.x * ux + p.y * uy);
            const t = points.map((p) => -p.x * uy + p.y * ux);
            least = Math.min(least, (Math.max(...s) - Math.min(...s)) * (Math.max(...t) - Math.min(...t)));
          }
        expect(box!.size_wh[0] * box!.size_wh[1]).toBeCloseTo(least, 5);
        expect(box!.angle_deg).toBeGreaterThanOrEqual(0);
        expect(box!.angle_deg).toBeLessThan(90);
      }),
    );
  });

  test("the hull is convex, made of points, and holds them all", () => {
    fc.assert(
      fc.property(fc.array(aPoint, { minLength: 1, maxLength: 20 }), (points) => {
        const hull = convexHull(points);
        for (const corner of hull) expect(points).toContainEqual(corner);
        for (let i = 0; i < hull.length && hull.length > 2; i++)
          for (const point of points)
            expect(cross(hull[i], hull[(i + 1) % hull.length], point)).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test("the one on an edge has that edge, and its opposite goes through the third place", () => {
    fc.assert(
      fc.property(aPoint, aPoint, aPoint, (a, b, side) => {
        const box = boxOnEdge(a, b, side);
        if (cross(a, b, side) === 0) {
          expect(box).toBeNull();
          return;
        }
        const corners = rotatedCorners(box!);
        for (const end of [a, b]) expect(Math.min(...corners.map((c) => distance(c, end)))).toBeLessThan(1e-9);
        expect(box!.size_wh[1]).toBeCloseTo(Math.abs(cross(a, b, side)) / distance(a, b), 9);
      }),
    );
  });
});

describe("shapes", () => {
  test("on the grid every geometry is one that an annotation may hold", () => {
    fc.assert(
      fc.property(aGeometry, (geometry) => {
        expect(wrongIn(gridGeometry(geometry))).toBeNull();
      }),
    );
  });

  test("bounds hold every vertex; moving there and back changes nothing", () => {
    fc.assert(
      fc.property(aGeometry, aPoint, (geometry, by) => {
        const [x0, y0, x1, y1] = boundsOf(pathsOf(geometry));
        for (const { points } of pathsOf(geometry))
          for (const { x, y } of points) {
            expect(x >= x0 && x <= x1 && y >= y0 && y <= y1).toBe(true);
            expect(outlineDistance(pathsOf(geometry), { x, y })).toBeLessThan(1e-9);
          }
        expect(movedBy(movedBy(geometry, by.x, by.y), -by.x, -by.y)).toEqual(geometry);
      }),
    );
  });

  test("a box encloses what lies between its sides", () => {
    fc.assert(
      fc.property(aPoint, (at) => {
        const paths = pathsOf({ kind: "box", box_xyxy: [-10.5, -20.5, 30.5, 5.5] });
        expect(encloses(paths, at)).toBe(at.x > -10.5 && at.x < 30.5 && at.y > -20.5 && at.y < 5.5);
      }),
    );
  });
});

describe("handles", () => {
  test("dragging one to where it is changes nothing, and elsewhere it goes there", () => {
    fc.assert(
      fc.property(aGeometry, fc.nat(), aPoint, (geometry, pick, to) => {
        const handles = handlesOf(geometry);
        const handle = handles[pick % handles.length];
        const same = gridGeometry(withHandleAt(geometry, handle, handle.at));
        expect(same).toEqual(gridGeometry(geometry));
        if (handle.kind === "side" && (handle.u === 0 || handle.v === 0)) return;
        const places = handlesOf(withHandleAt(geometry, handle, to)).map((other) => distance(other.at, to));
        expect(Math.min(...places)).toBeLessThan(1e-6);
      }),
    );
  });

  test("a corner with Shift keeps the proportions", () => {
    const box: Geometry = { kind: "box", box_xyxy: [0, 0, 40, 20] };
    const corner = handlesOf(box).find((h) => h.kind === "side" && h.u === 1 && h.v === 1)!;
    expect(withHandleAt(box, corner, { x: 80, y: 21 }, true)).toEqual({ kind: "box", box_xyxy: [0, 0, 80, 40] });
  });

  test("a vertex put in can be taken out; too few are never left", () => {
    const line: Geometry = {
      kind: "polyline",
      points: [
        [0, 0],
        [10, 0],
      ],
    };
    const longer = withVertex(line, 0, 0, { x: 5, y: 5 });
    expect(longer).toEqual({
      kind: "polyline",
      points: [
        [0, 0],
        [5, 5],
        [10, 0],
      ],
    });
    expect(withoutVertex(longer, 0, 1)).toEqual(line);
    expect(withoutVertex(line, 0, 0)).toBeNull();
    const holed: Geometry = {
      kind: "polygon",
      rings: [
        [
          [0, 0],
          [9, 0],
          [9, 9],
        ],
        [
          [1, 1],
          [2, 1],
          [2, 2],
        ],
      ],
    };
    expect(withoutVertex(holed, 1, 0)).toEqual({ kind: "polygon", rings: [holed.rings[0]] });
    expect(withoutVertex(holed, 0, 0)).toBeNull();
  });
});
