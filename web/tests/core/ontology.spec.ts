// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { classByNumber, ownSegmentId, takesPixels } from "../../src/core/ontology.ts";
import { ontologyFromJson } from "../../src/core/ontologyJson.ts";
import { mayTake, protectionOf } from "../../src/core/protection.ts";
import { codeOf } from "./codeOf.ts";

const sky = { number: 1, name: "sky", kind: "stuff", layer: "main", colour: "#0A0b0C", key: "1", retired: false };
const car = { number: 9, name: "car", kind: "thing", layer: "main", colour: "#112233" };
const good = { version: 3, layers: [{ name: "main", title: "Main" }], classes: [sky, car] };
const single = { id: "q", title: "Q", kind: "single", options: [{ id: "a", title: "A" }] };

const nested = (depth: number): unknown =>
  depth === 0 ? [] : [{ ...single, id: `q${depth}`, options: [{ id: "a", title: "A", questions: nested(depth - 1) }] }];

describe("ontology", () => {
  test("is read with what may be missing", () => {
    const ontology = ontologyFromJson({ ...good, questions: [single] });
    const rest = { key: null, retired: false, parent: null, geometry: ["mask"], priority: 0, description: "" };
    expect(ontology.classes[1]).toEqual({ ...car, ...rest, questions: [] });
    expect(ontology.classes[0].colour).toBe("#0A0B0C");
    expect(ontology.classes.map(ownSegmentId)).toEqual([1, null]);
    expect(classByNumber(ontology, 9)?.name).toBe("car");
    expect(classByNumber(ontology, 2)).toBeUndefined();
    expect([ontology.questions_when, ontology.relations, ontology.protection]).toEqual(["last", [], []]);
    const asked = { required: false, default: null, retired: false, help: "" };
    expect(ontology.questions).toEqual([
      { ...single, ...asked, options: [{ id: "a", title: "A", retired: false, questions: [] }] },
    ]);
  });

  test("reads what it has read, and a class without a colour gets the next free one", () => {
    const { colour: _, ...plain } = car;
    const once = ontologyFromJson({ ...good, classes: [{ ...sky, colour: "#2c9ef3" }, plain] });
    expect(once.classes[1].colour).toBe("#CF5200");
    expect(ontologyFromJson(JSON.parse(JSON.stringify(once)))).toEqual(once);
  });

  test("a class without a mask takes no pixels", () => {
    const group = ontologyFromJson({ ...good, classes: [{ ...car, geometry: [] }] });
    expect(takesPixels(group.classes[0])).toBe(false);
  });

  test.each([
    ["bad_ontology", null],
    ["bad_ontology", { ...good, later: "unknown" }],
    ["bad_ontology", { ...good, layers: {} }],
    ["bad_ontology", { ...good, classes: [{ ...sky, key: 1 }] }],
    ["bad_ontology", { ...good, version: "3" }],
    ["bad_ontology", { ...good, questions_when: "never" }],
    ["duplicate_layer", { ...good, layers: [good.layers[0], good.layers[0]] }],
    ["duplicate_class_number", { ...good, classes: [sky, { ...car, number: 1 }] }],
    ["duplicate_class_name", { ...good, classes: [sky, { ...car, name: "sky" }] }],
    ["duplicate_key", { ...good, classes: [sky, { ...car, key: "1" }] }],
    ["bad_class_number", { ...good, classes: [{ ...sky, number: 0 }] }],
    ["bad_class_kind", { ...good, classes: [{ ...sky, kind: "blob" }] }],
    ["bad_class_name", { ...good, classes: [{ ...sky, name: " " }] }],
    ["unknown_layer", { ...good, classes: [{ ...sky, layer: "parts" }] }],
    ["bad_colour", { ...good, classes: [{ ...sky, colour: "red" }] }],
    ["bad_key", { ...good, classes: [{ ...sky, key: "12" }] }],
    ["unknown_parent", { ...good, classes: [{ ...sky, parent: 2 }] }],
    [
      "parent_cycle",
      {
        ...good,
        classes: [
          { ...sky, parent: 9 },
          { ...car, parent: 1 },
        ],
      },
    ],
    ["bad_geometry", { ...good, classes: [{ ...sky, geometry: ["box"] }] }],
    ["bad_geometry", { ...good, classes: [{ ...car, geometry: ["box", "mask"] }] }],
    ["bad_priority", { ...good, classes: [{ ...car, priority: 1001 }] }],
    ["bad_description", { ...good, classes: [{ ...car, description: "x".repeat(2001) }] }],
    ["bad_question", { ...good, questions: [{ ...single, id: "Q" }] }],
    ["bad_question", { ...good, questions: [{ id: "n", title: "N", kind: "number", min: 2, max: 1 }] }],
    ["bad_ontology", { ...good, questions: [{ ...single, unit: "m" }] }],
    ["bad_option", { ...good, questions: [{ ...single, options: [] }] }],
    ["duplicate_option", { ...good, questions: [{ ...single, options: [...single.options, ...single.options] }] }],
    ["bad_default", { ...good, questions: [{ ...single, default: "b" }] }],
    ["duplicate_question", { ...good, questions: [single], classes: [{ ...car, questions: [single] }] }],
    ["too_deep", { ...good, questions: nested(17) }],
    ["bad_relation", { ...good, relations: [{ id: "R", title: "r" }] }],
    ["unknown_class", { ...good, relations: [{ id: "r", title: "r", to: [4] }] }],
    ["bad_protection", { ...good, protection: [{ taker: 1, owner: 0, allow: true }] }],
    ["unknown_class", { ...good, protection: [{ taker: 4, owner: 1, allow: true }] }],
  ])("%s", (code, value) => {
    expect(codeOf(() => ontologyFromJson(value))).toBe(code);
  });

  test("questions nest to 16", () => {
    expect(codeOf(() => ontologyFromJson({ ...good, questions: nested(16) }))).toBeNull();
  });
});

describe("protection", () => {
  const classes = [
    { number: 1, priority: 0 },
    { number: 2, priority: 5 },
    { number: 3, priority: 5 },
  ];

  test("the rule for the pair decides, else the priorities", () => {
    const ontology = {
      classes,
      protection: [
        { taker: 1, owner: 2, allow: true },
        { taker: 0, owner: 3, allow: false },
      ],
    };
    const rows = [0, 1, 2, 3].map((taker) => [0, 1, 2, 3].map((owner) => mayTake(ontology, taker, owner)));
    expect(rows).toEqual([
      [true, true, true, false],
      [true, true, true, false],
      [true, true, true, true],
      [true, true, true, true],
    ]);
  });

  test("unlabelled is free, its own is free, and open means that nobody is ever refused", () => {
    const aNumber = fc.constantFrom(1, 2, 3);
    const aRule = fc.record({ taker: fc.constantFrom(0, 1, 2, 3), owner: aNumber, allow: fc.boolean() });
    const priorities = fc.tuple(fc.nat(1), fc.nat(1), fc.nat(1));
    fc.assert(
      fc.property(priorities, fc.uniqueArray(aRule, { selector: (r) => `${r.taker} ${r.owner}` }), (given, rules) => {
        const numbered = given.map((priority, i) => ({ number: i + 1, priority }));
        const protection = protectionOf({ classes: numbered, protection: rules });
        for (const taker of [0, 1, 2, 3]) {
          expect(protection.mayTake(taker, 0)).toBe(true);
          if (taker !== 0) expect(protection.mayTake(taker, taker)).toBe(true);
          for (const owner of [1, 2, 3]) {
            if (owner === taker) continue;
            const rule = rules.find((entry) => entry.taker === taker && entry.owner === owner);
            const wanted = rule?.allow ?? (taker === 0 || given[taker - 1] >= given[owner - 1]);
            expect(protection.mayTake(taker, owner)).toBe(wanted);
            if (protection.open) expect(wanted).toBe(true);
          }
        }
      }),
    );
  });
});
