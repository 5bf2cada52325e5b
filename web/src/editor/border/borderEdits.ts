// SPDX-License-Identifier: Apache-2.0
/** Commands on the border of the selected segment: holes, growth, smoothing. Each is one edit, so one undo step. */
import { grown, type Neighbours, shrunk } from "../../core/border/growth.ts";
import { filledHoles } from "../../core/border/holes.ts";
import type { MapView } from "../../core/border/mapView.ts";
import { smoothed } from "../../core/border/smooth.ts";
import { changedPx, type PixelRuns } from "../../core/pixelRuns.ts";
import { messages } from "../messages.ts";
import type { EditorModel } from "../model.ts";
import { hostIds, isLocked, nameOf, passageOf } from "../targets.ts";
import { borderMessages as say } from "./borderMessages.ts";
import type { ProposalDesk } from "./proposals.ts";

export class BorderEdits {
  /** The last step and its segment: 4 and 8 neighbours take turns while it goes on. */
  private last: { readonly segmentId: number; readonly neighbours: Neighbours } | null = null;

  constructor(
    private readonly model: EditorModel,
    private readonly desk: ProposalDesk,
  ) {}

  fillHoles(segmentId: number | null): void {
    this.change(segmentId, "fill-holes", true, (map, id) => {
      const pixels = filledHoles(map, id);
      return {
        pixels,
        done: say.holesFilled(changedPx(pixels), nameOf(this.model, id)),
        why: say.noHoles(nameOf(this.model, id)),
      };
    });
  }

  smooth(segmentId: number | null): void {
    this.change(segmentId, "smooth", true, (map, id) => {
      const pixels = smoothed(map, id, passageOf(this.model));
      const name = nameOf(this.model, id);
      return { pixels, done: say.smoothed(changedPx(pixels), name), why: say.smoothAlready(name) };
    });
  }

  /** Into what the draw mode allows: behind into unlabelled pixels, over into others too. */
  grow(segmentId: number | null): void {
    this.change(segmentId, "grow", false, (map, id) => {
      const { model } = this;
      const may = passageOf(model);
      const [left, top] = map.boxOf(id) ?? [0, 0];
      const hosts = hostIds(model, model.mode, id, { x: left, y: top });
      const mayTake = (other: number): boolean => {
        if (!may(other, id)) return false;
        if (model.mode === "over") return true;
        return model.mode === "behind" ? other === 0 : hosts.has(other);
      };
      const pixels = grown(map, id, this.nextNeighbours(id), mayTake);
      return { pixels, done: say.grown(changedPx(pixels), nameOf(model, id)), why: say.noRoom(nameOf(model, id)) };
    });
  }

  /** What it leaves: to nobody in behind, to the neighbours else. */
  shrink(segmentId: number | null): void {
    this.change(segmentId, "shrink", false, (map, id) => {
      const { model } = this;
      const name = nameOf(model, id);
      const pixels = shrunk(map, id, this.nextNeighbours(id), model.mode !== "behind", passageOf(model));
      if (changedPx(pixels) >= map.areaOf(id)) return { pixels: null, done: "", why: say.wouldVanish(name) };
      return { pixels, done: say.shrunk(changedPx(pixels), name), why: say.noRoom(name) };
    });
  }

  private nextNeighbours(segmentId: number): Neighbours {
    const neighbours: Neighbours = this.last?.segmentId === segmentId && this.last.neighbours === 4 ? 8 : 4;
    this.last = { segmentId, neighbours };
    return neighbours;
  }

  private change(
    segmentId: number | null,
    tool: string,
    toast: boolean,
    work: (
      map: MapView,
      id: number,
    ) => { readonly pixels: PixelRuns | null; readonly done: string; readonly why: string },
  ): void {
    const { model } = this;
    const map = this.desk.mapToChange();
    if (map === null) return;
    const id = segmentId !== null && map.areaOf(segmentId) > 0 ? segmentId : this.desk.selected();
    if (id === null) {
      model.say(messages.noSelection);
      return;
    }
    if (isLocked(model, id)) {
      model.say(messages.locked(nameOf(model, id)));
      return;
    }
    const { pixels, done, why } = work(map, id);
    if (pixels === null || pixels.count === 0) {
      model.say(why);
      return;
    }
    this.desk.commit({ tool, pixels, newLike: null, badge: { text: why, warn: true }, done, toast });
  }
}
