# SPDX-License-Identifier: Apache-2.0
"""The scenes that all figures are taken on: label maps of known size and number of segments, every pixel labelled.

How a label map is made, with integers only and from one seed:

1. A grid of nearly square cells is laid over the image, a third more cells than there are things. In each cell lies one
   site, somewhere in the middle 5/8 of the cell.
2. A random choice of cells holds one thing each. The cells that are left are shared out among eight stuff classes, so a
   stuff segment comes in several parts, as sky between trees does.
3. Each pixel's centre is displaced by three octaves of value noise (``ROUGHNESS``) and belongs to the nearest site.

Stated border roughness: displacements of up to 48, 20 and 8 px over 128, 32 and 8 px make borders that wind at every
scale, with an islet here and there, as hand-labelled and model-made masks have. ``roughness`` measures what came of it.
The winding of samples of COCO panoptic and ADE20K ground truth is about 3 by the same measure (their segments are
longer and thinner), that of a plain square is 1.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from .integer_noise import I32, below, hashed, value_noise_band

CACHE_DIR = Path(__file__).resolve().parent.parent / "build" / "bench" / "scenes"
GENERATOR_VERSION = 1

STUFF_NAMES = ("Sky", "Road", "Pavement", "Grass", "Water", "Wall", "Floor", "Hill")
THING_NAMES = ("Car", "Person", "Tree", "Sign", "Bicycle", "Bench", "Animal", "Lamp", "Boat", "Cup", "Book", "Chair")

SUBPIXEL = 16
"""Sites and displaced centres are integers in 1/16 px."""
ROUGHNESS = ((7, 48 * SUBPIXEL), (5, 20 * SUBPIXEL), (3, 8 * SUBPIXEL))
"""(log2 of the spacing in px, amplitude in 1/16 px) of each octave of displacement."""
BAND_ROWS = 64

Labels = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True)
class SceneSpec:
    """``segments`` counts stuff and things together; 0 is an image that nobody has labelled yet."""

    name: str
    size_hw: tuple[int, int]
    segments: int
    seed: int = 20_261

    @property
    def thing_count(self) -> int:
        return max(self.segments - len(STUFF_NAMES), 0)


@dataclass(frozen=True, slots=True)
class Scene:
    """``labels`` is (H, W) uint16 with segment k of 1..n in each pixel (0: unlabelled); k <= 8 is stuff class k."""

    spec: SceneSpec
    labels: Labels

    def class_of(self, segment: int) -> int:
        """Number of the class (1.. in STUFF_NAMES + THING_NAMES) of segment k."""
        stuff = len(STUFF_NAMES)
        return segment if segment <= stuff else stuff + 1 + int(below(self.spec.seed, 5, segment, len(THING_NAMES)))


@dataclass(frozen=True, slots=True)
class Roughness:
    """How winding borders are.

    ``border_px`` counts pixel edges between unlike neighbours, each once; ``border_px_per_segment`` is the mean
    outline of a segment; ``mean_run_px`` the mean length of row-wise runs; ``winding`` the sum of all outlines over
    that of squares of the same areas.
    """

    border_px: int
    border_px_per_segment: int
    mean_run_px: float
    winding: float


SCENES = {
    spec.name: spec
    for spec in (
        SceneSpec("S", (1080, 1920), 50),
        SceneSpec("S200", (1080, 1920), 200),
        SceneSpec("S2000", (2160, 3840), 2_000),
        SceneSpec("M0", (3072, 4096), 0),
        SceneSpec("M", (3072, 4096), 1_000),
        SceneSpec("L", (8192, 8192), 1_000),
    )
}


def load_scene(name: str) -> Scene:
    """The scene of that name from the cache, made first when it is not there."""
    spec = SCENES[name]
    path = CACHE_DIR / f"{name}-v{GENERATOR_VERSION}.npy"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half_written = path.with_suffix(".part.npy")
        np.save(half_written, make_labels(spec))
        half_written.replace(path)
    return Scene(spec, np.load(path, mmap_mode="r"))


def make_labels(spec: SceneSpec) -> Labels:
    """(H, W) label map of a scene. Raises ValueError when a segment would be left without a pixel."""
    height = spec.size_hw[0]
    labels = np.zeros(spec.size_hw, dtype=np.uint16)
    if spec.segments == 0:
        return labels
    sites = _Sites.of(spec)
    for top in range(0, height, BAND_ROWS):
        rows = range(top, min(top + BAND_ROWS, height))
        labels[rows[0] : rows[-1] + 1] = sites.nearest(*_displaced_centres(spec, rows=rows))
    found = np.count_nonzero(np.bincount(labels.ravel(), minlength=spec.segments + 1)[1:])
    if found != spec.segments:
        raise ValueError(f"scene {spec.name}: {found} segments have pixels, not {spec.segments}; take another seed")
    return labels


def roughness(labels: npt.NDArray[np.integer]) -> Roughness:
    """How winding the borders of an (H, W) map are; the edge of the image is no border."""
    across = int(np.count_nonzero(labels[:, 1:] != labels[:, :-1]))
    down = int(np.count_nonzero(labels[1:] != labels[:-1]))
    areas = np.bincount(labels.ravel())
    areas = areas[areas > 0]
    outline = 2 * (across + down)
    return Roughness(
        border_px=across + down,
        border_px_per_segment=outline // len(areas),
        mean_run_px=round(labels.size / (across + labels.shape[0]), 1),
        winding=round(outline / float(np.sum(4 * np.sqrt(areas))), 2),
    )


def _displaced_centres(spec: SceneSpec, *, rows: range) -> tuple[I32, I32]:
    """Two (rows, W) arrays in 1/16 px: where the pixel centres of these rows come to lie."""
    width = spec.size_hw[1]
    xs = np.arange(width, dtype=np.int32) * np.int32(SUBPIXEL) + np.int32(SUBPIXEL // 2)
    ys = np.arange(rows[0], rows[-1] + 1, dtype=np.int32) * np.int32(SUBPIXEL) + np.int32(SUBPIXEL // 2)
    moved = []
    for axis, start in enumerate((xs[None, :], ys[:, None])):
        total = np.broadcast_to(start, (len(rows), width)).copy()
        for octave, (spacing_log2, amplitude) in enumerate(ROUGHNESS):
            total += value_noise_band(
                spec.seed,
                16 + 2 * octave + axis,
                rows=rows,
                width=width,
                spacing_log2=spacing_log2,
                amplitude=amplitude,
            )
        moved.append(total)
    return moved[0], moved[1]


@dataclass(frozen=True, slots=True)
class _Sites:
    """One site a cell, with a rim of unreachable ones around, so that a search needs no edge cases.

    A site keeps 3/16 of the cell away from the cell's edges: then the nearest site of a point lies in its own cell or
    in one of the eight around it, and nine comparisons are exact.
    """

    cell_hw: tuple[int, int]
    xs: I32
    ys: I32
    owners: Labels

    @classmethod
    def of(cls, spec: SceneSpec) -> "_Sites":
        height, width = spec.size_hw
        rows, columns = _grid(spec)
        cell_h, cell_w = -(-height * SUBPIXEL // rows), -(-width * SUBPIXEL // columns)
        counters = np.arange(rows * columns, dtype=np.uint64).reshape(rows, columns)
        free_h, free_w = cell_h * 5 // 8, cell_w * 5 // 8
        ys = np.arange(rows)[:, None] * cell_h + cell_h * 3 // 16 + below(spec.seed, 1, counters, free_h)
        xs = np.arange(columns)[None, :] * cell_w + cell_w * 3 // 16 + below(spec.seed, 2, counters, free_w)
        owners = _owners(spec, rows * columns).reshape(rows, columns)
        return cls(
            (cell_h, cell_w),
            _rimmed(xs, low=-3 * cell_w, high=(columns + 3) * cell_w, axis=1),
            _rimmed(ys, low=-3 * cell_h, high=(rows + 3) * cell_h, axis=0),
            np.pad(owners, 1),
        )

    def nearest(self, xs: I32, ys: I32) -> Labels:
        """Owner of the nearest site for each point; on equal distance the upper, then the left site has it."""
        columns = self.xs.shape[1]
        cell_h, cell_w = self.cell_hw
        cell_x = np.clip(xs // np.int32(cell_w), 0, columns - 3)
        cell_y = np.clip(ys // np.int32(cell_h), 0, self.xs.shape[0] - 3)
        corner = cell_y * np.int32(columns) + cell_x
        flat_x, flat_y = self.xs.ravel(), self.ys.ravel()
        best = np.full(xs.shape, np.iinfo(np.int32).max, dtype=np.int32)
        best_site = np.zeros(xs.shape, dtype=np.int32)
        for down in range(3):
            for right in range(3):
                site = corner + np.int32(down * columns + right)
                dx, dy = flat_x[site] - xs, flat_y[site] - ys
                distance = dx * dx + dy * dy
                nearer = distance < best
                np.copyto(best, distance, where=nearer)
                np.copyto(best_site, site, where=nearer)
        return self.owners.ravel()[best_site]


def _grid(spec: SceneSpec) -> tuple[int, int]:
    """Rows and columns of nearly square cells: a third more than there are things, and one for each stuff class."""
    height, width = spec.size_hw
    wanted = max(spec.thing_count * 4 // 3, spec.thing_count + len(STUFF_NAMES))
    rows = 1
    while rows * max(rows * width // height, 1) < wanted:
        rows += 1
    return rows, max(rows * width // height, 1)


def _owners(spec: SceneSpec, cells: int) -> Labels:
    """Segment of each cell: things in a shuffled choice of cells, stuff classes in turn in the others."""
    order = np.argsort(hashed(spec.seed, 3, np.arange(cells)), kind="stable")
    stuff = len(STUFF_NAMES)
    owners = np.zeros(cells, dtype=np.uint16)
    owners[order[: spec.thing_count]] = stuff + 1 + np.arange(spec.thing_count)
    rest = order[spec.thing_count :]
    owners[rest] = 1 + np.arange(len(rest)) % stuff
    return owners


def _rimmed(values: npt.NDArray[np.integer], *, low: int, high: int, axis: int) -> I32:
    """The sites' coordinates with a rim of one cell that lies three cells outside along ``axis``."""
    rimmed = np.pad(values, 1, mode="edge").astype(np.int32)
    first, last = (0, slice(None)), (-1, slice(None))
    rimmed[first if axis == 0 else first[::-1]] = low
    rimmed[last if axis == 0 else last[::-1]] = high
    return rimmed
