# SPDX-License-Identifier: Apache-2.0
"""What the Python core answers to the input of a golden vector, by page and by `do`."""

from __future__ import annotations

import base64
import math
from typing import Any

from edit_sequences import shape_region
from vector_answers_items import ITEM_ANSWERS
from vector_answers_ontology import ONTOLOGY_ANSWERS
from vector_answers_view import VIEW_ANSWERS
from vector_shapes import (
    Answer,
    Json,
    changes_to_json,
    label_map,
    map_runs,
    segments_from_json,
    segments_to_json,
    to_base64,
)

from intarsia.core import raster
from intarsia.core.annotation import Annotation
from intarsia.core.edit import PixelRuns, apply, apply_pixels, compose, invert
from intarsia.core.edit_check import check_edit
from intarsia.core.edit_json import edit_from_json, edit_to_json
from intarsia.core.label_map import LabelMap
from intarsia.core.merge import replay, resolve_alias
from intarsia.core.ontology_json import ontology_from_json
from intarsia.core.runs import Region
from intarsia.core.tile_codec import decode_pack, decode_tile, encode_tile, tile_name

Input = dict[str, Any]

_NOT_FINITE = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}


def _size(given: Input) -> tuple[int, int]:
    height, width = given["size_hw"]
    return height, width


def _tile(given: Input) -> Json:
    payload = label_map(given["map"], given["size_hw"]).tile_payload(0)
    ids = decode_tile(payload, _size(given))
    assert map_runs(ids) == given["map"]
    assert encode_tile(ids) == payload
    return {"payload": to_base64(payload), "name": tile_name(payload).hex()}


def _decode_tile(given: Input) -> Json:
    return {"map": map_runs(decode_tile(base64.b64decode(given["payload"]), _size(given)))}


def _checksum(given: Input) -> Json:
    whole = label_map(given["map"], given["size_hw"])
    pack = whole.to_pack()
    assert LabelMap.from_pack(whole.size_hw, pack) == whole
    return {"checksum": whole.checksum(given["layer"]), "pack": to_base64(pack)}


def _decode_pack(given: Input) -> Json:
    tiles = decode_pack(base64.b64decode(given["pack"]), _size(given))
    return {"tiles": [[index, to_base64(payload)] for index, payload in tiles.items()]}


def _quantise(given: Input) -> Json:
    values = [_NOT_FINITE[value] if isinstance(value, str) else value for value in given["values"]]
    return {"fixed": raster.quantise(values).tolist()}


def _region(given: Input) -> Json:
    return {"runs": [list(run) for run in shape_region(given["shape"], _size(given)).runs()]}


def _region_of(runs: list[list[int]]) -> Region:
    pixels = PixelRuns.from_runs([(y, x0, x1 - x0, 0, 1) for y, x0, x1 in runs])
    return pixels.region()


def _apply(given: Input) -> Json:
    before = label_map(given["map"], given["size_hw"])
    pixels = apply(
        before,
        _region_of(given["region"]),
        given["segment"],
        mode=given["mode"],
        locked=given["locked"],
        hosts=given["hosts"],
    )
    after = apply_pixels(before, pixels)
    return {**_pixels(pixels), "bytes": to_base64(pixels.encode()), "checksum": after.checksum("main")}


def _pixels(pixels: PixelRuns) -> dict[str, Json]:
    return {"pixels": [list(run) for run in pixels.runs()]}


def _decode_pixels(given: Input) -> Json:
    return _pixels(PixelRuns.from_base64(given["bytes"], _size(given)))


def _apply_edit(given: Input) -> Json:
    before = label_map(given["map"], given["size_hw"])
    pixels = PixelRuns.from_runs([tuple(run) for run in given["pixels"]])
    return {"checksum": apply_pixels(before, pixels).checksum("main")}


def _invert(given: Input) -> Json:
    return {"edit": edit_to_json(invert(edit_from_json(given["edit"], size_hw=_size(given))))}


def _compose(given: Input) -> Json:
    first, second = (edit_from_json(given[key], size_hw=_size(given)) for key in ("first", "second"))
    joined = compose(first, second)
    return {**_pixels(joined.pixels), "segments": changes_to_json(joined.segments)}


def _read_edit(given: Input) -> Json:
    return {"edit": edit_to_json(edit_from_json(given["edit"], size_hw=_size(given)))}


def _resolve_alias(given: Input) -> Json:
    return {"segment": resolve_alias(segments_from_json(given["segments"]), given["segment"])}


def _annotation(given: Input) -> Annotation:
    layers = {name: label_map(runs, given["size_hw"]) for name, runs in given["layers"].items()}
    return Annotation(layers, segments_from_json(given["segments"]))


def _replay(given: Input) -> Json:
    result = replay(_annotation(given), edit_from_json(given["edit"], size_hw=_size(given)))
    after = result.annotation
    return {
        "applied": {**_pixels(result.applied.pixels), "segments": changes_to_json(result.applied.segments)},
        "conflict_pixels": [list(run) for run in result.conflict_pixels.runs()],
        "field_conflicts": [
            {"segment": item.segment_id, "field": item.field, "head": item.head, "wanted": item.wanted}
            for item in result.field_conflicts
        ],
        "segments": segments_to_json(list(after.segments.values())),
        "checksums": {name: layer.checksum(name) for name, layer in after.layers.items()},
    }


def _check_edit(given: Input) -> Json:
    check_edit(
        edit_from_json(given["edit"], size_hw=_size(given)),
        annotation=_annotation(given),
        ontology=ontology_from_json(given["ontology"]),
        leased=lambda segment_id: segment_id in given["leased"],
    )
    return {}


ANSWERS: dict[str, dict[str, Answer]] = {
    "tile_codec": {
        "tile": _tile,
        "decode_tile": _decode_tile,
        "checksum": _checksum,
        "decode_pack": _decode_pack,
    },
    "raster": {"quantise": _quantise, "region": _region},
    "edit": {
        "apply": _apply,
        "decode_pixels": _decode_pixels,
        "apply_edit": _apply_edit,
        "invert": _invert,
        "compose": _compose,
        "read_edit": _read_edit,
        "resolve_alias": _resolve_alias,
        "replay": _replay,
        "check_edit": _check_edit,
    },
    "items": ITEM_ANSWERS,
    **VIEW_ANSWERS,
    **ONTOLOGY_ANSWERS,
}


def answer(page: str, given: Input) -> Json:
    """The core's answer; a coded error is raised, not answered."""
    return ANSWERS[page][given["do"]](given)
