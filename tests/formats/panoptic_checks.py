# SPDX-License-Identifier: Apache-2.0
"""What COCO's published panoptic evaluator demands of a result, written anew from its specification.

It shares no code with the format: PNGs are decoded by Pillow and ids put together here.
"""

from __future__ import annotations

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from PIL import Image

VOID = 0


@dataclass(frozen=True)
class Panoptic:
    """A panoptic result: the JSON, and the id grid of each annotation by image id."""

    document: dict  # type: ignore[type-arg]
    ids: Mapping[int, np.ndarray]

    @property
    def annotations(self) -> dict[int, dict]:  # type: ignore[type-arg]
        return {annotation["image_id"]: annotation for annotation in self.document["annotations"]}

    @property
    def categories(self) -> dict[int, dict]:  # type: ignore[type-arg]
        return {category["id"]: category for category in self.document["categories"]}


def load_panoptic(
    members: Mapping[str, bytes], *, json_name: str = "panoptic.json", folder: str = "panoptic"
) -> Panoptic:
    document = json.loads(members[json_name])
    ids = {a["image_id"]: rgb2id(members[f"{folder}/{a['file_name']}"]) for a in document["annotations"]}
    return Panoptic(document, ids)


def rgb2id(png: bytes) -> np.ndarray:
    image = Image.open(io.BytesIO(png))
    assert image.mode == "RGB", f"the evaluator reads RGB, not {image.mode}"
    rgb = np.asarray(image).astype(np.int64)
    return rgb[..., 0] + 256 * rgb[..., 1] + 256 * 256 * rgb[..., 2]


def faults(result: Panoptic) -> list[str]:
    """Everything that the evaluator would refuse, or that the format's definition forbids; empty when all is well."""
    found: list[str] = []
    images = {image["id"]: image for image in result.document["images"]}
    if len(images) != len(result.document["images"]):
        found.append("image ids are not unique")
    if len(result.categories) != len(result.document["categories"]):
        found.append("category ids are not unique")
    if len(result.annotations) != len(result.document["annotations"]):
        found.append("two annotations for one image")
    for category in result.document["categories"]:
        if category["isthing"] not in (0, 1):
            found.append(f"category {category['id']}: isthing is {category['isthing']}")
    for image_id, annotation in result.annotations.items():
        image = images.get(image_id)
        if image is None:
            found.append(f"annotation of unknown image {image_id}")
            continue
        grid = result.ids[image_id]
        if grid.shape != (image["height"], image["width"]):
            found.append(f"image {image_id}: PNG {grid.shape} but JSON {image['height']} x {image['width']}")
        found += [f"image {image_id}: {text}" for text in _segment_faults(grid, annotation, result.categories)]
    return found


def _segment_faults(grid: np.ndarray, annotation: dict, categories: dict[int, dict]) -> list[str]:  # type: ignore[type-arg]
    found: list[str] = []
    infos = {info["id"]: info for info in annotation["segments_info"]}
    if len(infos) != len(annotation["segments_info"]):
        found.append("segment ids are not unique")
    present = set(np.unique(grid).tolist()) - {VOID}
    found += [f"id {segment_id} in the PNG but not in the JSON" for segment_id in sorted(present - infos.keys())]
    found += [f"id {segment_id} in the JSON but not in the PNG" for segment_id in sorted(infos.keys() - present)]
    for segment_id, info in infos.items():
        if info["category_id"] not in categories:
            found.append(f"id {segment_id}: unknown category {info['category_id']}")
        if info["iscrowd"] not in (0, 1):
            found.append(f"id {segment_id}: iscrowd is {info['iscrowd']}")
        ys, xs = np.nonzero(grid == segment_id)
        if len(ys) == 0:
            continue
        if info["area"] != len(ys):
            found.append(f"id {segment_id}: area {info['area']} but {len(ys)} px")
        box = [int(xs.min()), int(ys.min()), int(xs.max() - xs.min() + 1), int(ys.max() - ys.min() + 1)]
        if info["bbox"] != box:
            found.append(f"id {segment_id}: bbox {info['bbox']} but {box}")
    return found


@dataclass(frozen=True)
class Quality:
    """Panoptic quality over all categories that occur, and the counts behind it."""

    pq: float
    true_positives: int
    false_positives: int
    false_negatives: int


def panoptic_quality(truth: Panoptic, predicted: Panoptic) -> Quality:
    """PQ as published: a match is an IoU above 0.5 of one category; void and crowd of the truth never count against."""
    counts = {category: [0.0, 0, 0, 0] for category in truth.categories}
    for image_id, gt_annotation in truth.annotations.items():
        _count(
            truth.ids[image_id],
            predicted.ids[image_id],
            {info["id"]: info for info in gt_annotation["segments_info"]},
            {info["id"]: info for info in predicted.annotations[image_id]["segments_info"]},
            counts,
        )
    scores = [iou / (tp + fp / 2 + fn / 2) for iou, tp, fp, fn in counts.values() if tp + fp + fn > 0]
    total = [sum(row[i] for row in counts.values()) for i in (1, 2, 3)]
    return Quality(sum(scores) / len(scores) if scores else 0.0, *(int(value) for value in total))


def _count(
    gt_ids: np.ndarray,
    pred_ids: np.ndarray,
    gt: dict[int, dict],
    pred: dict[int, dict],
    counts: dict[int, list],  # type: ignore[type-arg]
) -> None:
    pairs, sizes = np.unique(np.stack([gt_ids.ravel(), pred_ids.ravel()]), axis=1, return_counts=True)
    overlap = {(int(a), int(b)): int(n) for (a, b), n in zip(pairs.T, sizes, strict=True)}
    area = {segment_id: int((pred_ids == segment_id).sum()) for segment_id in pred}
    gt_matched, pred_matched = set(), set()
    for (gt_id, pred_id), common in overlap.items():
        if gt_id not in gt or pred_id not in pred or gt[gt_id]["iscrowd"]:
            continue
        category = gt[gt_id]["category_id"]
        if category != pred[pred_id]["category_id"]:
            continue
        union = area[pred_id] + gt[gt_id]["area"] - common - overlap.get((VOID, pred_id), 0)
        if common / union > 0.5:
            counts[category][0] += common / union
            counts[category][1] += 1
            gt_matched.add(gt_id)
            pred_matched.add(pred_id)
    crowd = {info["category_id"]: segment_id for segment_id, info in gt.items() if info["iscrowd"]}
    for segment_id, info in gt.items():
        if segment_id not in gt_matched and not info["iscrowd"]:
            counts[info["category_id"]][3] += 1
    for segment_id, info in pred.items():
        if segment_id in pred_matched:
            continue
        spared = overlap.get((VOID, segment_id), 0)
        if info["category_id"] in crowd:
            spared += overlap.get((crowd[info["category_id"]], segment_id), 0)
        if spared / area[segment_id] <= 0.5:
            counts[info["category_id"]][2] += 1
