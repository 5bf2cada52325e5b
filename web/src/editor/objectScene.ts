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
  let colours: { readonly classes: unknown; readonly by: unknown; readonly version: number } = {
    classes: null,
    by: null,
    version: 0,
  };
  return {
    get colours() {
      if (colours.classes !== model.classes || colours.by !== model.colourBy)
        colours = { classes: model.classes, by: model.colourBy, version: colours.version + 1 };
      return colours.version;
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
    marked: () => {
      const { selected, hovered, held, hidden } = model.objects;
      const ids = hovered === null || selected.includes(hovered) ? selected : [...selected, hovered];
      const shown = new Set(ids.filter((id) => !held.has(id) && !hidden.has(id)));
      return shown.size === 0 ? [] : shownObjects(model).filter(({ id }) => shown.has(id));
    },
    arrows: () => relationArrows(model),
  };
}
