# SPDX-License-Identifier: Apache-2.0
"""Golden cases of contract/vector-view.md: pages vector_view, regions, statistics and rle."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from vector_maps import Ids, drawn, named_maps, random_maps, waves
from vector_shapes import Case, Json, case, map_runs

# The steps of the half rib, the first tolerance that thins, the last that changes no pixel, and the next.
TOLERANCES = (0, 90, 91, 130, 181, 192, 193, 256, 400, 1024, 3000)


def _of_map(name: str, why: str, do: str, grid: Ids, **more: Json) -> Case:
    return case(name, why, do=do, size_hw=list(grid.shape), map=map_runs(grid), **more)


def vector_view_cases() -> Iterator[Case]:
    for name, why, ids in named_maps():
        yield _of_map(f"vectorize: {name}", why, "vectorize", ids)
        yield _of_map(f"simplify: {name}", "no pixel changes", "simplify", ids, tolerance=192)
    for number, ids in enumerate(random_maps(24, seed=1)):
        yield _of_map(f"vectorize: random {number}", "arcs, rings, polygons", "vectorize", ids)
        tolerance = TOLERANCES[number % len(TOLERANCES)]
        yield _of_map(f"simplify: random {number}", f"tolerance {tolerance}", "simplify", ids, tolerance=tolerance)
    for tolerance in (100, 192, 300, 700):
        yield _of_map(
            f"simplify: waves {tolerance}",
            "long arcs",
            "simplify",
            waves((60, 290), rise=2, run=29),
            tolerance=tolerance,
        )
    yield _of_map(
        "simplify: slope",
        "a straight border of more than 127 points",
        "simplify",
        waves((200, 330), rise=1, run=4),
        tolerance=192,
    )
    yield from _raster_cases()


def _raster_cases() -> Iterator[Case]:
    frame = [
        {"left": -1, "right": 7, "xy": [0, 0, 1024, 0]},
        {"left": -1, "right": 7, "xy": [1024, 0, 1024, 768]},
        {"left": -1, "right": 7, "xy": [0, 768, 0, 0]},
        {"left": -1, "right": 7, "xy": [1024, 768, 0, 768]},
    ]

    def arcs(name: str, why: str, *more: Json, frame: list[Json] = frame, size_hw: tuple[int, int] = (3, 4)) -> Case:
        return case(f"rasterize: {name}", why, do="rasterize", size_hw=list(size_hw), arcs=[*frame, *more])

    yield arcs("frame", "one id")
    yield arcs("slanted", "a crossing counts from the first centre not left of it", _arc(7, 9, 128, 0, 900, 768))
    yield arcs("through centres", "a centre on the line lies right of it", _arc(7, 9, 128, 0, 896, 768))
    yield arcs("two at one pixel", "the last switch counts", _arc(7, 8, 400, 0, 420, 768), _arc(8, 9, 430, 0, 400, 768))
    yield arcs("same place", "then the later arc counts", _arc(7, 8, 512, 0, 512, 768), _arc(8, 9, 512, 0, 512, 768))
    yield arcs("there and back", "switches that undo each other", _arc(7, 9, 300, 0, 700, 700, 300, 0))
    yield arcs("left of the image", "counts at the first pixel", _arc(7, 9, -300, 700, -900, 0))
    yield arcs("right of the image", "counts nowhere", _arc(7, 9, 9000, 700, 4000, 0))
    yield arcs("a side missing", "open_partition", frame=[frame[0], frame[1], frame[3]])
    yield arcs("a side reversed", "open_partition", frame=[*frame[:2], _arc(-1, 7, 0, 0, 0, 768), frame[3]])
    yield arcs("outside inside", "open_partition", _arc(-1, 7, 300, 0, 300, 768))
    yield arcs("nothing", "open_partition", frame=[])
    yield arcs("too large", "size_out_of_range", size_hw=(65_536, 4))


def _arc(left: int, right: int, *xy: int) -> Json:
    return {"left": left, "right": right, "xy": list(xy)}


def _gap_cases() -> Iterator[Case]:
    """Parts given away: every unlabelled pixel, a part of a segment, a box; with and without closed ids."""
    rooms = drawn("110002", "100003", "000000", "500044")
    corridor = drawn("1111111", "1000009", "1099909", "1097009", "1099999")
    meander = drawn("2000", "1110", "0000", "0111", "0003")
    for name, ids in (("rooms", rooms), ("corridor", corridor), ("meander", meander)):
        for closed in ([], [1], [2, 9], [0]):
            yield _of_map(
                f"give: {name}, closed {closed}",
                "nearest along the region, of equals the lowest",
                "give_to_neighbours",
                ids,
                region=_runs_where(ids == 0),
                closed=closed,
            )
    yield _of_map(
        "give: over a segment",
        "ids inside the region take nothing",
        "give_to_neighbours",
        rooms,
        region=[[0, 0, 2], [1, 0, 3], [2, 0, 3]],
        closed=[],
    )
    yield _of_map(
        "give: everything", "no taker is left", "give_to_neighbours", rooms, region=_runs_where(rooms < 9), closed=[]
    )
    yield _of_map("give: nothing", "no pixels", "give_to_neighbours", rooms, region=[], closed=[])
    for number, ids in enumerate(random_maps(16, seed=5)):
        region = _runs_where(ids == ids[0, 0] if number % 2 else ids == 0)
        closed = sorted({int(ids[-1, -1]), 65_536}) if number % 3 == 0 else []
        yield _of_map(f"give: random {number}", "any map", "give_to_neighbours", ids, region=region, closed=closed)
    for run in ([0, -1, 1], [0, 1, 3], [-1, 0, 1], [2, 0, 1]):
        yield _of_map(f"give: {run}", "out_of_image", "give_to_neighbours", drawn("11", "11"), region=[run], closed=[])


def _runs_where(mask: np.ndarray) -> list[Json]:
    padded = np.pad(mask, ((0, 0), (1, 1))).astype(np.int8)
    rows, columns = np.nonzero(np.diff(padded, axis=1))
    return [[int(y), int(a), int(b)] for y, a, b in zip(rows[::2], columns[::2], columns[1::2], strict=True)]


def _island_cases() -> Iterator[Case]:
    specks = drawn("1111222", "1311202", "1111222", "4441222", "4544112", "4443311")
    onion = drawn("1111111444", "1112111333", "1123211222", "1234321222", "1123211222", "1112111222")
    for name, why, ids in (
        ("specks", "most cracks, then the lowest id", specks),
        ("onion", "islands beside islands go on in rounds", onion),
    ):
        for below, wanted, closed in ((0, None, []), (2, None, []), (3, None, [1]), (9, [1, 3], []), (9, [3, 4], [2])):
            yield _of_map(
                f"islands: {name} below {below} of {wanted}, closed {closed}",
                why,
                "islands",
                ids,
                below=below,
                ids=wanted,
                closed=closed,
            )
    yield _of_map("islands: equals", "the first part stays", "islands", drawn("1020102"), below=9, ids=None, closed=[])
    yield _of_map(
        "islands: its own id",
        "what it would take is its own",
        "islands",
        drawn("1121", "1111"),
        below=9,
        ids=[2],
        closed=[],
    )
    for number, ids in enumerate(random_maps(16, seed=6)):
        wanted = None if number % 2 else sorted({int(ids[0, 0]), 0})
        closed = [int(ids[-1, 0])] if number % 3 == 0 else []
        yield _of_map(
            f"islands: random {number}", "any map", "islands", ids, below=1 + number % 9, ids=wanted, closed=closed
        )


def regions_cases() -> Iterator[Case]:
    yield from _gap_cases()
    yield from _island_cases()
    maps = [*named_maps(), *((f"random {k}", "parts", ids) for k, ids in enumerate(random_maps(14, seed=2)))]
    for number, (name, why, ids) in enumerate(maps):
        wanted = None if number % 2 else sorted({int(ids[0, 0]), int(ids[-1, -1]), 4_000_000_000})
        yield _of_map(f"components: {name}", why, "components", ids, ids=wanted)
        y, x = number % ids.shape[0], (number * 5) % ids.shape[1]
        yield _of_map(f"flood: {name}", f"from ({x}, {y})", "flood", ids, x=x, y=y)
        if number % 3 == 0:
            yield _of_map(f"mips: {name}", "lower-right pixels, and no gap lost", "mips", ids)
    for x, y in ((-1, 0), (0, -1), (2, 0), (0, 2)):
        yield _of_map(f"flood: at ({x}, {y})", "out_of_image", "flood", drawn("11", "11"), x=x, y=y)
    wide = waves((70, 300), rise=1, run=9)
    yield _of_map("components: over two tiles", "runs go on across tiles", "components", wide, ids=[3])
    yield _of_map("mips: over two tiles", "blocks do not cross tiles", "mips", wide)


def statistics_cases() -> Iterator[Case]:
    for name, why, ids in named_maps():
        yield _of_map(f"statistics: {name}", why, "statistics", ids)
    for number, ids in enumerate(random_maps(14, seed=3)):
        yield _of_map(f"statistics: random {number}", "area, box, perimeter, neighbours", "statistics", ids)
    yield _of_map(
        "statistics: over four tiles", "seams are counted once", "statistics", waves((280, 300), rise=2, run=9)
    )


def rle_cases() -> Iterator[Case]:
    for name, why, ids in named_maps():
        yield _of_map(f"encode: {name}", why, "encode", ids)
    for number, ids in enumerate(random_maps(12, seed=4)):
        yield _of_map(f"encode: random {number}", "all ids in one pass", "encode", ids)
    yield _of_map("encode: large", "numbers of several characters", "encode", waves((280, 300), rise=2, run=9))
    strings = (
        "", "é", "/4", "p", "4P", "PPPPPPP0", "oooooo0", "O5", "3", "5", "4", "04", "31", "112", "13OL4", "1110OO2",
        "3P01", "000000000", "111100", "1111N1",
    )  # fmt: skip
    for number, text in enumerate(strings):
        yield case(f"decode_string: {number}", "read or refused", do="decode_string", size_hw=[2, 2], string=text)
    counts: tuple[list[Json], ...] = (
        [], [3], [5], [4], [0, 4], [1, 1, 0, 1, 1], [-1, 5], [4, -4, 4], [1.5, 2.5], [True, 3],
        ["4"], [None], [1 << 52], [[4]],
    )  # fmt: skip
    for number, given in enumerate(counts):
        yield case(f"decode_counts: {number}", "read or refused", do="decode_counts", size_hw=[2, 2], counts=given)
    yield case("decode_counts: size", "size_out_of_range", do="decode_counts", size_hw=[0, 2], counts=[])
    yield case("decode_string: size", "size_out_of_range", do="decode_string", size_hw=[65_535, 65_535], string="0")
