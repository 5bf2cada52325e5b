// SPDX-License-Identifier: Apache-2.0
/** The examples that Python writes for contract/ontology.md; `evolve` is the server's alone. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { IntarsiaError } from "../../src/core/errors.ts";
import type { Json } from "../../src/core/json.ts";
import { ontologyFromJson } from "../../src/core/ontologyJson.ts";
import { protectionOf } from "../../src/core/protection.ts";
import { questionsFromJson } from "../../src/core/questionJson.ts";
import { answerShown, checkAnswer, missingAnswers, openQuestions } from "../../src/core/questions.ts";
import type { Answers } from "../../src/core/segment.ts";
import type { Case, VectorFile } from "./vectors/format.ts";

const RUNS: { readonly [name: string]: (input: Case["input"]) => object } = {
  read_ontology: (input) => ({ ontology: ontologyFromJson(input.ontology) }),
  check_answer: (input) => {
    const [question] = questionsFromJson([input.question], "question");
    checkAnswer(question, input.value);
    return {};
  },
  open_questions: (input) => {
    const questions = questionsFromJson(input.questions, "questions");
    const answers = input.answers as Answers;
    const open = openQuestions(questions, answers);
    const shown = open.map((question): [string, Json] => [question.id, answerShown(question, answers)]);
    return {
      open: open.map(({ id }) => id),
      missing: missingAnswers(questions, answers).map(({ id }) => id),
      shown: Object.fromEntries(shown.filter(([, value]) => value !== null)),
    };
  },
  may_take: (input) => {
    const ontology = ontologyFromJson(input.ontology);
    const protection = protectionOf(ontology);
    const numbers = [0, ...ontology.classes.map((entry) => entry.number)];
    const pairs = numbers.flatMap((taker) => numbers.map((owner) => [taker, owner]));
    return { allowed: pairs.filter(([taker, owner]) => protection.mayTake(taker, owner)) };
  },
};

function result(input: Case["input"]): object {
  try {
    return RUNS[input.do](input);
  } catch (error) {
    if (error instanceof IntarsiaError) return { error: error.code };
    throw error;
  }
}

const url = new URL("../../../contract/vectors/ontology/python.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(url, "utf8")) as VectorFile;

test.each(cases.filter((c) => c.input.do !== "evolve").map((c) => [c.name, c] as const))("%s", (_, c) => {
  expect(result(c.input)).toEqual(c.expected);
});
