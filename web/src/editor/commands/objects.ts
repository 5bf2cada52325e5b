// SPDX-License-Identifier: Apache-2.0
/** Commands on objects beside the map and on relations. */
import { byControl, type Command, command } from "./command.ts";

export const objectCommands: readonly Command[] = [
  command("object.box-from-segment", "Box from segment", "Objects", [], (a, value) =>
    a.object.boxesRound("box", value),
  ),
  command("object.rotated-box-from-segment", "Rotated box from segment", "Objects", [], (a, value) =>
    a.object.boxesRound("rotated_box", value),
  ),
  command("object.to-segment", "Segment from box or polygon", "Objects", [], (a, value) =>
    a.object.segmentsFrom(value),
  ),
  command("object.numbers", "Exact numbers of a box or point…", "Objects", [], (a) => a.object.askNumbers()),
  byControl("object.set-geometry", "Set the numbers of an object", "Objects", (a, value) =>
    a.object.setGeometry(value),
  ),
  command("object.copy", "Copy objects", "Objects", ["Mod+C"], (a) => a.object.copy(), { canvasOnly: true }),
  command("object.paste", "Paste objects, also into the next image", "Objects", ["Mod+V"], (a) => a.object.paste(), {
    canvasOnly: true,
  }),
  command("relation.ask", "Relate…", "Objects", [], (a) => a.object.relate()),
  byControl("relation.make", "Relate two things", "Objects", (a, value) => a.object.makeRelation(value)),
  byControl("object.select", "Select an object", "Objects", (a, value) => a.object.select(value)),
  byControl("object.toggle-selected", "Add an object to the selection", "Objects", (a, value) =>
    a.object.toggleSelected(value),
  ),
  byControl("object.frame", "Show an object large", "Objects", (a, value) => a.object.frame(value)),
  byControl("object.hide", "Hide or show an object", "Objects", (a, value) => a.object.hide(value)),
  byControl("object.lock", "Lock or unlock an object", "Objects", (a, value) => a.object.lock(value)),
  byControl("object.delete", "Delete an object or relation", "Objects", (a, value) => a.object.remove(value)),
  byControl("object.class", "Change the class of an object", "Objects", (a, value) => a.object.changeClass(value)),
  byControl("item.answer", "Answer a question on the image or an object", "Objects", (a, value) =>
    a.object.answer(value),
  ),
];
