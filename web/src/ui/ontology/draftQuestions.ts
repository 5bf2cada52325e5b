// SPDX-License-Identifier: Apache-2.0
/** Changes of questions in a draft, to any depth: a list of questions and a path into it give a new list. */
import type { Ontology, Question, QuestionKind, QuestionOption } from "../../core/ontology.ts";
import { allQuestions } from "../../core/questions.ts";

/** Every question id of the ontology, so that a new one is unique. */
export function questionIds(ontology: Ontology): ReadonlySet<string> {
  const lists = [ontology.questions, ...ontology.classes.map((entry) => entry.questions)];
  return new Set(lists.flatMap((list) => allQuestions(list).map((question) => question.id)));
}

/** Every question and every option ("question/option") that is published. */
export function publishedIds(ontology: Ontology): ReadonlySet<string> {
  const lists = [ontology.questions, ...ontology.classes.map((entry) => entry.questions)];
  return new Set(
    lists
      .flatMap((list) => allQuestions(list))
      .flatMap((question) => [
        question.id,
        ...("options" in question ? question.options.map((option) => `${question.id}/${option.id}`) : []),
      ]),
  );
}

/** An id made of a title: "How much?" → "how-much", or "how-much-2" where that is taken. */
export function idFor(title: string, taken: ReadonlySet<string>, otherwise: string): string {
  const plain = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 56);
  const base = plain === "" ? otherwise : plain;
  if (!taken.has(base)) return base;
  for (let n = 2; ; n++) if (!taken.has(`${base}-${n}`)) return `${base}-${n}`;
}

export function newQuestion(kind: QuestionKind, title: string, taken: ReadonlySet<string>): Question {
  const base = { id: idFor(title, taken, "question"), title, required: false, default: null, retired: false, help: "" };
  switch (kind) {
    case "single":
    case "multiple":
      return { ...base, kind, options: [newOption("Option 1", new Set())] };
    case "text":
      return { ...base, kind, max_chars: 500 };
    case "number":
      return { ...base, kind, min: null, max: null, step: null, unit: "" };
    default:
      return { ...base, kind };
  }
}

export function newOption(title: string, taken: ReadonlySet<string>): QuestionOption {
  return { id: idFor(title, taken, "option"), title, retired: false, questions: [] };
}

/** The entry at `index` replaced, or taken out with null. */
export function withEntry<T>(list: readonly T[], index: number, entry: T | null): readonly T[] {
  return list.flatMap((old, i) => (i !== index ? [old] : entry === null ? [] : [entry]));
}

/** The entry moved by one place; the same list at its ends. */
export function withStep<T>(list: readonly T[], index: number, step: 1 | -1): readonly T[] {
  const to = index + step;
  if (to < 0 || to >= list.length) return list;
  const next = [...list];
  [next[index], next[to]] = [next[to], next[index]];
  return next;
}
