# SPDX-License-Identifier: Apache-2.0
"""Random edit sequences for comparing the two cores step by step (contract/vectors/README.md describes both formats).

python scripts/vectors/edit_sequences.py 0 100          # sequences of seeds 0..99, one JSON object per line
python scripts/vectors/edit_sequences.py 0 100 --run    # the Python core's answers instead
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import struct
from dataclasses import replace
from typing import Any

from sequence_shapes import Shape, random_shape

from intarsia.core import raster
from intarsia.core.annotation import Annotation, apply_exactly
from intarsia.core.edit import Edit, PixelRuns, Segment, SegmentChange, apply, invert
from intarsia.core.errors import IntarsiaError
from intarsia.core.merge import replay
from intarsia.core.runs import Region

Sequence = dict[str, Any]
Op = dict[str, Any]

_OPS_MIN, _OPS_MAX = 50, 56
_STUFF_IDS = (1, 2, 3, 65_535)
_THING_IDS = (65_536, 65_537, 65_538, 70_000, 1 << 24, (1 << 32) - 2, (1 << 32) - 1)
_MODES = ("behind", "over", "over", "over", "inside")


def generate(seed: int) -> Sequence:
    """The sequence of a seed: the same on every machine."""
    rng = random.Random(seed)
    size_hw = (rng.randint(258, 520), rng.randint(260, 700))
    layers = ["main", "parts"][: rng.randint(1, 2)]
    pools = {"main": (*_STUFF_IDS, *_THING_IDS), "parts": (11, 12, 80_000, 80_001, 80_002)}
    ids = {layer: sorted(rng.sample(pools[layer], 5)) for layer in layers}
    known = {layer: rng.sample(ids[layer], 3) for layer in layers}
    count = rng.randint(_OPS_MIN, _OPS_MAX)
    return {
        "seed": seed,
        "size_hw": list(size_hw),
        "layers": layers,
        "segments": [{"id": key, "class": min(key, 9)} for layer in layers for key in sorted(known[layer])],
        "start": [_start_box(rng, layer, known[layer], size_hw) for layer in layers for _ in range(4)],
        "ops": [_random_op(rng, step, ids, size_hw) for step in range(count)],
    }


def _start_box(rng: random.Random, layer: str, known: list[int], size_hw: tuple[int, int]) -> Op:
    x0, y0 = rng.randint(-40, size_hw[1]), rng.randint(-40, size_hw[0])
    box = [x0, y0, x0 + rng.randint(1, 300), y0 + rng.randint(1, 300)]
    return {"layer": layer, "box": box, "segment": rng.choice(known)}


def _random_op(rng: random.Random, step: int, ids: dict[str, list[int]], size_hw: tuple[int, int]) -> Op:
    layer = rng.choice(sorted(ids))
    kind = rng.random()
    if kind < 0.1 and step > 0:
        # Mostly a recent step, taken back: a replay that finds something to do, next to others that find conflicts.
        source = max(0, step - 1 - int(rng.expovariate(0.15)))
        return {"op": "replay", "step": source, "inverse": rng.random() < 0.7}
    if kind < 0.13:
        return {"op": "delete", "layer": layer, "segment": rng.choice(ids[layer])}
    if kind < 0.16:
        return {"op": "merge", "layer": layer, "segment": rng.choice(ids[layer]), "into": rng.choice(ids[layer])}
    segment = 0 if rng.random() < 0.12 else rng.choice(ids[layer])
    mode = rng.choice(_MODES)
    locked = set(rng.sample(ids[layer], rng.choice((0, 0, 0, 0, 1, 2))))
    if rng.random() < 0.8:
        locked.discard(segment)
    return {
        "op": "paint",
        "layer": layer,
        "shape": random_shape(rng, size_hw),
        "segment": segment,
        "mode": mode,
        "locked": sorted(locked),
        "hosts": sorted(rng.sample([0, *ids[layer]], rng.choice((0, 3, 5, 6, 6)))) if mode == "inside" else [],
        "create": None if segment == 0 else min(segment, 9),
    }


def shape_region(shape: Shape, size_hw: tuple[int, int]) -> Region:
    """Region of a shape as JSON."""

    def fixed(values: Any) -> Any:
        return raster.quantise(values) if shape["frame"] == "px" else values

    def pairs(values: list[float]) -> Any:
        flat = fixed(values)
        return [(int(flat[i]), int(flat[i + 1])) for i in range(0, len(values), 2)]

    kind = shape["kind"]
    if kind == "box":
        return raster.box([int(value) for value in fixed(shape["corners"])], size_hw=size_hw)
    if kind == "polygon":
        rings = [pairs(ring) for ring in shape["rings"]]
        return raster.polygon(rings, rule=shape["rule"], size_hw=size_hw)
    draw = raster.stroke if kind == "stroke" else raster.square_stroke
    return draw(pairs(shape["points"]), radius_fixed=int(fixed(shape["radius"])), size_hw=size_hw)


class SequenceRun:
    """One sequence in the Python core: its state, and what each step recorded."""

    def __init__(self, sequence: Sequence) -> None:
        height, width = sequence["size_hw"]
        self.size_hw = (height, width)
        self.layers: list[str] = sequence["layers"]
        segments = {item["id"]: Segment(item["id"], item["class"]) for item in sequence["segments"]}
        maps = Annotation.empty(self.size_hw, self.layers).layers
        state = Annotation(maps, segments)
        for item in sequence["start"]:
            x0, y0, x1, y1 = (value * raster.FIXED_PER_PX for value in item["box"])
            region = raster.box((x0, y0, x1, y1), size_hw=self.size_hw)
            label_map = state.layers[item["layer"]]
            pixels = apply(label_map, region, item["segment"], mode="over")
            state = state.with_layer(item["layer"], label_map.with_pixels(pixels))
        self.state = state
        self.recorded: list[Edit] = []
        self.edits = hashlib.sha256()
        self.whole = raster.box((0, 0, width << 8, height << 8), size_hw=self.size_hw)

    def checksum(self) -> str:
        sums = "".join(self.state.layers[layer].checksum(layer) for layer in self.layers)
        return hashlib.sha256(sums.encode()).hexdigest()

    def do(self, op: Op) -> str | None:
        """Carry out one op; the code of its error, if it had one."""
        layer = op.get("layer") or self.recorded[op["step"]].layer
        conflicts, fields, error = PixelRuns.empty(), 0, None
        try:
            if op["op"] == "replay":
                source = self.recorded[op["step"]]
                result = replay(self.state, invert(source) if op["inverse"] else source)
                edit, state = result.applied, result.annotation
                conflicts, fields = result.conflict_pixels, len(result.field_conflicts)
            else:
                edit = self._made(op)
                state = apply_exactly(self.state, edit)
            self.state = state
        except IntarsiaError as refused:
            edit, error = Edit("", 1, layer, "", PixelRuns.empty()), refused.code
        self.recorded.append(edit)
        for data in (edit.pixels.encode(), conflicts.encode()):
            self.edits.update(struct.pack("<I", len(data)) + data)
        self.edits.update(struct.pack("<I", fields))
        return error

    def _made(self, op: Op) -> Edit:
        layer, segment_id = op["layer"], op["segment"]
        empty = Edit("", 1, layer, "", PixelRuns.empty())
        label_map = self.state.layer(layer)
        segment = self.state.segments.get(segment_id)
        if op["op"] == "paint":
            region = shape_region(op["shape"], self.size_hw)
            pixels = apply(
                label_map, region, segment_id, mode=op["mode"], locked=set(op["locked"]), hosts=set(op["hosts"])
            )
            if op["create"] is None or segment is not None:
                return replace(empty, pixels=pixels)
            made = SegmentChange(segment_id, before=None, after=Segment(segment_id, op["create"]))
            return replace(empty, pixels=pixels, segments=(made,))
        into = self.state.segments.get(op.get("into", segment_id))
        if segment is None or segment.state != "live" or into is None or into.state != "live":
            return empty
        if op["op"] == "delete":
            pixels = apply(label_map, self.whole, 0, mode="inside", hosts={segment_id})
            change = SegmentChange(segment_id, before=segment, after=segment.with_state("deleted"))
            return replace(empty, pixels=pixels, segments=(change,))
        if into is segment:
            return empty
        pixels = apply(label_map, self.whole, into.id, mode="inside", hosts={segment_id})
        change = SegmentChange(segment_id, before=segment, after=segment.with_state("merged", into.id))
        return replace(empty, pixels=pixels, segments=(change,))

    def plant(self, layer: str, x: int, y: int) -> None:
        """Change the id of one pixel behind the back of all edits."""
        label_map = self.state.layers[layer]
        held = label_map.get(x, y)
        pixels = PixelRuns.from_runs([(y, x, 1, held, held ^ 1)])
        self.state = self.state.with_layer(layer, label_map.with_pixels(pixels))

    def undo_all(self) -> str:
        try:
            for edit in reversed(self.recorded):
                self.state = apply_exactly(self.state, invert(edit))
        except IntarsiaError as refused:
            return f"error:{refused.code}"
        return self.checksum()


def run(sequence: Sequence) -> dict[str, Any]:
    """The Python core's answer to a sequence."""
    state = SequenceRun(sequence)
    plant = sequence.get("plant")
    start = state.checksum()
    steps: list[str] = []
    for place, op in enumerate(sequence["ops"]):
        error = state.do(op)
        if plant and plant["step"] == place:
            state.plant(plant["layer"], plant["x"], plant["y"])
        steps.append(f"error:{error}" if error else state.checksum())
    edits = state.edits.hexdigest()
    return {"seed": sequence["seed"], "start": start, "steps": steps, "edits": edits, "undone": state.undo_all()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=int)
    parser.add_argument("end", type=int)
    parser.add_argument("--run", action="store_true", help="print the Python core's answers")
    arguments = parser.parse_args()
    for seed in range(arguments.first, arguments.end):
        sequence = generate(seed)
        print(json.dumps(run(sequence) if arguments.run else sequence, separators=(",", ":")))


if __name__ == "__main__":
    main()
