// SPDX-License-Identifier: Apache-2.0
/**
 * What colours stand for: class, segment, the answer to one question, or who worked on a segment last. A value keeps
 * the colour that it got first for as long as the image is open, so that nothing changes colour while one works.
 */
import type { Question } from "../core/ontology.ts";
import { allQuestions, answerShown, walk } from "../core/questions.ts";
import type { SegmentFields } from "../core/segment.ts";
import { PALETTE } from "./classes.ts";
import type { EditorModel } from "./model.ts";
import type { LegendEntry } from "./state.ts";

/** Neither a class nor a value: the question is not asked of it, not answered, or nobody is known. */
export const NO_VALUE_COLOUR = 0x808080;

export class Colouring {
  private readonly places = new Map<string, number>();
  private readonly used = new Map<string, number>();

  constructor(private readonly model: EditorModel) {}

  /** 0xRRGGBB, or null where the colour is that of the class. `fields` null: a segment that is being drawn. */
  colourOf(id: number, fields: SegmentFields | null): number | null {
    switch (this.model.colourBy) {
      case "class":
        return null;
      case "segment":
        return colourOfId(id);
      default: {
        const value = this.valueOf(id, fields);
        return value === null ? NO_VALUE_COLOUR : this.colour(value.key);
      }
    }
  }

  /** Values of the live segments on this layer, in order of their colours; null when colours mean class or segment. */
  legend(): readonly LegendEntry[] | null {
    const { model } = this;
    if (model.colourBy === "class" || model.colourBy === "segment" || model.doc === null) return null;
    const found = new Map<string, { label: string | null; segments: number }>();
    for (const [id, { fields }] of model.doc.segments) {
      if (fields.state !== "live" || (model.map?.areaOf(id) ?? 0) === 0) continue;
      const value = this.valueOf(id, fields);
      const key = value?.key ?? "";
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { label: value?.label ?? null, segments: 1 });
      else entry.segments++;
    }
    const order = [...found].sort(([a], [b]) => this.place(a) - this.place(b));
    return order.map(([key, entry]) => ({ ...entry, colour: key === "" ? NO_VALUE_COLOUR : this.colour(key) }));
  }

  private valueOf(id: number, fields: SegmentFields | null): { readonly key: string; readonly label: string } | null {
    const { model } = this;
    if (model.colourBy === "author") {
      const author = model.authors?.get(id);
      return author === undefined ? null : { key: `author ${author.id}`, label: author.name };
    }
    const questions = fields === null ? [] : (model.classes.get(fields.class)?.info.questions ?? []);
    const asked = walk(questions, fields?.answers ?? {}).find(({ question }) => question.id === model.colourQuestion);
    const answer = asked === undefined ? null : answerShown(asked.question, fields!.answers);
    return asked === undefined || answer === null
      ? null
      : { key: `${asked.question.id} ${JSON.stringify(answer)}`, label: answerText(asked.question, answer) };
  }

  private colour(key: string): number {
    return PALETTE[this.place(key) % PALETTE.length];
  }

  /** Grey comes last in the legend. Each question and the authors begin with the first colour of the palette. */
  private place(key: string): number {
    if (key === "") return Number.POSITIVE_INFINITY;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const group = key.slice(0, key.indexOf(" "));
    const place = this.used.get(group) ?? 0;
    this.used.set(group, place + 1);
    this.places.set(key, place);
    return place;
  }
}

/** Questions of all classes that are not retired, each once. */
export function questionsOfClasses(model: EditorModel): readonly Question[] {
  const found = new Map<string, Question>();
  for (const { info } of model.classes.values())
    for (const question of allQuestions(info.questions)) if (!question.retired) found.set(question.id, question);
  return [...found.values()];
}

function answerText(question: Question, answer: unknown): string {
  const title = (id: unknown): string =>
    ("options" in question ? question.options.find((option) => option.id === id)?.title : undefined) ?? String(id);
  if (Array.isArray(answer)) return answer.map(title).join(" + ");
  if (typeof answer === "boolean") return answer ? "Yes" : "No";
  if (question.kind === "number" && question.unit !== "") return `${String(answer)} ${question.unit}`;
  return title(answer);
}

/** Ids that follow each other get colours far apart in the palette. */
const colourOfId = (id: number): number => PALETTE[(id * 7) % PALETTE.length];
