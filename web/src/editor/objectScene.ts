// SPDX-License-Identifier: Apache-2.0
/** What the canvas draws of objects and relations: a live view of the model. */
import type { ObjectScene, ShownObject } from "./canvas.ts";
import { lightness, PALETTE } from "./classes.ts";
import { lookOfClass } from "./looks.ts";
import type { EditorModel } from "./model.ts";
import { liveObjects, shownObjects } from "./objectList.ts";
import { relationArrows } from "./relationDesk.ts";

export function objectScene(model: EditorModel, visible: () => boolean): ObjectScene {
  let free: {
    readonly from: readonly ShownObject[];
    readonly held: unknown;
    readonly list: readonly ShownObject[];
  } | null = null;
  return {
    get version() {
      return model.objects.lookVersion + model.lookVersion;
    },
    get visible() {
      return visible();
    },
    get shapes() {
      const from = shownObjects(model);
      const { held } = model.objects;
      if (free?.from !== from || free.held !== held)
        free = { from, held, list: held.size === 0 ? from : from.filter(({ id }) => !held.has(id)) };
      return free.list;
    },
    look: (id) => {
      const entry = liveObjects(model).get(id);
      const base = lookOfClass(model, entry?.state.class ?? 0);
      const colour = model.colourBy === "segment" ? PALETTE[((entry?.number ?? 0) * 7) % PALETTE.length] : base.colour;
      return {
        ...base,
        colour,
        dark: lightness(colour) < 50,
        selected: model.objects.selected.includes(id),
        hovered: model.objects.hovered === id,
      };
    },
    arrows: () => relationArrows(model),
  };
}
