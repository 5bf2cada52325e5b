// SPDX-License-Identifier: Apache-2.0
/** Random questions, nested, with ids of their own; and answers to them, right, wrong and missing. */
import fc from "fast-check";
import type { Json } from "../../src/core/json.ts";
import type { Question } from "../../src/core/ontology.ts";
import { allQuestions, checkAnswer } from "../../src/core/questions.ts";
import { codeOf } from "./codeOf.ts";

type Bare =
  | { readonly kind: "text" | "number" | "boolean" | "date"; readonly required: boolean; readonly retired: boolean }
  | {
      readonly kind: "single" | "multiple";
      readonly required: boolean;
      readonly retired: boolean;
      readonly chosen: readonly number[];
      readonly options: readonly { readonly retired: boolean; readonly questions: readonly Bare[] }[];
    };

const flags = { required: fc.boolean(), retired: fc.boolean() };

const { list } = fc.letrec<{ list: readonly Bare[]; one: Bare }>((tie) => ({
  one: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constantFrom("text", "number", "boolean", "date"), ...flags }) as fc.Arbitrary<Bare>,
    fc.record({
      kind: fc.constantFrom("single", "multiple"),
      ...flags,
      chosen: fc.array(fc.nat(2), { maxLength: 2 }),
      options: fc.array(fc.record({ retired: fc.boolean(), questions: tie("list") }), { minLength: 1, maxLength: 3 }),
    }) as fc.Arbitrary<Bare>,
  ),
  list: fc.array(tie("one"), { maxLength: 3, depthIdentifier: "questions" }),
}));

/** Gives every question and option an id, and some choices a default. */
export const someQuestions: fc.Arbitrary<readonly Question[]> = list.map((bare) => {
  let ids = 0;
  const named = (entry: Bare): Question => {
    const base = { id: `q${++ids}`, title: "?", required: entry.required, retired: entry.retired, help: "" };
    switch (entry.kind) {
      case "single":
      case "multiple": {
        const options = entry.options.map((option, i) => ({
          id: `o${i}`,
          title: "o",
          retired: option.retired,
          questions: option.questions.map(named),
        }));
        const chosen = [...new Set(entry.chosen)].filter((i) => i < options.length).map((i) => `o${i}`);
        const value: Json = chosen.length === 0 ? null : entry.kind === "single" ? chosen[0] : chosen;
        return { ...base, kind: entry.kind, default: value, options };
      }
      case "text":
        return { ...base, kind: "text", default: null, max_chars: 5 };
      case "number":
        return { ...base, kind: "number", default: null, min: 0, max: 9, step: null, unit: "m" };
      default:
        return { ...base, kind: entry.kind, default: null };
    }
  };
  return bare.map(named);
});

export const aValue: fc.Arbitrary<Json> = fc.constantFrom<Json>(
  null, true, 3, 12, "o0", "o1", "word", "2024-02-29", "2023-02-29", "", ["o0"], ["o1", "o0"], ["o0", "o0"], [], {},
); // biome-ignore format: one list of values

/** Questions, and answers to some of them. */
export const asked: fc.Arbitrary<{ questions: readonly Question[]; answers: { readonly [id: string]: Json } }> =
  someQuestions.chain((questions) => {
    const ids = allQuestions(questions).map((question) => question.id);
    const answers = fc.dictionary(ids.length === 0 ? fc.constant("none") : fc.constantFrom(...ids), aValue);
    return answers.map((given) => ({ questions, answers: given }));
  });

export const isTaken = (question: Question, value: unknown): boolean =>
  codeOf(() => checkAnswer(question, value)) === null;
