// SPDX-License-Identifier: Apache-2.0
/** Links to a place, a revision and a comparison: read, written, and forgiving of what is not theirs. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeFrom, revisionsFrom, withPlace, withRevisions } from "../../src/ui/address.ts";

describe("a place in the fragment", () => {
  it("is read as image x, y and zoom", () => {
    expect(placeFrom("#at=812.5,340.5,8")).toEqual({ x: 812.5, y: 340.5, zoom: 8 });
    expect(placeFrom("#seg=41&at=-3,0,0.5")).toEqual({ x: -3, y: 0, zoom: 0.5 });
  });

  it.each([
    "",
    "#",
    "#at=",
    "#at=1,2",
    "#at=1,2,3,4",
    "#at=1,,3",
    "#at=1,2,0",
    "#at=1,2,-1",
    "#at=a,b,c",
    "#at=1,2,1e9",
  ])("is none in %j", (hash) => expect(placeFrom(hash)).toBeNull());

  it("is written beside what else the fragment says, and taken out again", () => {
    expect(withPlace("", { x: 812.5, y: 340.504, zoom: 8 })).toBe("#at=812.5,340.5,8");
    expect(withPlace("#at=1,2,3&seg=41", { x: 5, y: 6, zoom: 7 })).toBe("#at=5,6,7&seg=41");
    expect(withPlace("#at=1,2,3&seg=41", null)).toBe("#seg=41");
    expect(withPlace("#at=1,2,3", null)).toBe("");
  });

  it("comes back as it was written, to a hundredth of a pixel", () => {
    const coordinate = fc.double({ min: -1000, max: 70_000, noNaN: true });
    fc.assert(
      fc.property(coordinate, coordinate, fc.double({ min: 0.02, max: 64, noNaN: true }), (x, y, zoom) => {
        const found = placeFrom(withPlace("#thread=12", { x, y, zoom }))!;
        expect(Math.abs(found.x - x)).toBeLessThan(0.006);
        expect(Math.abs(found.y - y)).toBeLessThan(0.006);
        expect(Math.abs(found.zoom - zoom)).toBeLessThan(0.0001);
      }),
    );
  });
});

describe("revisions in the query", () => {
  it("are numbers, with or without their prefix and a readable end", () => {
    expect(revisionsFrom("?rev=r_81&compare=r_77")).toEqual({ revision: 81, compare: 77 });
    expect(revisionsFrom("?rev=81-before-lunch")).toEqual({ revision: 81, compare: null });
    expect(revisionsFrom("?rev=x&compare=author:ana")).toEqual({ revision: null, compare: null });
    expect(revisionsFrom("")).toEqual({ revision: null, compare: null });
  });

  it("are written beside what else the query says", () => {
    expect(withRevisions("?layer=organs", { revision: 81, compare: 77 })).toBe("?layer=organs&rev=r_81&compare=r_77");
    expect(withRevisions("?rev=r_81&layer=organs", { revision: null, compare: null })).toBe("?layer=organs");
    expect(withRevisions("?rev=r_81", { revision: null, compare: null })).toBe("");
  });
});
