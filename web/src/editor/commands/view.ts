// SPDX-License-Identifier: Apache-2.0
/** Commands of the view: pan, zoom, labels, crosshair. */
import { byControl, type Command, command } from "./command.ts";

export const viewCommands: readonly Command[] = [
  command("view.pan", "Move the picture", "View", ["Space"], (a) => a.draw.pressCrosshair(), {
    borrow: (a, held) => a.view.borrowPan(held),
    canvasOnly: true,
  }),
  command("view.labels", "Hide or show the labels", "View", ["H"], (a) => a.view.toggleLabels(), {
    borrow: (a, held) => a.view.borrowPhoto(held),
  }),
  command("view.fit", "Whole picture, or back", "View", ["Z"], (a) => a.view.toggleFit(), {
    borrow: (a, held) => a.view.borrowZoom(held),
  }),
  command("view.actual", "One to one", "View", ["Shift+Z"], (a) => a.view.zoomTo(1)),
  command("view.zoom-in", "Zoom in", "View", ["Equal", "NumpadAdd"], (a) => a.view.zoomBy(1), { repeats: true }),
  command("view.zoom-out", "Zoom out", "View", ["Minus", "NumpadSubtract"], (a) => a.view.zoomBy(-1), {
    repeats: true,
  }),
  byControl("view.zoom", "Zoom", "View", (a, value) => a.view.zoomTo(value)),
  byControl("view.show", "Go to a place", "View", (a, value) => a.view.showAt(value)),
  command("view.opacity-down", "Fainter labels", "View", ["Comma"], (a) => a.view.opacityBy(-1), { repeats: true }),
  command("view.opacity-up", "Stronger labels", "View", ["Period"], (a) => a.view.opacityBy(1), { repeats: true }),
  byControl("view.opacity", "Opacity of labels", "View", (a, value) => a.view.setOpacity(value)),
  command("view.outlines", "Borders on or off", "View", ["Shift+E"], (a) => a.view.toggleOutlines()),
  command("view.gaps", "Show what is unlabelled", "View", [], (a) => a.view.toggleGaps()),
  command("view.panel", "Panel", "View", ["Backslash"], (a) => a.image.intent({ kind: "toggle-panel" })),
  ...(["Left", "Right", "Up", "Down"] as const).flatMap((way) => arrows(way)),
];

function arrows(way: "Left" | "Right" | "Up" | "Down"): readonly Command[] {
  const id = way.toLowerCase();
  const dx = way === "Left" ? -1 : way === "Right" ? 1 : 0;
  const dy = way === "Up" ? -1 : way === "Down" ? 1 : 0;
  const options = { repeats: true, canvasOnly: true };
  return [
    command(
      `crosshair.${id}`,
      `Crosshair or last vertex ${id}`,
      "Drawing",
      [`Arrow${way}`],
      (a) => a.draw.nudge(dx, dy),
      options,
    ),
    command(
      `crosshair.far-${id}`,
      `The same, ten pixels ${id}`,
      "Drawing",
      [`Shift+Arrow${way}`],
      (a) => a.draw.nudge(10 * dx, 10 * dy),
      options,
    ),
    command(
      `view.pan-${id}`,
      `Move the view ${id}`,
      "View",
      [`Mod+Arrow${way}`],
      (a) => a.view.panView(dx, dy),
      options,
    ),
  ];
}
