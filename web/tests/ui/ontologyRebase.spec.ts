// SPDX-License-Identifier: Apache-2.0
/** A draft lives on when another version is published meanwhile, and a file cannot leave out what was published. */
import { describe, expect, test } from "vitest";
import type { OntologyChange } from "../../src/api/types.ts";
import type { Ontology } from "../../src/core/ontology.ts";
import { ontologyFromJson } from "../../src/core/ontologyJson.ts";
import { addClass, changeClass } from "../../src/ui/ontology/draftClasses.ts";
import { keepPublished, rebaseDraft } from "../../src/ui/ontology/draftRebase.ts";
import { withCell } from "../../src/ui/ontology/draftRules.ts";
import { changeLine, concernLine } from "../../src/ui/ontology/impact.ts";

const option = (id: string) => ({ id, title: id });
const base: Ontology = ontologyFromJson({
  version: 1,
  layers: [{ name: "main", title: "Main" }],
  classes: [
    {
      number: 1,
      name: "Car",
      kind: "thing",
      layer: "main",
      key: "1",
      questions: [{ id: "how", title: "How", kind: "single", options: [option("a"), option("b")] }],
    },
    { number: 2, name: "Road", kind: "stuff", layer: "main", key: "2" },
  ],
  relations: [{ id: "rides", title: "rides", from: [1] }],
});

const named = (ontology: Ontology): readonly string[] =>
  ontology.classes.map((entry) => `${entry.number} ${entry.name}`);

describe("another version came meanwhile", () => {
  test("mine where I changed it, theirs elsewhere; a new class of mine gives way its number", () => {
    let mine = changeClass(base, 1, { name: "Vehicle" });
    mine = withCell(addClass(mine, "Tree", 2).ontology, 3, 1, "forbid");
    const theirs = { ...changeClass(addClass(base, "Bus", null).ontology, 1, { priority: 4 }), version: 2 };
    const draft = rebaseDraft(base, mine, theirs);
    expect(named(draft).toString().split(",").sort()).toEqual(["1 Vehicle", "2 Road", "3 Bus", "4 Tree"]);
    expect(draft.classes.find((entry) => entry.number === 1)).toMatchObject({ name: "Vehicle", priority: 4 });
    expect(draft.classes.find((entry) => entry.number === 4)).toMatchObject({ parent: 2 });
    expect(draft.protection).toEqual([{ taker: 4, owner: 1, allow: false }]);
    expect(draft.version).toBe(2);
    // Two classes never have one key.
    expect(ontologyFromJson(draft)).toEqual(draft);
  });

  test("a draft that changed nothing becomes theirs", () => {
    const theirs = { ...changeClass(base, 2, { name: "Street" }), version: 2 };
    expect(rebaseDraft(base, base, theirs)).toEqual(theirs);
  });
});

test("what a file leaves out is kept as retired", () => {
  const file = ontologyFromJson({
    layers: [{ name: "main", title: "Main" }],
    classes: [
      {
        number: 1,
        name: "Car",
        kind: "thing",
        layer: "main",
        questions: [{ id: "how", title: "How", kind: "single", options: [option("b")] }],
      },
    ],
  });
  const kept = keepPublished(base, file);
  expect(kept.classes.map((entry) => [entry.number, entry.retired])).toEqual([
    [1, false],
    [2, true],
  ]);
  expect(kept.classes[0].questions[0]).toMatchObject({
    options: [
      { id: "b", retired: false },
      { id: "a", retired: true },
    ],
  });
  expect(kept.relations).toEqual([{ ...base.relations[0], retired: true }]);
  expect(keepPublished(base, base)).toEqual(base);
  const without = keepPublished(base, { ...file, classes: [{ ...file.classes[0], questions: [] }] });
  expect(without.classes[0].questions.map(({ id, retired }) => [id, retired])).toEqual([["how", true]]);
});

test("changes and what they concern are lines to read", () => {
  const change: OntologyChange = {
    subject: "class", verb: "renamed", id: "1", name: "Vehicle", field: null, before: "Car", after: "Vehicle",
    segments: 2, objects: 0, relations: 0, answers: 1, images: 1, pixels: 1640,
  }; // biome-ignore format: one change
  expect(changeLine(change)).toBe("Class Vehicle: Car is now called Vehicle");
  expect(concernLine(change)).toBe("concerns 2 segments, 1 answer, 1 image, 1,640 px");
  expect(changeLine({ ...change, verb: "changed", field: "colour" })).toBe("Class Vehicle: changed (colour)");
  expect(concernLine({ ...change, segments: 0, answers: 0, images: 0, pixels: null })).toBeNull();
});
