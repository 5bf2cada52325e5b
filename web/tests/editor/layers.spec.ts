// SPDX-License-Identifier: Apache-2.0
/** Layers are partitions of their own: what happens in one never touches the other. */
import { describe, expect, it } from "vitest";
import type { OntologyDoc } from "../../src/editor/ports.ts";
import { type Bench, World } from "./bench.ts";
import { CLASSES } from "./fakeServer.ts";

const LESION = {
  number: 9,
  name: "Lesion",
  kind: "thing",
  layer: "findings",
  colour: "#E1F812",
  key: "9",
  retired: false,
} as const;

async function twoLayers(): Promise<Bench> {
  const bench = await new World().open();
  const layers = [
    { name: "main", title: "Main" },
    { name: "findings", title: "Findings" },
  ];
  bench.run("ontology.use", { version: 2, layers, classes: [...CLASSES, LESION] } satisfies OntologyDoc);
  bench
    .run("tool.brush")
    .run("class.choose", 1)
    .stroke([[50, 50]])
    .run("class.choose", 9)
    .stroke([[50, 50]]);
  return bench;
}

describe("two layers", () => {
  it("hold a segment each in one place", async () => {
    const bench = await twoLayers();
    expect(bench.state.segments.map((row) => [row.layer, row.areaPx])).toEqual([
      ["findings", 448],
      ["main", 448],
    ]);
    expect(bench.session.canvas.checksum("main")).not.toBe(bench.session.canvas.checksum("findings"));
  });

  it("are not mixed in a selection, and deleting from one leaves the other", async () => {
    const bench = await twoLayers();
    const [lesion, car] = bench.state.segments;
    bench.run("segment.select", lesion.id).run("segment.toggle-selected", car.id);
    expect(bench.state.segments.filter((row) => row.selected).map((row) => row.id)).toEqual([car.id]);
    bench.run("segment.delete", lesion.id);
    expect(bench.state.segments.map((row) => [row.id, row.areaPx])).toEqual([[car.id, 448]]);
    bench.run("edit.undo");
    expect(bench.state.segments).toHaveLength(2);
  });

  it("do not exchange pixels by a change of class", async () => {
    const bench = await twoLayers();
    const [lesion] = bench.state.segments;
    bench.run("segment.class", { segmentId: lesion.id, classNumber: 1 });
    expect(bench.state.toast?.text).toBe("Car belongs to another layer, so its pixels cannot come from here.");
    expect(bench.state.segments.find((row) => row.id === lesion.id)?.classNumber).toBe(9);
  });
});

describe("locks", () => {
  it("keep a locked stuff segment from gaining pixels by a change of class", async () => {
    const bench = await new World().open();
    bench
      .run("tool.brush")
      .run("class.choose", 2)
      .stroke([[20, 20]])
      .run("class.choose", 1)
      .stroke([[70, 70]]);
    bench.run("segment.lock", 2);
    const car = bench.state.segments.find((row) => row.classNumber === 1)!;
    bench.run("segment.class", { segmentId: car.id, classNumber: 2 });
    expect(bench.state.toast?.text).toBe("Road is locked.");
    expect(bench.owner(70, 70)).toBe("Car");
  });
});
