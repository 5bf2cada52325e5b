// SPDX-License-Identifier: Apache-2.0
/** Commands on what colours mean, and on which classes and layers are shown. */
import { takesPixels } from "../core/ontology.ts";
import { questionsOfClasses } from "./colouring.ts";
import { numberFrom } from "./commandValues.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { PortError } from "./ports.ts";
import type { SegmentActions } from "./segmentActions.ts";
import type { ColourBy } from "./state.ts";

const KINDS: readonly ColourBy[] = ["class", "segment", "answer", "author"];

export class ColourActions {
  private ticket = 0;

  constructor(
    private readonly model: EditorModel,
    private readonly segments: SegmentActions,
  ) {}

  /** Without a value: the next one. */
  by(value: unknown): void {
    const { model } = this;
    const next = KINDS[(KINDS.indexOf(model.colourBy) + 1) % KINDS.length];
    const kind = value === undefined ? next : KINDS.find((name) => name === value);
    if (kind === undefined) throw new TypeError(`view.colour-by: ${String(value)} is none`);
    if (kind === "answer" && model.colourQuestion === null)
      model.colourQuestion = questionsOfClasses(model)[0]?.id ?? null;
    if (kind === "answer" && model.colourQuestion === null) {
      model.say(messages.noQuestions);
      if (value === undefined) this.by("author");
      return;
    }
    model.colourBy = kind;
    model.looksChanged();
    if (kind === "author") void this.fetchAuthors();
  }

  question(value: unknown): void {
    if (!questionsOfClasses(this.model).some(({ id }) => id === value))
      throw new TypeError(`view.colour-question: no question ${String(value)}`);
    this.model.colourQuestion = value as string;
    this.by("answer");
  }

  /** Only segments of one class; the same again: all. Without a value the current class. */
  onlyClass(value: unknown): void {
    const { model } = this;
    const number = value === undefined ? model.currentClass : numberFrom(value);
    model.onlyClass = model.onlyClass === number ? null : number;
    model.looksChanged();
  }

  /** Another layer is shown and drawn on. Without a value the next one. */
  layer(value: unknown): void {
    const { model } = this;
    const names = model.task?.ontology.layers.map(({ name }) => name) ?? [];
    if (names.length < 2 && value === undefined) {
      model.say(messages.oneLayer);
      return;
    }
    const name = value === undefined ? names[(names.indexOf(model.layer) + 1) % names.length] : value;
    const first = [...model.classes.values()].find(
      ({ info }) => info.layer === name && !info.retired && takesPixels(info),
    );
    if (first === undefined) throw new TypeError(`view.layer: no class on layer ${String(name)}`);
    model.selection = []; // or choosing a class would give it to what is selected
    model.onlyClass = null;
    this.segments.chooseClass(first.info.number);
    model.looksChanged();
  }

  /** As saved now: what this window has not sent yet is nobody's until the next look. */
  private async fetchAuthors(): Promise<void> {
    const { model } = this;
    const ticket = ++this.ticket;
    if (model.task === null) return;
    try {
      const found = await model.ports.history.authors(model.task.annotation.id);
      if (ticket !== this.ticket) return;
      model.authors = new Map(found.segments.map(({ id, author }) => [id, author]));
      model.looksChanged();
    } catch (error) {
      if (!(error instanceof PortError)) throw error;
      model.say(error.message);
    }
  }
}
