# SPDX-License-Identifier: Apache-2.0
"""A drawn street in five flat colours, and whose each of its pixels is."""

import io

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from .project import CAR, PERSON, ROAD, SKY

SIZE_HW = (480, 640)
HOUSE = 5
COLOURS = {SKY: (150, 190, 230), ROAD: (90, 90, 95), HOUSE: (170, 110, 80), CAR: (190, 40, 40), PERSON: (40, 60, 130)}
OUTLINES = {
    PERSON: [(500, 190), (540, 190), (548, 260), (540, 380), (500, 380), (492, 260)],
    CAR: [(230, 330), (270, 270), (370, 270), (410, 330), (420, 400), (220, 400)],
    HOUSE: [(0, 120), (100, 60), (200, 120), (200, 300), (0, 300)],
    ROAD: [(0, 300), (639, 300), (639, 479), (0, 479)],
}
"""Front to back: where two overlap, the first is seen."""


def true_classes() -> NDArray[np.uint8]:
    """(H, W) class number of each pixel."""
    image = Image.new("L", (SIZE_HW[1], SIZE_HW[0]), SKY)
    draw = ImageDraw.Draw(image)
    for number, outline in reversed(OUTLINES.items()):
        draw.polygon(outline, fill=number)
    return np.asarray(image)


def scene_png() -> bytes:
    table = np.zeros((256, 3), np.uint8)
    for number, colour in COLOURS.items():
        table[number] = colour
    stream = io.BytesIO()
    Image.fromarray(table[true_classes()]).save(stream, "PNG")
    return stream.getvalue()
