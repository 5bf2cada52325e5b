// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Json } from "../../src/core/json.ts";
import type { Question } from "../../src/core/ontology.ts";
import {
  allQuestions,
  answerShown,
  checkAnswer,
  isDay,
  missingAnswers,
  openQuestions,
  retiredAnswered,
  walk,
} from "../../src/core/questions.ts";
import { codeOf } from "./codeOf.ts";
import { asked, isTaken } from "./questionArbitraries.ts";

const base = { title: "?", required: true, default: null, retired: false, help: "" };
const how: Question = {
  ...base,
  id: "how",
  kind: "single",
  options: [
    { id: "not", title: "Not", retired: false, questions: [] },
    {
      id: "mostly",
      title: "Mostly",
      retired: false,
      questions: [{ ...base, id: "percent", kind: "number", min: 0, max: 100, step: 5, unit: "%" }],
    },
  ],
};

/** Naive: a question is open when nothing on the way to it is retired and every option on it is in the answer. */
function openByPath(questions: readonly Question[], answers: { readonly [id: string]: Json }): string[] {
  const paths: { readonly id: string; readonly open: boolean }[] = [];
  const visit = (list: readonly Question[], open: boolean): void => {
    for (const question of list) {
      const here = open && !question.retired;
      paths.push({ id: question.id, open: here });
      if (!("options" in question)) continue;
      const value = answers[question.id] ?? question.default;
      for (const option of question.options) {
        const single = question.kind === "single" && value === option.id;
        const multiple = question.kind === "multiple" && Array.isArray(value) && value.includes(option.id);
        visit(option.questions, here && (single || multiple));
      }
    }
  };
  visit(questions, true);
  return paths.filter((path) => path.open).map((path) => path.id);
}

describe("open questions", () => {
  test("an option opens its questions, and only while it is chosen", () => {
    expect(openQuestions([how], {}).map(({ id }) => id)).toEqual(["how"]);
    expect(walk([how], { how: "mostly" }).map(({ question, depth }) => [question.id, depth])).toEqual([
      ["how", 0],
      ["percent", 1],
    ]);
    expect(missingAnswers([how], { how: "mostly" }).map(({ id }) => id)).toEqual(["percent"]);
    expect(missingAnswers([how], { how: "not", percent: 7 })).toEqual([]);
  });

  test("are those to which every step is open, in order", () => {
    fc.assert(
      fc.property(asked, ({ questions, answers }) => {
        expect(openQuestions(questions, answers).map(({ id }) => id)).toEqual(openByPath(questions, answers));
      }),
    );
  });

  test("missing ones are open, required and without anything to show", () => {
    fc.assert(
      fc.property(asked, ({ questions, answers }) => {
        const open = new Set(openByPath(questions, answers));
        const missing = allQuestions(questions)
          .filter((q) => open.has(q.id) && q.required && (answers[q.id] ?? q.default) === null)
          .map((q) => q.id);
        expect(missingAnswers(questions, answers).map(({ id }) => id)).toEqual(missing);
      }),
    );
  });

  test("retired ones are kept apart, when they were answered", () => {
    const retired: Question = { ...base, id: "old", kind: "boolean", retired: true };
    expect(retiredAnswered([how, retired], { old: true }).map(({ id }) => id)).toEqual(["old"]);
    expect(retiredAnswered([how, retired], {})).toEqual([]);
  });
});

describe("answers", () => {
  const text: Question = { ...base, id: "t", kind: "text", max_chars: 3 };
  const many: Question = { ...how, id: "many", kind: "multiple" } as Question;
  const number: Question = { ...base, id: "n", kind: "number", min: -1, max: 1, step: null, unit: "" };
  test.each<[string, Question, readonly unknown[], readonly unknown[]]>([
    ["single", how, ["not", "mostly"], ["other", "", null, ["not"], 0]],
    ["multiple", many, [["not"], ["mostly", "not"]], [[], ["not", "not"], ["x"], "not", null]],
    ["text", text, ["a", "äöü", "😀😀😀", "a\nb"], ["", "abcd", 1, null, "\u0000", "\ud800"]],
    ["number", number, [0, -1, 1, 0.25], [1.5, Number.NaN, Number.POSITIVE_INFINITY, "0", null, true]],
    ["boolean", { ...base, id: "b", kind: "boolean" }, [true, false], [0, "true", null]],
    ["date", { ...base, id: "d", kind: "date" }, ["2024-02-29", "0001-01-01"], ["2023-02-29", "2024-1-1", "", 5]],
  ])("%s", (_kind, question, good, bad) => {
    for (const value of good) expect([value, isTaken(question, value)]).toEqual([value, true]);
    for (const value of bad) expect([value, isTaken(question, value)]).toEqual([value, false]);
    expect(codeOf(() => checkAnswer(question, {}))).toBe("bad_answer");
  });

  test("a retired option is still an answer: work is kept", () => {
    const old: Question = {
      ...how,
      options: [{ id: "gone", title: "Gone", retired: true, questions: [] }],
    } as Question;
    expect(isTaken({ ...old, retired: true }, "gone")).toBe(true);
  });

  test("the default shows when nothing is stored", () => {
    const question: Question = { ...how, default: "not" };
    expect(answerShown(question, {})).toBe("not");
    expect(answerShown(question, { how: "mostly" })).toBe("mostly");
    expect(missingAnswers([question], {})).toEqual([]);
  });

  test("days are those of the calendar", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.nat(14), fc.nat(33), (year, month, day) => {
        const two = (value: number): string => String(value).padStart(2, "0");
        const iso = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
        const date = new Date(`${iso}T00:00:00Z`);
        const exists = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(iso);
        expect([iso, isDay(iso)]).toEqual([iso, exists]);
      }),
    );
  });
});
