# SPDX-License-Identifier: Apache-2.0
"""What the Python core answers on the pages of contract/vector-view.md."""

from __future__ import annotations

from typing import Any

import numpy as np
from vector_shapes import Answer, Json, label_map, map_ids, map_runs

from intarsia.core.coco_rle import encode_all, expand_string, read_counts, region_of_counts
from intarsia.core.components import components, flood
from intarsia.core.gaps import give_to_neighbours
from intarsia.core.geometry import check_size
from intarsia.core.islands import islands
from intarsia.core.mips import mip_levels
from intarsia.core.partition_raster import rasterize
from intarsia.core.rings import trace_polygons, trace_rings
from intarsia.core.runs import Region
from intarsia.core.simplify import simplify
from intarsia.core.statistics import MapStatistics
from intarsia.core.vectorize import VectorView, vectorize

Input = dict[str, Any]
_LEVELS_MAX = 8


def _ids(given: Input) -> Any:
    return map_ids(given["map"], given["size_hw"])


def _runs(region: Region) -> Json:
    return [list(run) for run in region.runs()]


def _arcs(view: VectorView) -> Json:
    sides = zip(view.left.tolist(), view.right.tolist(), strict=True)
    return [
        {"left": left, "right": right, "xy": view.arc(k).reshape(-1).tolist()} for k, (left, right) in enumerate(sides)
    ]


def _vectorize(given: Input) -> Json:
    ids = _ids(given)
    view = vectorize(ids)
    rings = trace_rings(view)
    walks = [
        {
            "id": int(rings.segment_ids[k]),
            "walk": [[arc, int(back)] for arc, back in rings.walk(k)],
            "hole": bool(rings.is_hole[k]),
        }
        for k in range(rings.ring_count)
    ]
    polygons = [
        {"id": polygon.segment_id, "outer": polygon.outer, "holes": list(polygon.holes)}
        for polygon in trace_polygons(rings, exact=view, ids=ids)
    ]
    return {"arcs": _arcs(view), "rings": walks, "polygons": polygons}


def _simplify(given: Input) -> Json:
    view = simplify(vectorize(_ids(given)), tolerance_px=given["tolerance"] / 256)
    return {"arcs": _arcs(view), "map": map_runs(rasterize(view))}


def _rasterize(given: Input) -> Json:
    lines = [np.array(arc["xy"], np.int32).reshape(-1, 2) for arc in given["arcs"]]
    view = VectorView(
        (given["size_hw"][0], given["size_hw"][1]),
        np.concatenate([np.empty((0, 2), np.int32), *lines]),
        np.cumsum([0, *(len(line) for line in lines)]),
        np.array([arc["left"] for arc in given["arcs"]], np.int64),
        np.array([arc["right"] for arc in given["arcs"]], np.int64),
    )
    return {"map": map_runs(rasterize(view))}


def _components(given: Input) -> Json:
    return {
        "parts": [
            {"id": part.segment_id, "area": part.area_px, "box": list(part.box_xyxy), "runs": _runs(part.region)}
            for part in components(_ids(given), segment_ids=given["ids"])
        ]
    }


def _flood(given: Input) -> Json:
    return {"runs": _runs(flood(_ids(given), x=given["x"], y=given["y"]))}


def _give_to_neighbours(given: Input) -> Json:
    columns = np.array(given["region"], np.int32).reshape(-1, 3).T
    gifts = give_to_neighbours(_ids(given), Region(*columns), closed=given["closed"])
    return {"gifts": [{"id": gift.segment_id, "runs": _runs(gift.region)} for gift in gifts]}


def _islands(given: Input) -> Json:
    found = islands(_ids(given), below_px=given["below"], segment_ids=given["ids"], closed=given["closed"])
    return {"islands": [{"id": one.segment_id, "taker": one.taker_id, "runs": _runs(one.region)} for one in found]}


def _mips(given: Input) -> Json:
    levels = [level for level in mip_levels(_ids(given)) if 0 < level.level <= _LEVELS_MAX]
    return {
        "levels": [
            {
                "size_hw": list(level.ids.shape),
                "map": map_runs(level.ids),
                "unlabelled": map_runs(level.any_unlabelled.astype(np.uint8)),
            }
            for level in levels
        ]
    }


def _statistics(given: Input) -> Json:
    found = MapStatistics.of(label_map(given["map"], given["size_hw"])).by_id
    return {
        "ids": [
            {
                "id": segment_id,
                "area": one.area_px,
                "box": list(one.box_xyxy),
                "perimeter": one.perimeter_cracks,
                "neighbours": [list(pair) for pair in one.neighbours.items()],
            }
            for segment_id, one in found.items()
        ]
    }


def _encode(given: Input) -> Json:
    encoded = encode_all(_ids(given))
    return {
        "ids": [
            {"id": segment_id, "counts": encoded.counts_of(segment_id), "string": text}
            for segment_id, text in encoded.strings().items()
        ]
    }


def _decode_string(given: Input) -> Json:
    size_hw = check_size(given["size_hw"])
    counts = expand_string(given["string"], size_hw=size_hw)
    return {"counts": counts.tolist(), "runs": _runs(region_of_counts(counts, size_hw=size_hw))}


def _decode_counts(given: Input) -> Json:
    size_hw = check_size(given["size_hw"])
    return {"runs": _runs(region_of_counts(read_counts(given["counts"], size_hw=size_hw), size_hw=size_hw))}


VIEW_ANSWERS: dict[str, dict[str, Answer]] = {
    "vector_view": {"vectorize": _vectorize, "simplify": _simplify, "rasterize": _rasterize},
    "regions": {
        "components": _components,
        "flood": _flood,
        "give_to_neighbours": _give_to_neighbours,
        "islands": _islands,
        "mips": _mips,
    },
    "statistics": {"statistics": _statistics},
    "rle": {"encode": _encode, "decode_string": _decode_string, "decode_counts": _decode_counts},
}
