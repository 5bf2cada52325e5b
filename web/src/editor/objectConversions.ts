// SPDX-License-Identifier: Apache-2.0
/** Objects drawn round segments, and segments drawn from objects through the same door as every outline. */
import { applyRegion } from "../core/apply.ts";
import { changedBox, NO_PIXELS, type PixelRuns, type SegmentChange } from "../core/edit.ts";
import type { Point } from "../core/geometry.ts";
import type { Geometry } from "../core/item.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { applyPixels, composePixels } from "../core/pixelRuns.ts";
import { polygonRegion, quantisePath } from "../core/raster/index.ts";
import { smallestRotatedBox } from "../core/rotatedBox.ts";
import type { IdPool } from "./leases.ts";
import { messages } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import { newObject, type ObjectDesk } from "./objectDesk.ts";
import { liveObjects, type ObjectEntry } from "./objectList.ts";
import { objectMessages as say } from "./objectMessages.ts";
import type { EditRecorder } from "./recorder.ts";
import { selectItems, selectOnly } from "./selecting.ts";
import { arrivalChange, heldFrom, hostIds, layerOf, nameOf } from "./targets.ts";

export class ObjectConversions {
  private ids: IdPool | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
    private readonly desk: ObjectDesk,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  /** A box round each segment, of the segment's class; one edit. */
  boxesRound(segmentIds: readonly number[], kind: "box" | "rotated_box"): void {
    const { model, desk } = this;
    const live = segmentIds.filter((id) => model.doc?.isLive(id) === true);
    if (live.length === 0) {
      model.say(say.noSegment);
      return;
    }
    let why: string | null = null;
    const objects = live.flatMap((id) => {
      const classNumber = model.doc!.fields(id)!.class;
      const geometry = boxRound(model.doc!.map(layerOf(model, id)), id, kind);
      why ??= desk.refusal(kind, classNumber);
      return geometry === null || desk.refusal(kind, classNumber) !== null ? [] : [newObject(classNumber, geometry)];
    });
    if (objects.length === 0) {
      model.say(why ?? say.noSegment);
      return;
    }
    const made = desk.record(objects, `${kind}-from-segment`);
    selectItems(model, made, false);
    model.say(why ?? say.addedMany(made.length), true);
  }

  /** A segment from the inside of each box and polygon, of the object's class, in the pen's draw mode; one edit. */
  segmentsFrom(objectIds: readonly string[]): void {
    const { model } = this;
    const objects = objectIds
      .flatMap((id) => liveObjects(model).get(id) ?? [])
      .filter(({ geometry }) => geometry.kind !== "polyline" && geometry.kind !== "point");
    if (model.readOnly || objects.length === 0) {
      model.say(model.readOnly ? model.readOnlyWhy : say.noArea);
      return;
    }
    const layer = model.classes.get(objects[0].state.class)?.info.layer ?? model.layer;
    const map = model.doc!.map(layer);
    const changes = new Map<number, SegmentChange>();
    let pixels = NO_PIXELS;
    let why: string | null = null;
    const made: number[] = [];
    for (const object of objects) {
      const drawn = this.drawOne(map, layer, object);
      if (typeof drawn === "string") {
        why ??= drawn;
        continue;
      }
      pixels = composePixels(pixels, drawn.pixels);
      if (drawn.arrival !== null && !changes.has(drawn.id)) changes.set(drawn.id, drawn.arrival);
      made.push(drawn.id);
    }
    if (made.length === 0) {
      model.say(why ?? messages.nothingFree);
      return;
    }
    this.recorder.record({ layer, tool: "segment-from-object", pixels, segments: [...changes.values()] });
    selectOnly(model, made);
    model.dirtyLabels(changedBox(pixels));
    model.say(why ?? say.segmentsMade(made.length), true);
  }

  /** Writes the pixels to the map; a sentence when there is nothing to write. */
  private drawOne(
    map: LabelMap,
    layer: string,
    object: ObjectEntry,
  ): { readonly id: number; readonly pixels: PixelRuns; readonly arrival: SegmentChange | null } | string {
    const { model } = this;
    const info = model.classes.get(object.state.class)?.info;
    if (info === undefined) return messages.unknownClass;
    if (info.retired) return messages.retired(info.name);
    if (!info.geometry.includes("mask")) return messages.takesNoPixels(info.name, info.geometry.length > 0);
    if (info.layer !== layer) return messages.otherLayer(info.name);
    const id = info.kind === "thing" ? (this.ids?.take() ?? null) : info.number;
    if (id === null) return messages.noIds;
    const held = heldFrom(model, info.number);
    if (model.lockedClasses.has(info.number) || held.has(id)) return messages.locked(nameOf(model, id));
    const mode = model.borrowedMode ?? model.modes.get("pen") ?? "behind";
    const rings = object.paths.map(({ points }) => quantisePath(points));
    const region = polygonRegion(rings, "evenodd", model.sizeHw);
    const hosts = hostIds(model, mode, id, object.paths[0].points[0]);
    const pixels = applyRegion(map, region, id, mode, held, hosts);
    if (pixels.count === 0) {
      if (info.kind === "thing") this.ids?.giveBack(id);
      return region.count === 0 ? messages.tooSmall : mode === "behind" ? messages.nothingFree : messages.nothingOver;
    }
    applyPixels(map, pixels);
    return { id, pixels, arrival: arrivalChange(model, id, info.number) };
  }
}

/** The box round a segment's pixels; null when it has none. */
export function boxRound(map: LabelMap, id: number, kind: "box" | "rotated_box"): Geometry | null {
  const box = map.boxOf(id);
  if (box === null || kind === "box") return box === null ? null : { kind: "box", box_xyxy: box };
  return smallestRotatedBox(outerCorners(map, id));
}

/** Corners of the pixels that end a row of the segment: the smallest box round them is the one round all. */
function outerCorners(map: LabelMap, id: number): readonly Point[] {
  const region = map.regionOf(id);
  const ends = new Map<number, [number, number]>();
  for (let i = 0; i < region.count; i++) {
    const row = ends.get(region.ys[i]);
    if (row === undefined) ends.set(region.ys[i], [region.x0s[i], region.x1s[i]]);
    else ends.set(region.ys[i], [Math.min(row[0], region.x0s[i]), Math.max(row[1], region.x1s[i])]);
  }
  return [...ends].flatMap(([y, [x0, x1]]) => [
    { x: x0, y },
    { x: x1, y },
    { x: x0, y: y + 1 },
    { x: x1, y: y + 1 },
  ]);
}
