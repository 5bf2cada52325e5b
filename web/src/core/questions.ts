// SPDX-License-Identifier: Apache-2.0
/** Which questions are open, which lack an answer, and what is an answer (contract/ontology.md). */
import { EditError } from "./errors.ts";
import type { Json } from "./json.ts";
import type { ChoiceQuestion, Question } from "./ontology.ts";
import type { Answers } from "./segment.ts";

/** The answer stored, else the default, else null. A stored null counts as no answer. */
export function answerShown(question: Question, answers: Answers): Json {
  return (Object.hasOwn(answers, question.id) ? answers[question.id] : null) ?? question.default;
}

/** Those not retired, depth first in order, going into the options that the answer or the default has. */
export function openQuestions(questions: readonly Question[], answers: Answers): readonly Question[] {
  return walk(questions, answers).map(({ question }) => question);
}

/** An open question, and how many options deep it stands. */
export interface OpenQuestion {
  readonly question: Question;
  readonly depth: number;
}

export function walk(questions: readonly Question[], answers: Answers, depth = 0): readonly OpenQuestion[] {
  const found: OpenQuestion[] = [];
  for (const question of questions) {
    if (question.retired) continue;
    found.push({ question, depth });
    if (question.kind !== "single" && question.kind !== "multiple") continue;
    const shown = answerShown(question, answers);
    for (const option of question.options) {
      const chosen =
        question.kind === "single" ? shown === option.id : Array.isArray(shown) && shown.includes(option.id);
      if (chosen) found.push(...walk(option.questions, answers, depth + 1));
    }
  }
  return found;
}

/** Open, required, neither answered nor defaulted. */
export function missingAnswers(questions: readonly Question[], answers: Answers): readonly Question[] {
  return openQuestions(questions, answers).filter(
    (question) => question.required && answerShown(question, answers) === null,
  );
}

/** Every question, retired and nested ones too, depth first in order. */
export function allQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.flatMap((question) => [
    question,
    ...("options" in question ? question.options.flatMap((option) => allQuestions(option.questions)) : []),
  ]);
}

/** Retired questions that have an answer: kept and shown flagged. */
export function retiredAnswered(questions: readonly Question[], answers: Answers): readonly Question[] {
  return allQuestions(questions).filter((question) => question.retired && Object.hasOwn(answers, question.id));
}

/** Throws `bad_answer` when the value is no answer to the question. Retired questions and options are taken. */
export function checkAnswer(question: Question, value: unknown): void {
  if (!isAnswer(question, value)) throw new EditError("bad_answer", `question ${question.id}`);
}

export function isAnswer(question: Question, value: unknown): boolean {
  switch (question.kind) {
    case "single":
      return question.options.some((option) => option.id === value);
    case "multiple":
      return isChoice(question, value);
    case "text":
      return typeof value === "string" && value !== "" && isPlainText(value) && [...value].length <= question.max_chars;
    case "number":
      return typeof value === "number" && Number.isFinite(value) && inRange(value, question.min, question.max);
    case "boolean":
      return typeof value === "boolean";
    case "date":
      return typeof value === "string" && isDay(value);
  }
}

/** At least one, each once, in any order. */
function isChoice(question: ChoiceQuestion, value: unknown): boolean {
  if (!Array.isArray(value) || value.length === 0 || new Set(value).size < value.length) return false;
  return value.every((id) => question.options.some((option) => option.id === id));
}

/** Tab and line feed are the only control characters, and no half of a surrogate pair is in it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const isPlainText = (text: string): boolean => !/[\u0000-\u0008\u000b-\u001f\u007f]|\p{Surrogate}/u.test(text);

const inRange = (value: number, min: number | null, max: number | null): boolean =>
  (min === null || value >= min) && (max === null || value <= max);

/** `YYYY-MM-DD` of the Gregorian calendar, years 0001 to 9999. */
export function isDay(text: string): boolean {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return day <= days[month - 1];
}
