// SPDX-License-Identifier: Apache-2.0
/** What the questions of an ontology must keep: ids, options, ranges, defaults and depth. */
import type { Ontology, Question } from "./ontology.ts";
import { refuse } from "./ontologyRead.ts";
import { isAnswer, isPlainText } from "./questions.ts";

export { isPlainText } from "./questions.ts";
export const ID_PATTERN = /^[a-z0-9][a-z0-9_-]{0,63}$/;
export const TITLE_MAX_CHARS = 200;
export const QUESTION_DEPTH_MAX = 16;
export const ANSWER_TEXT_MAX_CHARS = 10_000;
const QUESTIONS_MAX = 5000;
const OPTIONS_MAX = 1000;
const HELP_MAX_CHARS = 2000;
const UNIT_MAX_CHARS = 32;

/** Throws `OntologyError`. The ids of all questions are looked at together: answers are one flat map. */
export function checkQuestions(ontology: Pick<Ontology, "questions" | "classes">): void {
  const seen = new Set<string>();
  for (const questions of [ontology.questions, ...ontology.classes.map((entry) => entry.questions)])
    checkAll(questions, seen, 1);
}

function checkAll(questions: readonly Question[], seen: Set<string>, depth: number): void {
  if (questions.length > 0 && depth > QUESTION_DEPTH_MAX)
    refuse("too_deep", `Questions nest at most ${QUESTION_DEPTH_MAX} deep.`, questions[0].id);
  for (const question of questions) {
    const where = `question ${question.id}`;
    if (seen.has(question.id)) refuse("duplicate_question", "Two questions have this id.", where);
    seen.add(question.id);
    if (seen.size > QUESTIONS_MAX)
      refuse("too_many_questions", `An ontology has at most ${QUESTIONS_MAX} questions.`, where);
    checkQuestion(question, where);
    if (question.kind === "single" || question.kind === "multiple")
      for (const option of question.options) checkAll(option.questions, seen, depth + 1);
  }
}

function checkQuestion(question: Question, where: string): void {
  if (!ID_PATTERN.test(question.id))
    refuse("bad_question", "The id of a question is made of a-z, 0-9, - and _, at most 64 characters.", where);
  checkTitle(question.title, "bad_question", where);
  if ([...question.help].length > HELP_MAX_CHARS || !isPlainText(question.help))
    refuse("bad_question", "A help text has at most 2,000 characters.", where);
  if (question.kind === "single" || question.kind === "multiple") checkOptions(question.options, where);
  if (question.kind === "text" && (question.max_chars < 1 || question.max_chars > ANSWER_TEXT_MAX_CHARS))
    refuse("bad_question", "A text admits 1 to 10,000 characters.", where);
  if (question.kind === "number") {
    const { min, max, step, unit } = question;
    if (min !== null && max !== null && min > max) refuse("bad_question", "The range ends before it begins.", where);
    if (step !== null && step <= 0) refuse("bad_question", "A step is above 0.", where);
    if ([...unit].length > UNIT_MAX_CHARS || hasControl(unit))
      refuse("bad_question", "A unit has at most 32 characters.", where);
  }
  if (question.default !== null && !isAnswer(question, question.default))
    refuse("bad_default", "The default is not an answer to the question.", where);
}

function checkOptions(options: readonly { readonly id: string; readonly title: string }[], where: string): void {
  if (options.length < 1 || options.length > OPTIONS_MAX)
    refuse("bad_option", `A choice has 1 to ${OPTIONS_MAX} options.`, where);
  const seen = new Set<string>();
  for (const { id, title } of options) {
    if (!ID_PATTERN.test(id))
      refuse("bad_option", "The id of an option is made of a-z, 0-9, - and _, at most 64 characters.", where);
    if (seen.has(id)) refuse("duplicate_option", `Two options have the id ${id}.`, where);
    seen.add(id);
    checkTitle(title, "bad_option", where);
  }
}

function checkTitle(text: string, code: string, where: string): void {
  if (text.trim() === "" || [...text].length > TITLE_MAX_CHARS || hasControl(text))
    refuse(code, `A title has 1 to ${TITLE_MAX_CHARS} characters, none of them a control character.`, where);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
export const hasControl = (text: string): boolean => /[\u0000-\u001f\u007f]|\p{Surrogate}/u.test(text);
