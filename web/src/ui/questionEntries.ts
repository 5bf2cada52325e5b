// SPDX-License-Identifier: Apache-2.0
/** What the questions panel lists, worked out from a questionnaire; and what typed text means as an answer. */
import { type Json, jsonEqual } from "../core/json.ts";
import type { NumberQuestion, Question, TextQuestion } from "../core/ontology.ts";
import { allQuestions, answerShown, isAnswer, isDay, walk } from "../core/questions.ts";
import type { Questionnaire } from "../editor/state.ts";
import { questionWords as words } from "./questionWords.ts";

/** One question that is open for every owner. */
export interface QuestionEntry {
  readonly question: Question;
  /** How many options deep it stands. */
  readonly depth: number;
  /** What all owners show; null when they show nothing, or different things. */
  readonly value: Json;
  readonly different: boolean;
  /** Shown, but stored by nobody. */
  readonly isDefault: boolean;
  /** It is required, and an owner shows nothing. */
  readonly missing: boolean;
}

/** Questions open for every owner, in order: what is asked of a few only is asked of them alone. */
export function entriesOf({ questions, answers }: Questionnaire): readonly QuestionEntry[] {
  const [first, ...others] = answers.map((entry) => walk(questions, entry));
  const open = others.map((list) => new Set(list.map(({ question }) => question.id)));
  return (first ?? [])
    .filter(({ question }) => open.every((ids) => ids.has(question.id)))
    .map(({ question, depth }) => {
      const shown = answers.map((entry) => answerShown(question, entry));
      const different = shown.some((value) => !jsonEqual(value, shown[0]));
      return {
        question,
        depth,
        value: different ? null : shown[0],
        different,
        isDefault: question.default !== null && answers.every((entry) => (entry[question.id] ?? null) === null),
        missing: question.required && shown.includes(null),
      };
    });
}

/** Retired questions that an owner has answered. */
export function retiredEntriesOf({ questions, answers }: Questionnaire): readonly QuestionEntry[] {
  return allQuestions(questions)
    .filter(({ id, retired }) => retired && answers.some((entry) => (entry[id] ?? null) !== null))
    .map((question) => {
      const stored = answers.map((entry) => entry[question.id] ?? null);
      const different = stored.some((value) => !jsonEqual(value, stored[0]));
      return { question, depth: 0, value: stored[0], different, isDefault: false, missing: false };
    });
}

/** An option as the panel shows it: one that is no longer offered only where it was chosen. */
export interface OptionEntry {
  readonly id: string;
  readonly title: string;
  readonly retired: boolean;
  readonly state: "on" | "off" | "mixed";
}

export function optionsOf(question: Question, answers: Questionnaire["answers"]): readonly OptionEntry[] {
  const options =
    question.kind === "boolean"
      ? [
          { id: "true", title: words.yes, retired: false },
          { id: "false", title: words.no, retired: false },
        ]
      : "options" in question
        ? question.options
        : [];
  const shown = answers.map((entry) => answerShown(question, entry));
  return options
    .map(({ id, title, retired }) => {
      const has = shown.filter((value) => (Array.isArray(value) ? value.includes(id) : String(value) === id)).length;
      const state = has === 0 ? "off" : has === shown.length ? "on" : "mixed";
      return { id, title, retired, state } as const;
    })
    .filter((option) => !option.retired || option.state !== "off");
}

/** The answer after an option was pressed; null takes it back. */
export function pressed(entry: QuestionEntry, option: OptionEntry): Json {
  const { question, value } = entry;
  if (question.kind === "multiple") {
    const chosen = Array.isArray(value) ? (value as readonly string[]) : [];
    const next = option.state === "on" ? chosen.filter((id) => id !== option.id) : [...chosen, option.id];
    return next.length === 0 ? null : next;
  }
  if (option.state === "on" && !entry.isDefault) return null;
  return question.kind === "boolean" ? option.id === "true" : option.id;
}

export type Typed = { readonly answer: Json } | { readonly problem: string };

/** What was typed, as an answer; nothing typed takes the answer back. */
export function typed(question: Question, text: string): Typed {
  if (question.kind === "text") return typedText(question, text);
  const trimmed = text.trim();
  if (trimmed === "") return { answer: null };
  if (question.kind === "date") return isDay(trimmed) ? { answer: trimmed } : { problem: words.notDay };
  return question.kind === "number" ? typedNumber(question, trimmed) : { answer: null };
}

function typedText(question: TextQuestion, text: string): Typed {
  const whole = text.replaceAll("\r\n", "\n").trim();
  if (whole === "") return { answer: null };
  const chars = [...whole].length;
  if (chars > question.max_chars) return { problem: words.tooLong(chars, question.max_chars) };
  return isAnswer(question, whole) ? { answer: whole } : { problem: words.notText };
}

function typedNumber(question: NumberQuestion, text: string): Typed {
  const { min, max, step, unit } = question;
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return { problem: words.notNumber };
  const value = Number(text);
  if (!isAnswer(question, value)) return { problem: words.outOfRange(words.range(min, max, null, unit)) };
  if (step === null) return { answer: value };
  const steps = (value - (min ?? 0)) / step;
  // Decimal steps such as 0.1 are not exact in binary.
  if (Math.abs(steps - Math.round(steps)) < 1e-6) return { answer: value };
  return { problem: words.offStep(words.number((min ?? 0) + Math.round(steps) * step)) };
}

/** A stored or default answer as the field shows it. */
export function textOf(question: Question, value: Json): string {
  if (value === null) return "";
  if (typeof value === "boolean") return value ? words.yes : words.no;
  if ("options" in question) {
    const ids = Array.isArray(value) ? value : [value];
    return ids.map((id) => question.options.find((option) => option.id === id)?.title ?? String(id)).join(", ");
  }
  return typeof value === "number" ? words.number(value) : String(value);
}
