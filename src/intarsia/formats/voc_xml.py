# SPDX-License-Identifier: Apache-2.0
"""``Annotations/NAME.xml``: a box per object. VOC counts pixels from 1, both ends in: xmin = x0 + 1, xmax = x1."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class VocObject:
    """One object: class name, half-open box in px, and whether evaluations are to leave it out."""

    name: str
    box_xyxy: tuple[int, int, int, int]
    difficult: bool


def annotation_xml(file_name: str, size_hw: tuple[int, int], objects: Sequence[VocObject]) -> bytes:
    """The document as UTF-8; characters that XML cannot hold become ``_``."""
    head = [
        "<annotation>",
        "\t<folder>JPEGImages</folder>",
        f"\t<filename>{_text(file_name)}</filename>",
        f"\t<size>\n\t\t<width>{size_hw[1]}</width>\n\t\t<height>{size_hw[0]}</height>\n\t\t<depth>3</depth>\n\t</size>",
        "\t<segmented>1</segmented>",
    ]
    return "\n".join([*head, *(_object(entry) for entry in objects), "</annotation>\n"]).encode("utf-8")


def _object(entry: VocObject) -> str:
    x0, y0, x1, y1 = entry.box_xyxy
    sides = (("xmin", x0 + 1), ("ymin", y0 + 1), ("xmax", x1), ("ymax", y1))
    box = "".join(f"\t\t\t<{name}>{value}</{name}>\n" for name, value in sides)
    return (
        f"\t<object>\n\t\t<name>{_text(entry.name)}</name>\n\t\t<pose>Unspecified</pose>\n\t\t<truncated>0</truncated>\n"
        f"\t\t<difficult>{int(entry.difficult)}</difficult>\n\t\t<bndbox>\n{box}\t\t</bndbox>\n\t</object>"
    )


def _text(value: str) -> str:
    return escape(_NOT_IN_XML.sub("_", value))
