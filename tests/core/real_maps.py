# SPDX-License-Identifier: Apache-2.0
"""Label maps of real data sets that may not be redistributed and lie beside the project where its makers have them."""

from __future__ import annotations

import gzip
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from .matlab_file import read_matlab

Ids = NDArray[np.uint32]
FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "dev" / "groundtruth"
WHY_SKIPPED = "the folder of real images with ground truth is not here; it may not be redistributed"


def real_maps(group: str) -> Iterator[tuple[str, Ids]]:
    """(name, (H, W) ids) of every label map of one group of GROUPS."""
    for name, ids in GROUPS[group]():
        yield name, np.ascontiguousarray(ids).astype(np.uint32)


def _images(pattern: str) -> Iterator[tuple[str, Ids]]:
    for path in sorted(FOLDER.glob(pattern)):
        yield path.stem, np.asarray(Image.open(path))


def _ade20k() -> Iterator[tuple[str, Ids]]:
    """Class and instance of each pixel of the whole objects, and of their parts."""
    for path in sorted(FOLDER.glob("driving/ade20k_2021_street/*.png")):
        rgb = np.asarray(Image.open(path).convert("RGB")).astype(np.uint32)
        yield path.stem, (rgb[..., 0] // 10 * 256 + rgb[..., 1]) * 256 + rgb[..., 2]


def _nuclei() -> Iterator[tuple[str, Ids]]:
    """One mask per nucleus, laid into one map; none overlap."""
    for folder in sorted(FOLDER.glob("medical/dsb2018_nuclei/*/masks")):
        masks = [np.asarray(Image.open(path)) for path in sorted(folder.glob("*.png"))]
        ids = np.zeros(masks[0].shape[:2], np.uint32)
        for number, mask in enumerate(masks, start=1):
            ids[mask.reshape(*ids.shape, -1)[..., 0] > 0] = number
        yield folder.parent.name[:8], ids


def _fundus() -> Iterator[tuple[str, Ids]]:
    for path in sorted(FOLDER.glob("medical/refuge_fundus/ann/*.png")):
        yield path.stem, np.asarray(Image.open(path))[..., 0]


def _liver() -> Iterator[tuple[str, Ids]]:
    for path in sorted(FOLDER.glob("medical/ct_liver_dcmqi/*.nrrd")):
        head, _, packed = path.read_bytes().partition(b"\n\n")
        fields = dict(line.split(": ", 1) for line in head.decode("ascii").splitlines() if ": " in line)
        width, height, depth = (int(side) for side in fields["sizes"].split())
        volume = np.frombuffer(gzip.decompress(packed), "<i2").reshape(depth, height, width)
        for z in range(depth):
            yield f"{path.stem}-{z}", volume[z]


def _fashion() -> Iterator[tuple[str, Ids]]:
    for path in sorted(FOLDER.glob("retail/ccp_fashion/annotations/pixel-level/*.mat")):
        yield path.stem, read_matlab(path.read_bytes())["groundtruth"]


def _bsds() -> Iterator[tuple[str, Ids]]:
    """The segmentation of every person who drew one."""
    for path in sorted(FOLDER.glob("interactive/*/*roundTruth/*.mat")):
        for person, drawing in enumerate(read_matlab(path.read_bytes())["groundTruth"]):
            yield f"{path.stem}-{person}", drawing[0]["Segmentation"]


GROUPS: dict[str, Callable[[], Iterator[tuple[str, Ids]]]] = {
    "camvid": lambda: _images("driving/camvid/labels/*.png"),
    "camvid_series": lambda: _images("driving/camvid_series/labels/*.png"),
    "ade20k": _ade20k,
    "nuclei": _nuclei,
    "stardist": lambda: _images("medical/stardist_16bit/mask2d.tif"),
    "retina": lambda: _images("medical/drive_retina/*_manual/*.gif"),
    "fundus": _fundus,
    "liver": _liver,
    "fashion": _fashion,
    "shelf": lambda: _images("retail/apc_shelf_labelme/*/label.png"),
    "grabcut": lambda: _images("interactive/grabcut_bsds/ground-truth/*.png"),
    "bsds": _bsds,
}
MAPS_IN_GROUP = {
    "camvid": 18,
    "camvid_series": 337,
    "ade20k": 5,
    "nuclei": 12,
    "stardist": 1,
    "retina": 8,
    "fundus": 1,
    "liver": 9,
    "fashion": 10,
    "shelf": 1,
    "grabcut": 12,
    "bsds": 130,
}
