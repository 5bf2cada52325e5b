// SPDX-License-Identifier: Apache-2.0
/** A draft stays an ontology whatever is done to it, and what moves keeps its number. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Ontology } from "../../src/core/ontology.ts";
import { ontologyFromJson } from "../../src/core/ontologyJson.ts";
import { classTree, flatTree } from "../../src/ui/classTree.ts";
import {
  addClass,
  changeClass,
  isUnder,
  moveClass,
  removeClass,
  stepClass,
  type TreeStep,
} from "../../src/ui/ontology/draftClasses.ts";
import {
  idFor,
  newQuestion,
  publishedIds,
  questionIds,
  withEntry,
  withStep,
} from "../../src/ui/ontology/draftQuestions.ts";
import {
  addLayer,
  addRelation,
  cellOf,
  changeLayer,
  changeRelation,
  nextCell,
  withCell,
} from "../../src/ui/ontology/draftRules.ts";

const empty = ontologyFromJson({ version: 1, layers: [{ name: "main", title: "Main" }], classes: [] });

/** "a(b c) d": a with b and c under it, then d. */
function drawn(ontology: Ontology): string {
  const text = (nodes: ReturnType<typeof classTree>): string =>
    nodes.map(({ entry, children }) => entry.name + (children.length > 0 ? `(${text(children)})` : "")).join(" ");
  return text(classTree(ontology.classes));
}

/** a(b c) d, numbered 1 to 4. */
function four(): Ontology {
  let draft = addClass(empty, "a", null).ontology;
  draft = addClass(draft, "b", 1).ontology;
  draft = addClass(draft, "c", 1).ontology;
  return addClass(draft, "d", null).ontology;
}

describe("classes", () => {
  test("new ones get the next number, colour, key and a free name", () => {
    const { ontology, number } = addClass(four(), "a", 4);
    expect(ontology.classes.find((entry) => entry.number === number)).toMatchObject({
      number: 5,
      name: "a 2",
      key: "5",
      parent: 4,
      layer: "main",
    });
    expect(new Set(ontology.classes.map((entry) => entry.colour)).size).toBe(5);
    expect(drawn(ontology)).toBe("a(b c) d(a 2)");
  });

  test.each<[number, TreeStep, string]>([
    [4, "up", "d a(b c)"],
    [1, "down", "d a(b c)"],
    [3, "up", "a(c b) d"],
    [3, "in", "a(b(c)) d"],
    [4, "in", "a(b c d)"],
    [2, "out", "a(c) b d"],
    [1, "up", "a(b c) d"],
    [1, "in", "a(b c) d"],
    [1, "out", "a(b c) d"],
    [4, "down", "a(b c) d"],
  ])("class %i goes %s: %s", (number, step, after) => {
    expect(drawn(stepClass(four(), number, step))).toBe(after);
  });

  test("never under itself", () => {
    expect(moveClass(four(), 1, 2, 0)).toEqual(four());
    expect([isUnder(four().classes, 2, 1), isUnder(four().classes, 1, 2)]).toEqual([true, false]);
  });

  test("taking one out lifts its children and forgets its rules and relations", () => {
    let draft = withCell(four(), 1, 4, "forbid");
    draft = changeRelation(addRelation(draft, "rides"), "rides", { from: [1, 4] });
    draft = removeClass(draft, 1);
    expect([drawn(draft), draft.protection, draft.relations[0].from]).toEqual(["b c d", [], [4]]);
    expect(ontologyFromJson(draft)).toEqual(draft);
  });

  test("any moves keep all classes, no circle, and the order of the tree", () => {
    const aMove = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.option(fc.integer({ min: 1, max: 4 })), fc.nat(4));
    const aStep = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.constantFrom<TreeStep>("up", "down", "in", "out"));
    fc.assert(
      fc.property(fc.array(fc.oneof(aMove, aStep), { maxLength: 12 }), (moves) => {
        let draft = four();
        for (const [number, to, index] of moves) {
          draft =
            typeof to === "string"
              ? stepClass(draft, number, to as TreeStep)
              : moveClass(draft, number, to, index ?? 0);
          expect(draft.classes.map((entry) => entry.number).sort()).toEqual([1, 2, 3, 4]);
          // Strict reading finds circles.
          expect(ontologyFromJson(draft)).toEqual(draft);
          expect(flatTree(classTree(draft.classes)).map(({ entry }) => entry)).toEqual(draft.classes);
        }
      }),
    );
  });

  test("folding hides what is below", () => {
    expect(flatTree(classTree(four().classes), new Set([1])).map(({ entry }) => entry.name)).toEqual(["a", "d"]);
  });
});

describe("questions", () => {
  test("ids come of titles and are unique in the whole ontology", () => {
    expect(idFor("How much?", new Set(), "q")).toBe("how-much");
    expect(idFor("Größe", new Set(["gro-e"]), "q")).toMatch(/^gr/);
    expect(idFor("???", new Set(["q"]), "q")).toBe("q-2");
    const question = newQuestion("single", "Occluded?", new Set(["occluded"]));
    const draft = changeClass(four(), 1, { questions: [question] });
    expect(question.id).toBe("occluded-2");
    expect(questionIds(draft)).toEqual(new Set(["occluded-2"]));
    expect(publishedIds(draft)).toEqual(new Set(["occluded-2", "occluded-2/option-1"]));
    expect(ontologyFromJson(draft)).toEqual(draft);
  });

  test.each(["single", "multiple", "text", "number", "boolean", "date"] as const)("a new %s is a question", (kind) => {
    const draft = { ...four(), questions: [newQuestion(kind, "Any", new Set())] };
    expect(ontologyFromJson(draft)).toEqual(draft);
  });

  test("lists are changed at a place", () => {
    expect(withEntry(["a", "b"], 0, "c")).toEqual(["c", "b"]);
    expect(withEntry(["a", "b"], 1, null)).toEqual(["a"]);
    expect(withStep(["a", "b", "c"], 0, 1)).toEqual(["b", "a", "c"]);
    expect(withStep(["a", "b"], 0, -1)).toEqual(["a", "b"]);
  });
});

describe("rules", () => {
  test("a cell goes round: priority, forbidden, allowed", () => {
    let draft = four();
    const seen = [];
    for (let i = 0; i < 4; i++) {
      seen.push(cellOf(draft, 0, 1));
      draft = withCell(draft, 0, 1, nextCell[cellOf(draft, 0, 1)]);
      expect(ontologyFromJson(draft)).toEqual(draft);
    }
    expect(seen).toEqual(["priority", "forbid", "allow", "priority"]);
  });

  test("layers and relations are added with ids of their own", () => {
    const draft = addLayer(addLayer(four(), "Parts"), "Parts");
    expect(draft.layers.map((layer) => layer.name)).toEqual(["main", "parts", "parts-2"]);
    expect(changeLayer(changeLayer(draft, "parts-2", null), "parts", "Organs").layers[1]).toEqual({
      name: "parts",
      title: "Organs",
    });
    const related = addRelation(addRelation(draft, "rides"), "rides");
    expect(related.relations.map((relation) => relation.id)).toEqual(["rides", "rides-2"]);
    expect(changeRelation(related, "rides", null).relations).toHaveLength(1);
    expect(ontologyFromJson(related)).toEqual(related);
  });
});
