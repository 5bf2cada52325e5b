// SPDX-License-Identifier: Apache-2.0
/**
 * The ring that shows the size of the brush. It is stroked on the canvas of the labels, which changes with every move
 * anyway: an element or canvas of its own would make the browser rebuild its layers for each frame of a stroke.
 */
import type { CanvasView, RingOverlay } from "../editor/canvas.ts";
import type { DeviceRect } from "./compose.ts";

/** Lines reach this far outside of the radius, device px at dpr 1. */
const REACH_PX = 3;

/** Device px that the ring covers, within the canvas; null when it is out of sight. */
export function ringRect(
  ring: RingOverlay,
  view: CanvasView,
  dpr: number,
  size: { readonly width: number; readonly height: number },
): DeviceRect | null {
  const scale = view.scale * dpr;
  const radius = ring.radiusPx * scale + REACH_PX * dpr;
  const cx = (ring.centre.x - view.originX) * scale;
  const cy = (ring.centre.y - view.originY) * scale;
  const x = Math.max(0, Math.floor(cx - radius));
  const y = Math.max(0, Math.floor(cy - radius));
  const x1 = Math.min(size.width, Math.ceil(cx + radius));
  const y1 = Math.min(size.height, Math.ceil(cy + radius));
  return x1 > x && y1 > y ? { x, y, width: x1 - x, height: y1 - y } : null;
}

/** White between black, so that one of them is seen on any photograph; dashed when it erases. */
export function strokeRing(context: CanvasRenderingContext2D, ring: RingOverlay, view: CanvasView, dpr: number): void {
  const scale = view.scale * dpr;
  const radius = ring.radiusPx * scale;
  const x = (ring.centre.x - view.originX) * scale;
  const y = (ring.centre.y - view.originY) * scale;
  context.setLineDash(ring.dashed ? [4 * dpr, 3 * dpr] : []);
  context.beginPath();
  if (ring.shape === "round") context.arc(x, y, radius, 0, 2 * Math.PI);
  else context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
  context.strokeStyle = "#0B0B0B";
  context.lineWidth = 3 * dpr;
  context.stroke();
  context.strokeStyle = "#FFFFFF";
  context.lineWidth = dpr;
  context.stroke();
}
