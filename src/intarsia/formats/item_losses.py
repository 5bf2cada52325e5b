# SPDX-License-Identifier: Apache-2.0
"""What formats of masks leave out of an annotation: all that takes no pixels."""

from __future__ import annotations

from intarsia.core.item import ImageItem, ObjectItem, is_live
from intarsia.formats.base import LabelledImage
from intarsia.formats.writers import LossCounts

ITEMS_DECLARED = "Objects (boxes, polygons, lines, points), relations and answers of the image are left out."
RELATION_LOSSES = {
    "relations_left_out": "{count} relations are left out.",
    "image_answers_left_out": "{count} images have answers of their own, which are left out.",
}
ITEM_LOSSES = {
    "objects_left_out": "{count} objects (boxes, polygons, lines, points) are left out.",
    **RELATION_LOSSES,
}


def count_items_left_out(image: LabelledImage, losses: LossCounts, *, objects: bool = True) -> None:
    """Add the live items of an image to the losses; not its objects when the writer sees to them."""
    live = [item for item in image.items.values() if is_live(item)]
    found = sum(isinstance(item, ObjectItem) for item in live)
    images = sum(isinstance(item, ImageItem) for item in live)
    if objects:
        losses.add("objects_left_out", found)
    losses.add("relations_left_out", len(live) - found - images)
    losses.add("image_answers_left_out", images)
