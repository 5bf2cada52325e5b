// SPDX-License-Identifier: Apache-2.0
/** What the questions panel lists for one owner and for many, and what typed text means. */
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import type { NumberQuestion, Question } from "../../src/core/ontology.ts";
import type { Questionnaire } from "../../src/editor/state.ts";
import { entriesOf, optionsOf, pressed, retiredEntriesOf, textOf, typed } from "../../src/ui/questionEntries.ts";
import { questionWords } from "../../src/ui/questionWords.ts";

const base = { required: true, default: null, retired: false, help: "" };
const percent: NumberQuestion = {
  ...base,
  id: "percent",
  title: "%",
  kind: "number",
  min: 0,
  max: 100,
  step: 5,
  unit: "%",
};
const option = (id: string, questions: readonly Question[] = [], retired = false) => ({
  id,
  title: id,
  retired,
  questions,
});
const how: Question = {
  ...base,
  id: "how",
  title: "How",
  kind: "single",
  options: [option("not"), option("partly", [percent]), option("gone", [], true)],
};
const seen: Question = {
  ...base,
  id: "seen",
  title: "Seen",
  kind: "multiple",
  required: false,
  options: [option("front"), option("back")],
};
const moving: Question = { ...base, id: "moving", title: "Moving", kind: "boolean", default: false };
const old: Question = { ...base, id: "old", title: "Old", kind: "text", max_chars: 5, retired: true };
const questions = [how, seen, moving, old];

const asked = (...answers: readonly { readonly [id: string]: Json }[]): Questionnaire => ({
  of: "selection",
  owner: "1",
  name: "Car 1",
  className: "Car",
  first: false,
  left: 0,
  questions,
  answers,
});

const entry = (of: Questionnaire, id: string) => entriesOf(of).find(({ question }) => question.id === id)!;

describe("entries", () => {
  test("of one: nested below, missing, default", () => {
    const one = asked({ how: "partly" });
    expect(
      entriesOf(one).map(({ question, depth, missing, isDefault }) => [question.id, depth, missing, isDefault]),
    ).toEqual([
      ["how", 0, false, false],
      ["percent", 1, true, false],
      ["seen", 0, false, false],
      ["moving", 0, false, true],
    ]);
  });

  test("of many: different values, and only what is asked of all", () => {
    const many = asked({ how: "partly", percent: 5 }, { how: "not" });
    expect(entriesOf(many).map(({ question }) => question.id)).toEqual(["how", "seen", "moving"]);
    expect(entry(many, "how")).toMatchObject({ different: true, value: null, missing: false });
    const alike = asked({ how: "partly", percent: 5 }, { how: "partly" });
    expect(entry(alike, "percent")).toMatchObject({ different: true, missing: true });
  });

  test("retired questions only with an answer", () => {
    expect(retiredEntriesOf(asked({}))).toEqual([]);
    expect(retiredEntriesOf(asked({ old: "x" })).map(({ question, value }) => [question.id, value])).toEqual([
      ["old", "x"],
    ]);
  });
});

describe("options", () => {
  test("a retired one is shown where it was chosen, and one of some is mixed", () => {
    expect(optionsOf(how, [{}]).map(({ id }) => id)).toEqual(["not", "partly"]);
    expect(optionsOf(how, [{ how: "gone" }]).map(({ id, state }) => `${id} ${state}`)).toEqual([
      "not off",
      "partly off",
      "gone on",
    ]);
    expect(optionsOf(seen, [{ seen: ["back"] }, {}]).map(({ state }) => state)).toEqual(["off", "mixed"]);
    expect(optionsOf(moving, [{}]).map(({ id, state }) => `${id} ${state}`)).toEqual(["true off", "false on"]);
  });

  test("pressing chooses, adds, and takes back", () => {
    const press = (of: Questionnaire, id: string, at: number): Json =>
      pressed(entry(of, id), optionsOf(entry(of, id).question, of.answers)[at]);
    expect(press(asked({}), "how", 1)).toBe("partly");
    expect(press(asked({ how: "not" }), "how", 0)).toBeNull();
    expect(press(asked({}), "seen", 1)).toEqual(["back"]);
    expect(press(asked({ seen: ["back"] }), "seen", 0)).toEqual(["back", "front"]);
    expect(press(asked({ seen: ["back"] }), "seen", 1)).toBeNull();
    expect(press(asked({}), "moving", 0)).toBe(true);
    // What is shown by default is stored by pressing it, and taken back by pressing it again.
    expect(press(asked({}), "moving", 1)).toBe(false);
    expect(press(asked({ moving: false }), "moving", 1)).toBeNull();
  });
});

describe("typed", () => {
  const text: Question = { ...base, id: "t", title: "T", kind: "text", max_chars: 5 };
  const date: Question = { ...base, id: "d", title: "D", kind: "date" };
  const tenth: Question = { ...percent, min: null, max: null, step: 0.1 };
  test.each<[Question, string, Json]>([
    [text, " ab ", "ab"],
    [text, "  ", null],
    [text, "a\r\nb", "a\nb"],
    [percent, "15", 15],
    [percent, " +5.0", 5],
    [percent, "", null],
    [tenth, "0.3", 0.3],
    [tenth, "-1e1", -10],
    [date, "2024-02-29", "2024-02-29"],
    [date, "", null],
  ])("%o %j", (question, input, answer) => {
    expect(typed(question, input)).toEqual({ answer });
  });

  test.each<[Question, string, string]>([
    [text, "abcdef", questionWords.tooLong(6, 5)],
    [text, "a\u0007", questionWords.notText],
    [percent, "1,5", questionWords.notNumber],
    [percent, "0x10", questionWords.notNumber],
    [percent, "105", "Write a number, 0 to 100 %."],
    [percent, "12", "This is between two steps. The nearest is 10."],
    [tenth, "1e999", "Write a number, in %."],
    [date, "2023-02-29", questionWords.notDay],
  ])("%o %j is refused", (question, input, problem) => {
    expect(typed(question, input)).toEqual({ problem });
  });

  test("answers as text", () => {
    expect([textOf(how, "partly"), textOf(seen, ["back", "gone"]), textOf(moving, true), textOf(percent, 0.5)]).toEqual(
      ["partly", "back, gone", "Yes", "0.5"],
    );
  });
});
