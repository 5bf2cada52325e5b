// SPDX-License-Identifier: Apache-2.0
/** What tools ask of the editor when they draw: strokes straight into the map, outlines as previews and as edits. */
import { applyRegion, type PaintRule } from "../core/apply.ts";
import { changedBox, changedPx, NO_PIXELS, type PixelRuns } from "../core/edit.ts";
import { floodRegion } from "../core/flood.ts";
import type { Point } from "../core/geometry.ts";
import type { LabelMap } from "../core/labelMap.ts";
import { applyPixels } from "../core/pixelRuns.ts";
import { polygonRegion, quantise, quantisePath, squareStrokeRegion, strokeRegion } from "../core/raster/index.ts";
import type { Region } from "../core/region.ts";
import { StrokeRecorder } from "../core/strokeRecorder.ts";
import type { Refused, Stroke } from "../tools/index.ts";
import type { IdPool } from "./leases.ts";
import { messages, percent } from "./messages.ts";
import type { EditorModel } from "./model.ts";
import type { EditRecorder } from "./recorder.ts";
import {
  arrivalChange,
  heldFrom,
  hostIds,
  isLocked,
  nameOf,
  type PaintTarget,
  paintTarget,
  whyProtected,
} from "./targets.ts";

/** A target with an id in hand: a new thing has got one from the pool. */
interface Claim {
  readonly segmentId: number;
  readonly classNumber: number;
  readonly fresh: boolean;
}

export class Drawing {
  private ids: IdPool | null = null;
  private strokeRunning = false;

  constructor(
    private readonly model: EditorModel,
    private readonly recorder: EditRecorder,
  ) {}

  connect(ids: IdPool): void {
    this.ids = ids;
  }

  /** A stroke's pixels are in the map but in no edit yet; nobody else may touch the map. */
  get busy(): boolean {
    return this.strokeRunning;
  }

  beginStroke(purpose: "paint" | "erase"): Stroke | Refused {
    const { model } = this;
    if (model.doc === null) return this.refuse(messages.loading);
    if (purpose === "erase") return model.readOnly ? this.refuse(model.readOnlyWhy) : this.eraseStroke();
    const claim = this.claim();
    if ("refused" in claim) return claim;
    return this.stroke("brush", claim, (first) => ({
      segmentId: claim.segmentId,
      mode: model.mode,
      locked: heldFrom(model, claim.classNumber),
      hosts: hostIds(model, model.mode, claim.segmentId, first),
    }));
  }

  /** The closed outline as one edit. Says why when no pixel changes. */
  commitOutline(points: readonly Point[]): { readonly changedPx: number } {
    const { model } = this;
    const px = this.commitRegion("pen", points[0], (map, { classNumber }, hosts) => {
      const region = outlineRegion(points, model.sizeHw);
      const held = (): string | null => whyProtected(model, classNumber, ownersIn(map, region).keys());
      const why = region.count === 0 ? messages.tooSmall : (held() ?? this.whyNothing(hosts));
      return { region, why };
    });
    // The next outline is a new object.
    if (px > 0 && model.selection.length > 0) {
      model.selection = [];
      model.looksChanged();
    }
    return { changedPx: px };
  }

  /** The part around a pixel, up to its borders, as one edit. Says why when no pixel changes. */
  commitFill(at: Point): { readonly changedPx: number } {
    const { model } = this;
    const [x, y] = [Math.floor(at.x), Math.floor(at.y)];
    const [h, w] = model.sizeHw;
    if (x < 0 || y < 0 || x >= w || y >= h) return { changedPx: 0 };
    let filled: number | null = null;
    const px = this.commitRegion("fill", at, (map, claim, hosts) => {
      filled = claim.segmentId;
      return { region: floodRegion(map, x, y), why: whyNotFilled(model, map.get(x, y), claim, hosts) };
    });
    if (px > 0 && filled !== null) this.goOnWith(filled);
    return { changedPx: px };
  }

  private commitRegion(
    tool: string,
    first: Point,
    regionFor: (map: LabelMap, claim: Claim, hosts: ReadonlySet<number>) => { readonly region: Region; why: string },
  ): number {
    const { model } = this;
    if (model.doc === null) return this.refusePixels(messages.loading);
    const claim = this.claim();
    if ("refused" in claim) return 0;
    const { layer } = model;
    const map = model.doc.map(layer);
    const hosts = hostIds(model, model.mode, claim.segmentId, first);
    const { region, why } = regionFor(map, claim, hosts);
    const pixels = applyRegion(map, region, claim.segmentId, model.mode, heldFrom(model, claim.classNumber), hosts);
    if (pixels.count === 0) {
      this.release(claim);
      return this.refusePixels(why);
    }
    applyPixels(map, pixels);
    this.commit(tool, layer, claim, pixels);
    return changedPx(pixels);
  }

  /** The next gesture adds to this segment. */
  private goOnWith(segmentId: number): void {
    const { model } = this;
    if (model.primary === segmentId && model.selection.length === 1) return;
    model.selection = [segmentId];
    model.looksChanged();
  }

  private claim(): Claim | Refused {
    const target = paintTarget(this.model);
    if ("refused" in target) return this.refuse(target.refused);
    const id = target.segmentId ?? this.ids?.take() ?? null;
    if (id === null) return this.refuse(messages.noIds);
    const fresh = target.segmentId === null;
    this.model.provisional = this.model.doc?.isLive(id) ? null : { id, classNumber: target.classNumber };
    return { segmentId: id, classNumber: target.classNumber, fresh };
  }

  private release(claim: Claim): void {
    this.model.provisional = null;
    if (claim.fresh) this.ids?.giveBack(claim.segmentId);
  }

  private commit(tool: string, layer: string, claim: Claim, pixels: PixelRuns): void {
    const { model } = this;
    const change = arrivalChange(model, claim.segmentId, claim.classNumber);
    this.recorder.record({ layer, tool, pixels, segments: change === null ? [] : [change] });
    model.provisional = null;
    const name = nameOf(model, claim.segmentId);
    const [h, w] = model.sizeHw;
    const px = changedPx(pixels);
    model.announce(change === null ? messages.changed(name, px) : messages.added(name, percent(px, h * w)));
  }

  private eraseStroke(): Stroke {
    const { model } = this;
    const host = model.primary !== null && model.doc!.isLive(model.primary) ? model.primary : null;
    return this.stroke("eraser", null, () => ({
      segmentId: 0,
      mode: host === null ? "over" : "inside",
      locked: heldFrom(model, 0),
      hosts: host === null ? new Set() : new Set([host]),
    }));
  }

  private stroke(tool: string, claim: Claim | null, ruleFor: (first: Point) => PaintRule): Stroke {
    const { model } = this;
    const { layer } = model;
    const map = model.doc!.map(layer);
    const size = model.sizeHw;
    const region = model.brushShape === "round" ? strokeRegion : squareStrokeRegion;
    let recorder: StrokeRecorder | null = null;
    let rule: PaintRule | null = null;
    let last: Point | null = null;
    // Who lies under the path, to say why when nothing is taken.
    const met = model.protection.open ? null : new Set<number>();
    this.strokeRunning = true;
    return {
      add: (points, width = 1) => {
        if (points.length === 0) return;
        if (rule === null) {
          rule = ruleFor(points[0]);
          if (claim !== null) model.setSpotlight(rule.hosts, claim.segmentId);
        }
        recorder ??= StrokeRecorder.begin(map, rule);
        if (met !== null) for (const { x, y } of points) met.add(idAt(map, x, y));
        const path = quantisePath(last === null ? points : [last, ...points]);
        last = points[points.length - 1];
        const box = recorder.add(region(path, quantise(Math.max(1, model.brushSizePx * width) / 2), size));
        if (box !== null) model.dirtyLabels(box);
      },
      finish: () => {
        const pixels = recorder?.finish() ?? NO_PIXELS;
        this.strokeRunning = false;
        model.setSpotlight(null, null);
        this.endStroke(tool, layer, claim, pixels, rule, met ?? []);
        return changedPx(pixels);
      },
      cancel: () => {
        const pixels = recorder?.cancel() ?? NO_PIXELS;
        this.strokeRunning = false;
        model.setSpotlight(null, null);
        if (claim !== null) this.release(claim);
        model.pixelsChanged(changedBox(pixels));
      },
    };
  }

  private endStroke(
    tool: string,
    layer: string,
    claim: Claim | null,
    pixels: PixelRuns,
    rule: PaintRule | null,
    met: Iterable<number>,
  ): void {
    const { model } = this;
    if (pixels.count === 0) {
      model.say(whyProtected(model, claim?.classNumber ?? 0, met) ?? this.whyNoStroke(claim, rule));
      if (claim !== null) this.release(claim);
      return;
    }
    if (claim === null) {
      this.recorder.record({ layer, tool, pixels, segments: [] });
      model.announce(messages.erased(changedPx(pixels)));
      return;
    }
    this.commit(tool, layer, claim, pixels);
    this.goOnWith(claim.segmentId);
  }

  private whyNoStroke(claim: Claim | null, rule: PaintRule | null): string {
    if (claim !== null) return this.whyNothing(rule?.hosts ?? new Set());
    const { model } = this;
    return rule?.mode === "inside" ? messages.nothingErasedOf(nameOf(model, model.primary!)) : messages.nothingToErase;
  }

  private whyNothing(hosts: ReadonlySet<number>): string {
    const { mode } = this.model;
    if (mode === "inside" && hosts.size === 0) return messages.startInside;
    return mode === "behind" ? messages.nothingFree : messages.nothingOver;
  }

  private refuse(text: string): Refused {
    this.model.say(text);
    return { refused: text };
  }

  private refusePixels(text: string): 0 {
    this.model.say(text);
    return 0;
  }
}

/** Pixels of a drawn outline: closed by itself, filled by non-zero winding. */
export function outlineRegion(points: readonly Point[], sizeHw: readonly [number, number]): Region {
  return polygonRegion([quantisePath(points)], "nonzero", sizeHw);
}

function idAt(map: LabelMap, x: number, y: number): number {
  const inside = x >= 0 && y >= 0 && x < map.width && y < map.height;
  return inside ? map.get(Math.floor(x), Math.floor(y)) : 0;
}

/** Pixels of the region by owner, without the unlabelled ones. */
export function ownersIn(map: LabelMap, region: Region): ReadonlyMap<number, number> {
  const owners = new Map<number, number>();
  const visit = (x0: number, x1: number, id: number): void => {
    if (id !== 0) owners.set(id, (owners.get(id) ?? 0) + x1 - x0);
  };
  for (let i = 0; i < region.count; i++) map.forEachRun(region.ys[i], region.x0s[i], region.x1s[i], visit);
  return owners;
}

/** Why the part around a pixel of `under` cannot be filled, in words. */
export function whyNotFilled(
  model: EditorModel,
  under: number,
  target: PaintTarget,
  hosts: ReadonlySet<number>,
): string {
  if (under !== 0 && under !== target.segmentId && isLocked(model, under)) return messages.locked(nameOf(model, under));
  const held = whyProtected(model, target.classNumber, [under]);
  if (held !== null) return held;
  if (model.mode === "inside" && !hosts.has(under)) return messages.startInside;
  return model.mode === "behind" ? messages.nothingFree : messages.nothingOver;
}
