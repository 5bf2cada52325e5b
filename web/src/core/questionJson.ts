// SPDX-License-Identifier: Apache-2.0
/** Questions of a JSON document, read strictly, with what may be missing filled in. */
import { isRecord, type Json } from "./json.ts";
import { QUESTION_KINDS, type Question, type QuestionKind, type QuestionOption } from "./ontology.ts";
import {
  booleanAt,
  type Fields,
  given,
  listAt,
  numberOrNullAt,
  objectAt,
  refuse,
  textAt,
  wholeAt,
} from "./ontologyRead.ts";

const QUESTION_DEPTH_MAX = 16;
const TEXT_DEFAULT_MAX_CHARS = 500;
const NEEDED_KEYS = ["id", "title", "kind"];
const COMMON_KEYS = ["required", "default", "retired", "help"];
const OWN_KEYS: Readonly<Record<QuestionKind, readonly string[]>> = {
  single: ["options"],
  multiple: ["options"],
  text: ["max_chars"],
  number: ["min", "max", "step", "unit"],
  boolean: [],
  date: [],
};

export function questionsFromJson(value: unknown, where: string, depth = 1): readonly Question[] {
  const list = listAt(value, where);
  if (list.length > 0 && depth > QUESTION_DEPTH_MAX)
    refuse("too_deep", `Questions nest at most ${QUESTION_DEPTH_MAX} deep.`, where);
  return list.map((entry, i) => questionFromJson(entry, `${where}[${i}]`, depth));
}

function questionFromJson(value: unknown, where: string, depth: number): Question {
  const named = isRecord(value) ? value.kind : undefined;
  const kind = QUESTION_KINDS.find((known) => known === named);
  if (kind === undefined) {
    if (named === undefined) objectAt(value, where, NEEDED_KEYS, COMMON_KEYS);
    return refuse("bad_question", `A question is one of ${QUESTION_KINDS.join(", ")}.`, where);
  }
  const needed = kind === "single" || kind === "multiple" ? [...NEEDED_KEYS, "options"] : NEEDED_KEYS;
  const fields = objectAt(value, where, needed, [...COMMON_KEYS, ...OWN_KEYS[kind]]);
  return {
    id: textAt(fields.id, `${where}.id`),
    title: textAt(fields.title, `${where}.title`),
    required: booleanAt(given(fields, "required", false), `${where}.required`),
    default: given(fields, "default", null) as Json,
    retired: booleanAt(given(fields, "retired", false), `${where}.retired`),
    help: textAt(given(fields, "help", ""), `${where}.help`),
    ...ownFields(kind, fields, where, depth),
  } as Question;
}

function ownFields(kind: QuestionKind, fields: Fields, where: string, depth: number): object {
  switch (kind) {
    case "single":
    case "multiple": {
      const options = listAt(fields.options, `${where}.options`);
      return { kind, options: options.map((entry, i) => optionFromJson(entry, `${where}.options[${i}]`, depth)) };
    }
    case "text":
      return { kind, max_chars: wholeAt(given(fields, "max_chars", TEXT_DEFAULT_MAX_CHARS), `${where}.max_chars`) };
    case "number": {
      const bound = (key: string): number | null => numberOrNullAt(given(fields, key, null), `${where}.${key}`);
      const unit = textAt(given(fields, "unit", ""), `${where}.unit`);
      return { kind, min: bound("min"), max: bound("max"), step: bound("step"), unit };
    }
    default:
      return { kind };
  }
}

function optionFromJson(value: unknown, where: string, depth: number): QuestionOption {
  const fields = objectAt(value, where, ["id", "title"], ["retired", "questions"]);
  return {
    id: textAt(fields.id, `${where}.id`),
    title: textAt(fields.title, `${where}.title`),
    retired: booleanAt(given(fields, "retired", false), `${where}.retired`),
    questions: questionsFromJson(given(fields, "questions", []), `${where}.questions`, depth + 1),
  };
}
