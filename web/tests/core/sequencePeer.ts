// SPDX-License-Identifier: Apache-2.0
/**
 * Runs random edit sequences in this core (contract/vectors/README.md): one JSON object per line on stdin, one answer
 * per line on stdout. Plain `node sequencePeer.ts`; without stdin's end it waits for more.
 */
import { createInterface } from "node:readline";
import { type Annotation, applyToAnnotation, layerMap, newAnnotation } from "../../src/core/annotation.ts";
import { applyRegion, type DrawMode } from "../../src/core/apply.ts";
import { type Edit, invert } from "../../src/core/edit.ts";
import { encodePixels } from "../../src/core/editCodec.ts";
import { IntarsiaError } from "../../src/core/errors.ts";
import { replay } from "../../src/core/merge.ts";
import { NO_PIXELS, type PixelRuns } from "../../src/core/pixelRuns.ts";
import { boxRegion } from "../../src/core/raster/index.ts";
import type { Region, SizeHw } from "../../src/core/region.ts";
import { newSegmentFields, type SegmentChange, type SegmentFields } from "../../src/core/segment.ts";
import { Sha256, toHex } from "../../src/core/sha256.ts";
import { utf8Bytes } from "../../src/core/utf8.ts";
import { type Shape, shapeRegion } from "./shapes.ts";

interface Painted {
  readonly layer: string;
  readonly segment: number;
}

type Op =
  | (Painted & {
      readonly op: "paint";
      readonly shape: Shape;
      readonly mode: DrawMode;
      readonly locked: readonly number[];
      readonly hosts: readonly number[];
      readonly create: number | null;
    })
  | (Painted & { readonly op: "delete" })
  | (Painted & { readonly op: "merge"; readonly into: number })
  | { readonly op: "replay"; readonly step: number; readonly inverse: boolean };

export interface Sequence {
  readonly seed: number;
  readonly size_hw: SizeHw;
  readonly layers: readonly string[];
  readonly segments: readonly { readonly id: number; readonly class: number }[];
  readonly start: readonly (Painted & { readonly box: readonly number[] })[];
  readonly ops: readonly Op[];
  readonly plant?: { readonly step: number; readonly layer: string; readonly x: number; readonly y: number };
}

export interface Answer {
  readonly seed: number;
  readonly start: string;
  readonly steps: readonly string[];
  readonly edits: string;
  readonly undone: string;
}

const NO_IDS: ReadonlySet<number> = new Set();

class SequenceRun {
  private readonly sequence: Sequence;
  private readonly state: Annotation;
  private readonly whole: Region;
  private readonly recorded: Edit[] = [];
  private readonly edits = new Sha256();

  constructor(sequence: Sequence) {
    const size = sequence.size_hw;
    this.sequence = sequence;
    this.state = newAnnotation(size, sequence.layers);
    for (const { id, class: number } of sequence.segments) this.state.segments.set(id, newSegmentFields(number));
    for (const { layer, box, segment } of sequence.start) {
      const map = layerMap(this.state, layer);
      for (let y = box[1]; y < box[3]; y++) map.writeRun(y, box[0], box[2], segment);
    }
    this.whole = boxRegion(0, 0, size[1] * 256, size[0] * 256, size);
  }

  sum(): string {
    const hash = new Sha256();
    for (const layer of this.sequence.layers) hash.update(utf8Bytes(layerMap(this.state, layer).checksum(layer)));
    return toHex(hash.digest());
  }

  /** Carries out one op; its sum, or the code of its error. */
  step(op: Op): string | null {
    let error: string | null = null;
    let conflicts = NO_PIXELS;
    let fields = 0;
    let edit = this.editOf(op.op === "replay" ? this.recorded[op.step].layer : op.layer);
    try {
      if (op.op === "replay") {
        const source = this.recorded[op.step];
        const done = replay(this.state, op.inverse ? invert(source) : source);
        edit = done.applied;
        conflicts = done.conflictPixels;
        fields = done.conflictFields.length;
      } else {
        const made = this.make(op);
        applyToAnnotation(this.state, made);
        edit = made;
      }
    } catch (refused) {
      if (!(refused instanceof IntarsiaError)) throw refused;
      error = refused.code;
    }
    this.recorded.push(edit);
    for (const pixels of [edit.pixels, conflicts]) {
      const bytes = encodePixels(pixels);
      this.edits.update(uint32Bytes(bytes.length)).update(bytes);
    }
    this.edits.update(uint32Bytes(fields));
    return error;
  }

  private editOf(layer: string, pixels: PixelRuns = NO_PIXELS, segments: readonly SegmentChange[] = []): Edit {
    return { id: "", seq: 1, layer, tool: "", assist: null, pixels, segments, items: [] };
  }

  private make(op: Exclude<Op, { op: "replay" }>): Edit {
    const { layer, segment: id } = op;
    const map = layerMap(this.state, layer);
    const before = this.state.segments.get(id) ?? null;
    if (op.op === "paint") {
      const region = shapeRegion(op.shape, this.sequence.size_hw);
      const pixels = applyRegion(map, region, id, op.mode, new Set(op.locked), new Set(op.hosts));
      if (op.create === null || before !== null) return this.editOf(layer, pixels);
      return this.editOf(layer, pixels, [{ id, before: null, after: newSegmentFields(op.create) }]);
    }
    const into = op.op === "merge" ? op.into : 0;
    const target = op.op === "merge" ? this.state.segments.get(into) : before;
    const idle = before?.state !== "live" || target?.state !== "live" || into === id;
    if (before === null || idle) return this.editOf(layer);
    const pixels = applyRegion(map, this.whole, into, "inside", NO_IDS, new Set([id]));
    const after: SegmentFields =
      op.op === "merge" ? { ...before, state: "merged", mergedInto: into } : { ...before, state: "deleted" };
    return this.editOf(layer, pixels, [{ id, before, after }]);
  }

  /** Changes one pixel behind the back of all edits. */
  plant(layer: string, x: number, y: number): void {
    const map = layerMap(this.state, layer);
    map.writeRun(y, x, x + 1, (map.get(x, y) ^ 1) >>> 0);
  }

  editsHex(): string {
    return toHex(this.edits.digest());
  }

  undoAll(): string {
    try {
      for (let i = this.recorded.length - 1; i >= 0; i--) applyToAnnotation(this.state, invert(this.recorded[i]));
    } catch (refused) {
      if (!(refused instanceof IntarsiaError)) throw refused;
      return `error:${refused.code}`;
    }
    return this.sum();
  }
}

function uint32Bytes(value: number): Uint8Array {
  return Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
}

export function answer(sequence: Sequence): Answer {
  const run = new SequenceRun(sequence);
  const start = run.sum();
  const steps = sequence.ops.map((op, i) => {
    const error = run.step(op);
    const { plant } = sequence;
    if (plant?.step === i) run.plant(plant.layer, plant.x, plant.y);
    return error === null ? run.sum() : `error:${error}`;
  });
  return { seed: sequence.seed, start, steps, edits: run.editsHex(), undone: run.undoAll() };
}

async function serve(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    if (line.trim() !== "") process.stdout.write(`${JSON.stringify(answer(JSON.parse(line) as Sequence))}\n`);
  }
}

if (import.meta.main) await serve();
