# SPDX-License-Identifier: Apache-2.0
"""A scene in the product's words: ids of its segments, its ontology, and an archive that any server imports."""

import io
import json
import zipfile

import numpy as np
import numpy.typing as npt
from PIL import Image

from intarsia.core.limits import THING_ID_MIN

from .scenes import STUFF_NAMES, THING_NAMES, Scene


def segment_ids(scene: Scene) -> npt.NDArray[np.uint32]:
    """uint32 id of segment k at index k: a stuff segment's id is its class's number, things count up from 65,536."""
    count = scene.spec.segments
    ids = np.zeros(count + 1, dtype=np.uint32)
    stuff = min(len(STUFF_NAMES), count)
    ids[1 : stuff + 1] = np.arange(1, stuff + 1)
    ids[stuff + 1 :] = THING_ID_MIN + np.arange(count - stuff)
    return ids


def class_documents() -> list[dict[str, object]]:
    """Classes of every scene as the ontology's JSON has them; the first nine have a key."""
    names = [*((name, "stuff") for name in STUFF_NAMES), *((name, "thing") for name in THING_NAMES)]
    return [
        {
            "number": number,
            "name": name,
            "kind": kind,
            "layer": "main",
            "colour": f"#{(number * 4_273_979) % 2**24:06X}",
            "key": str(number) if number <= 9 else None,
            "retired": False,
        }
        for number, (name, kind) in enumerate(names, start=1)
    ]


def ontology_document() -> dict[str, object]:
    return {"version": 1, "layers": [{"name": "main", "title": "Main"}], "classes": class_documents()}


def panoptic_archive(images: list[tuple[str, Scene, bytes]]) -> bytes:
    """A COCO panoptic zip of (name, scene, picture as JPEG); its members are stored, PNG and JPEG being compressed."""
    stream = io.BytesIO()
    entries = []
    with zipfile.ZipFile(stream, "w") as archive:
        for number, (name, scene, jpeg) in enumerate(images, start=1):
            archive.writestr(f"images/{name}.jpg", jpeg)
            archive.writestr(f"panoptic/{name}.png", _panoptic_png(scene))
            entries.append((number, name, scene))
        archive.writestr("panoptic.json", json.dumps(_panoptic_document(entries)))
    return stream.getvalue()


def _panoptic_png(scene: Scene) -> bytes:
    rgb = np.zeros((*scene.labels.shape, 3), dtype=np.uint8)
    rgb[..., 0] = scene.labels & 255
    rgb[..., 1] = scene.labels >> 8
    stream = io.BytesIO()
    Image.fromarray(rgb).save(stream, "PNG", compress_level=1)
    return stream.getvalue()


def _panoptic_document(entries: list[tuple[int, str, Scene]]) -> dict[str, object]:
    categories = [
        {"id": entry["number"], "name": entry["name"], "isthing": int(entry["kind"] == "thing")}
        for entry in class_documents()
    ]
    images, annotations = [], []
    for number, name, scene in entries:
        height, width = scene.spec.size_hw
        images.append({"id": number, "file_name": f"{name}.jpg", "height": height, "width": width})
        annotations.append({"image_id": number, "file_name": f"{name}.png", "segments_info": _segments_info(scene)})
    return {"images": images, "annotations": annotations, "categories": categories}


def _segments_info(scene: Scene) -> list[dict[str, object]]:
    areas = np.bincount(scene.labels.ravel(), minlength=scene.spec.segments + 1).tolist()
    return [
        {"id": segment, "category_id": scene.class_of(segment), "area": areas[segment], "iscrowd": 0}
        for segment in range(1, scene.spec.segments + 1)
    ]
