// SPDX-License-Identifier: Apache-2.0
/** Answers are edits: one undo step each, for one segment or many, and a submission waits for the required ones. */
import { describe, expect, test } from "vitest";
import type { Question } from "../../src/core/ontology.ts";
import type { OntologyDoc } from "../../src/editor/ports.ts";
import { type Bench, World } from "./bench.ts";
import { CLASSES } from "./fakeServer.ts";

const base = { required: false, default: null, retired: false, help: "" };
const percent: Question = {
  ...base,
  id: "percent",
  title: "How much?",
  kind: "number",
  min: 0,
  max: 100,
  step: null,
  unit: "%",
  required: true,
};
const occluded: Question = {
  ...base,
  id: "occluded",
  title: "Occluded?",
  kind: "single",
  required: true,
  options: [
    { id: "not", title: "Not", retired: false, questions: [] },
    { id: "partly", title: "Partly", retired: false, questions: [percent] },
  ],
};
const seen: Question = {
  ...base,
  id: "seen",
  title: "Seen",
  kind: "multiple",
  options: ["front", "back"].map((id) => ({ id, title: id, retired: false, questions: [] })),
};
const weather: Question = { ...base, id: "weather", title: "Weather", kind: "text", max_chars: 20, required: true };

const asking = {
  version: 2,
  layers: [{ name: "main", title: "Main" }],
  classes: CLASSES.map((entry) => (entry.number === 1 ? { ...entry, questions: [occluded, seen] } : entry)),
};

/** Two cars and a road. */
async function twoCars(ontology: OntologyDoc = asking): Promise<Bench> {
  const world = new World();
  world.server.ontology = ontology;
  const bench = await world.open();
  bench.run("class.choose", 1).run("tool.brush");
  bench
    .stroke([[20, 20]])
    .run("class.choose", 1)
    .stroke([[60, 60]]);
  bench.run("class.choose", 2).stroke([[90, 20]]);
  return bench;
}

const carsOf = (bench: Bench): readonly number[] =>
  bench.state.segments.filter((row) => row.classNumber === 1).map((row) => row.id);

function select(bench: Bench, ids: readonly number[]): Bench {
  bench.run("segment.select", null);
  for (const id of ids) bench.run("segment.toggle-selected", id);
  return bench;
}

const answer = (bench: Bench, question: string, value: unknown, of = "selection"): Bench =>
  bench.run("answers.set", { of, question, answer: value });

const shown = (bench: Bench): readonly object[] => bench.state.questionnaires.selection?.answers ?? [];

describe("questions of the selection", () => {
  test("are those of its class; a road has none", async () => {
    const bench = await twoCars();
    const [first] = carsOf(bench);
    select(bench, [first]);
    expect(bench.state.questionnaires.selection).toMatchObject({
      className: "Car",
      left: 0,
      questions: [occluded, seen],
    });
    select(bench, [2]);
    expect(bench.state.questionnaires.selection).toBeNull();
    bench.key("q");
    expect(bench.state.toast?.text).toBe("Nothing is asked about Road.");
    select(bench, []).key("q");
    expect(bench.state.toast?.text).toBe("Select a segment first.");
  });

  test("Q asks the page for the panel", async () => {
    const bench = await twoCars();
    select(bench, carsOf(bench)).key("q");
    expect(bench.intents.at(-1)).toEqual({ kind: "show-questions", of: "selection" });
  });

  test("a bulk answer is one edit and one undo step, and leaves the road alone", async () => {
    const bench = await twoCars();
    select(bench, [...carsOf(bench), 2]);
    expect(bench.state.questionnaires.selection).toBeNull();
    select(bench, [2, ...carsOf(bench)]);
    expect(bench.state.questionnaires.selection?.left).toBe(1);
    answer(bench, "occluded", "partly");
    expect(shown(bench)).toEqual([{ occluded: "partly" }, { occluded: "partly" }]);
    await bench.wait(3000);
    const [request] = bench.world.server.requests.slice(-1);
    expect(request.edits.at(-1)).toMatchObject({ tool: "answer", pixels: "" });
    expect(request.edits.at(-1)?.segments).toHaveLength(2);
    bench.run("edit.undo");
    expect(shown(bench)).toEqual([{}, {}]);
    bench.run("edit.redo");
    expect(shown(bench)).toEqual([{ occluded: "partly" }, { occluded: "partly" }]);
  });

  test("an answer that is there already makes no edit; null takes one back", async () => {
    const bench = await twoCars();
    const cars = carsOf(bench);
    select(bench, [cars[0]]);
    answer(bench, "seen", ["back", "front"]);
    expect(shown(bench)).toEqual([{ seen: ["front", "back"] }]);
    answer(bench, "seen", ["front", "back"]).run("edit.undo");
    expect(shown(bench)).toEqual([{}]);
    bench.run("edit.redo");
    answer(bench, "seen", null);
    expect(shown(bench)).toEqual([{}]);
    expect(() => answer(bench, "seen", ["side"])).toThrow(TypeError);
    expect(() => answer(bench, "weather", "sun")).toThrow(TypeError);
  });

  test("undo leaves the answer that another window gave to another question", async () => {
    const bench = await twoCars();
    const [car, another] = carsOf(bench);
    answer(select(bench, [car]), "occluded", "not");
    await bench.wait(3000);
    const other = await bench.world.open();
    answer(select(other, [car]), "seen", ["front"]);
    await other.wait(3000);
    // Whoever saves next hears of it.
    answer(select(bench, [another]), "occluded", "not");
    await bench.wait(3000);
    select(bench, [car]);
    expect(shown(bench)).toEqual([{ occluded: "not", seen: ["front"] }]);
    bench.run("edit.undo").run("edit.undo");
    expect(shown(bench)).toEqual([{ seen: ["front"] }]);
    await bench.wait(3000);
    expect(bench.world.server.head.segments.get(car)?.answers).toEqual({ seen: ["front"] });
  });
});

describe("questions on the image", () => {
  const withImage = { ...asking, questions: [weather], questions_when: "first" as const };

  test("are answered in its item, undone, and sent", async () => {
    const bench = await twoCars(withImage);
    expect(bench.state.questionnaires.image).toMatchObject({ first: true, questions: [weather], answers: [{}] });
    bench.key("q", { shift: true, key: "Q" });
    expect(bench.intents.at(-1)).toEqual({ kind: "show-questions", of: "image" });
    answer(bench, "weather", "rain", "image");
    expect(bench.state.questionnaires.image?.answers).toEqual([{ weather: "rain" }]);
    await bench.wait(3000);
    expect(bench.world.server.requests.at(-1)?.edits.at(-1)).toMatchObject({
      items: [{ id: "image", before: { answers: {} }, after: { answers: { weather: "rain" } } }],
    });
    bench.run("edit.undo");
    expect(bench.state.questionnaires.image?.answers).toEqual([{}]);
  });

  test("without any, it says so", async () => {
    const bench = await twoCars();
    bench.key("q", { shift: true, key: "Q" });
    expect(bench.state.toast?.text).toBe("Nothing is asked about the image.");
  });

  test("first or last decides what is gone to first", async () => {
    const first = await twoCars(withImage);
    first.run("questions.missing");
    expect(first.intents.at(-1)).toEqual({ kind: "show-questions", of: "image" });
    const last = await twoCars({ ...withImage, questions_when: "last" });
    last.run("questions.missing");
    expect(last.intents.at(-1)).toEqual({ kind: "show-questions", of: "selection" });
  });
});

describe("submitting", () => {
  test("waits for required answers, counts them, and goes to the first", async () => {
    const bench = await twoCars();
    const [newest, oldest] = carsOf(bench);
    bench.run("image.submit");
    await bench.wait(3000);
    expect(bench.state.toast).toMatchObject({
      text: "2 questions need an answer.",
      action: { label: "Go to first", commandId: "questions.missing" },
    });
    expect(bench.state.taskState).toBe("open");
    bench.run("questions.missing");
    expect(bench.state.segments.filter((row) => row.selected).map((row) => row.id)).toEqual([oldest]);
    expect(bench.intents.at(-1)).toEqual({ kind: "show-questions", of: "selection" });
    answer(bench, "occluded", "not");
    select(bench, [newest]);
    answer(bench, "occluded", "partly").run("image.submit");
    expect(bench.state.toast?.text).toBe("1 question needs an answer.");
    answer(bench, "percent", 40).run("image.submit");
    await bench.wait(3000);
    expect(bench.state.taskState).toBe("submitted");
    answer(bench, "percent", 50);
    expect(shown(bench)).toEqual([{ occluded: "partly", percent: 40 }]);
    bench.run("questions.missing");
    expect(bench.state.toast?.text).toBe("Every question that needs an answer has one.");
  });

  test("a default fulfils what is required, and is not stored", async () => {
    const question = { ...occluded, default: "not" } as Question;
    const classes = CLASSES.map((entry) => (entry.number === 1 ? { ...entry, questions: [question] } : entry));
    const bench = await twoCars({ ...asking, classes });
    bench.run("image.submit");
    await bench.wait(3000);
    expect(bench.state.taskState).toBe("submitted");
    expect(
      [...bench.world.server.head.segments.values()].every(({ answers }) => Object.keys(answers).length === 0),
    ).toBe(true);
  });
});
