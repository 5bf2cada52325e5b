# SPDX-License-Identifier: Apache-2.0
"""contract/vector-view.md written down once more, crack by crack and slowly: what the vector view is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.unsignedinteger]
Vertex = tuple[int, int]
Crack = tuple[Vertex, int]
STEPS = ((1, 0), (0, 1), (-1, 0), (0, -1))
# Pixels to the left and right of a crack, seen from its first vertex, per direction +x, +y, −x, −y.
_LEFT = ((0, -1), (0, 0), (-1, 0), (-1, -1))
_RIGHT = ((0, 0), (-1, 0), (-1, -1), (0, -1))


@dataclass(frozen=True)
class Arc:
    left: int
    right: int
    xy: tuple[Vertex, ...]
    cracks: tuple[Crack, ...]


class Lattice:
    """A map seen from its lattice: which ids lie beside each directed unit edge."""

    def __init__(self, ids: Ids) -> None:
        self.ids = ids
        self.height, self.width = ids.shape

    def id_at(self, x: int, y: int) -> int:
        inside = 0 <= x < self.width and 0 <= y < self.height
        return int(self.ids[y, x]) if inside else -1

    def sides(self, vertex: Vertex, direction: int) -> tuple[int, int]:
        (lx, ly), (rx, ry) = _LEFT[direction], _RIGHT[direction]
        return self.id_at(vertex[0] + lx, vertex[1] + ly), self.id_at(vertex[0] + rx, vertex[1] + ry)

    def vertices(self) -> list[Vertex]:
        return [(x, y) for y in range(self.height + 1) for x in range(self.width + 1)]

    def is_node(self, vertex: Vertex) -> bool:
        cracks = sum(left != right for left, right in (self.sides(vertex, d) for d in range(4)))
        return cracks >= 3 or (vertex[0] in (0, self.width) and vertex[1] in (0, self.height))

    def stored_cracks(self, vertex: Vertex) -> list[Crack]:
        """Cracks that begin here in the direction in which left < right."""
        return [(vertex, d) for d in range(4) if self.sides(vertex, d)[0] < self.sides(vertex, d)[1]]


def head(crack: Crack) -> Vertex:
    (x, y), direction = crack
    return x + STEPS[direction][0], y + STEPS[direction][1]


def arcs(ids: Ids) -> list[Arc]:
    lattice = Lattice(ids)
    found = []
    seen: set[Crack] = set()
    vertices = lattice.vertices()
    for wants_node in (True, False):
        # What is left after the arcs between nodes are cycles; row-major order meets their least vertex first.
        for vertex in sorted(vertices, key=lambda v: (v[1], v[0])):
            for crack in lattice.stored_cracks(vertex):
                if crack in seen or lattice.is_node(vertex) != wants_node:
                    continue
                chain = _chain(lattice, crack)
                seen.update(chain)
                found.append(_arc(lattice, chain))
    return sorted(found, key=lambda arc: (arc.xy[0][1], arc.xy[0][0], arc.cracks[0][1]))


def _chain(lattice: Lattice, crack: Crack) -> list[Crack]:
    chain = [crack]
    while not lattice.is_node(head(chain[-1])) and head(chain[-1]) != crack[0]:
        (after,) = lattice.stored_cracks(head(chain[-1]))
        chain.append(after)
    return chain


def _arc(lattice: Lattice, chain: list[Crack]) -> Arc:
    left, right = lattice.sides(*chain[0])
    corners = [crack[0] for k, crack in enumerate(chain) if k == 0 or crack[1] != chain[k - 1][1]]
    return Arc(left, right, (*corners, head(chain[-1])), tuple(chain))


def rings(ids: Ids) -> list[tuple[int, list[tuple[int, bool]], bool]]:
    """(id, walk, is hole), sorted as the page says."""
    lattice = Lattice(ids)
    arc_of: dict[Crack, tuple[int, bool]] = {}
    for index, arc in enumerate(arcs(ids)):
        for crack in arc.cracks:
            arc_of[crack] = (index, False)
            arc_of[(head(crack), (crack[1] + 2) % 4)] = (index, True)
    found = []
    seen: set[Crack] = set()
    for crack in arc_of:
        owner = lattice.sides(*crack)[1]
        if crack in seen or owner == -1:
            continue
        walk = _walk(lattice, crack, owner)
        seen.update(walk)
        area = sum(a[0] * head((a, d))[1] - head((a, d))[0] * a[1] for a, d in walk)
        steps = [arc_of[step] for step in walk]
        steps = [step for k, step in enumerate(steps) if step != steps[k - 1]] or steps[:1]
        least = steps.index(min(steps))
        found.append((owner, steps[least:] + steps[:least], area < 0))
    return sorted(found, key=lambda ring: (ring[0], ring[1][0]))


def _walk(lattice: Lattice, crack: Crack, owner: int) -> list[Crack]:
    walk = [crack]
    while True:
        vertex, direction = head(walk[-1]), walk[-1][1]
        turns = [(vertex, (direction + turn) % 4) for turn in (1, 0, 3)]
        after = next(c for c in turns if lattice.sides(*c)[1] == owner and lattice.sides(*c)[0] != owner)
        if after == crack:
            return walk
        walk.append(after)


@dataclass(frozen=True)
class Point:
    xy: Vertex
    left: Vertex | None = None
    right: Vertex | None = None


def thinned(arc: Arc, *, tolerance: int) -> list[Vertex]:
    """Step 1 of "Simplification", in fixed coordinates; `tolerance` too."""
    h = min(127, 181 * tolerance // 128 - 128)
    corners = [(256 * x, 256 * y) for x, y in arc.xy]
    if h < 0 or len(corners) == 2:
        return corners
    points = _points(corners, h)
    depth, before = [0], [0]
    for j in range(1, len(points)):
        seeing = [i for i in range(max(0, j - 127), j) if _sees(points, i, j)]
        best = min(seeing, key=lambda i: (depth[i], i))
        depth.append(depth[best] + 1)
        before.append(best)
    chain = [len(points) - 1]
    while chain[-1] > 0:
        chain.append(before[chain[-1]])
    line = [points[k].xy for k in reversed(chain)]
    inner = [b for a, b, c in zip(line, line[1:], line[2:], strict=False) if _cross(_minus(b, a), _minus(c, b)) != 0]
    return [line[0], *inner, line[-1]]


def _points(corners: list[Vertex], h: int) -> list[Point]:
    points = []
    for a, b in pairwise(corners):
        length = abs(b[0] - a[0]) + abs(b[1] - a[1])
        dx, dy = (b[0] - a[0]) // length, (b[1] - a[1]) // length

        def along(distance: int, ribbed: bool, a: Vertex = a, dx: int = dx, dy: int = dy) -> Point:
            x, y = a[0] + distance * dx, a[1] + distance * dy
            return Point((x, y), (x + h * dy, y - h * dx), (x - h * dy, y + h * dx)) if ribbed else Point((x, y))

        points += [Point(a), along(128, True)]
        if length > 256:
            points += [along(length // 2, False), along(length - 128, True)]
    return [*points, Point(corners[-1])]


def _sees(points: list[Point], i: int, j: int) -> bool:
    a = points[i].xy
    d = _minus(points[j].xy, a)
    return d != (0, 0) and all(
        _cross(d, _minus(point.left, a)) <= 0 <= _cross(d, _minus(point.right, a))
        for point in points[i + 1 : j]
        if point.left is not None and point.right is not None
    )


def coarsened(line: Sequence[Vertex], *, tolerance: int) -> list[Vertex]:
    """Step 2; `tolerance` is what is left of it after step 1."""
    if line[0] != line[-1]:
        return _douglas_peucker(line, tolerance)
    away = [_squared(_minus(q, line[0])) for q in line]
    cut = away.index(max(away))
    loop = _douglas_peucker(line[: cut + 1], tolerance)[:-1] + _douglas_peucker(line[cut:], tolerance)
    if len(loop) - 1 < 4 or 2 * abs(_doubled_area(loop)) < abs(_doubled_area(line)):
        return list(line)
    return loop


def _douglas_peucker(line: Sequence[Vertex], tolerance: int) -> list[Vertex]:
    if len(line) <= 2:
        return list(line)
    distances = [_distance2(q, line[0], line[-1]) for q in line[1:-1]]
    worst = distances.index(max(distances))
    if distances[worst] <= float(tolerance) * float(tolerance):
        return [line[0], line[-1]]
    cut = worst + 1
    return _douglas_peucker(line[: cut + 1], tolerance)[:-1] + _douglas_peucker(line[cut:], tolerance)


def _distance2(q: Vertex, a: Vertex, b: Vertex) -> float:
    (dx, dy), (px, py) = _minus(b, a), _minus(q, a)
    length2, t = dx * dx + dy * dy, px * dx + py * dy
    if t <= 0:
        return float(px * px + py * py)
    if t >= length2:
        return float(_squared(_minus(q, b)))
    c = float(px * dy - py * dx)
    return c * c / float(length2)


def _minus(a: Vertex, b: Vertex) -> Vertex:
    return a[0] - b[0], a[1] - b[1]


def _cross(a: Vertex, b: Vertex) -> int:
    return a[0] * b[1] - a[1] * b[0]


def _squared(a: Vertex) -> int:
    return a[0] * a[0] + a[1] * a[1]


def _doubled_area(loop: Sequence[Vertex]) -> int:
    return sum(_cross(a, b) for a, b in pairwise(loop))


def rasterized(arcs_fixed: Sequence[tuple[int, int, Sequence[Vertex]]], size_hw: tuple[int, int]) -> list[list[int]]:
    """Rows of ids of (left, right, vertices in fixed coordinates) by switching labels; −1 where nobody owns a pixel."""
    height, width = size_hw
    rows = []
    for y in range(height):
        switches = []
        at = 256 * y + 128
        for arc_index, (left, right, xy) in enumerate(arcs_fixed):
            for edge_index, (a, b) in enumerate(pairwise(xy)):
                if (a[1] <= at) == (b[1] <= at):
                    continue
                down = b[1] > a[1]
                (ax, ay), (bx, by) = (a, b) if down else (b, a)
                x = -(-((ax - 128) * (by - ay) + (at - ay) * (bx - ax)) // (256 * (by - ay)))
                place = ax + (at - ay) * (bx - ax) / (by - ay)
                switches.append((x, place, arc_index, edge_index, left if down else right))
        row = [-1] * width
        for x, *_, owner in sorted(switches):
            row[max(x, 0) :] = [owner] * (width - max(x, 0))
        rows.append(row)
    return rows
