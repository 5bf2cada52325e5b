# SPDX-License-Identifier: Apache-2.0
"""Real ground truth goes in, is opened in the editor, and comes out with 0 pixels changed."""

import io
import json
import time
import zipfile
from pathlib import Path

import numpy as np
from PIL import Image

from .editor_page import EditorPage
from .project import posted
from .server_process import ServerProcess
from .test_first_thread import finished_export


def imported(server: ServerProcess, *, name: str, slug: str, archive: bytes) -> dict:  # type: ignore[type-arg]
    """A new project filled from a zip; returns it after the import job is done."""
    project = posted(server.client, "/projects", {"name": name})
    job = (
        server.client.post(
            f"/projects/{project['id']}/imports", params={"format": slug, "name": f"{name}.zip"}, content=archive
        )
        .raise_for_status()
        .json()
    )
    deadline = time.monotonic() + 120
    while job["state"] in ("queued", "running") and time.monotonic() < deadline:
        time.sleep(0.1)
        job = server.client.get(f"/jobs/{job['id']}").json()
    assert job["state"] == "done", job
    answer: dict = server.client.get(f"/projects/{project['id']}").json()  # type: ignore[type-arg]
    return answer


def zipped(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def open_each(server: ServerProcess, editor: EditorPage, project_id: str) -> int:
    """Open every task in the editor; its checksum must be the server's. Returns how many there were."""
    tasks = server.client.get(f"/projects/{project_id}/tasks").json()["tasks"]
    for task in tasks:
        detail = server.client.get(f"/tasks/{task['id']}").json()
        editor.open(f"/p/{project_id}/t/{task['id']}")
        assert editor.checksum() == detail["annotation"]["checksums"]["main"]
    return len(tasks)


def camvid_archive(folder: Path) -> tuple[bytes, dict[str, np.ndarray]]:
    """CamVid as a semantic index PNG dataset: images, labels, and the class table with 11 = ignore."""
    names = [
        "Sky",
        "Building",
        "Pole",
        "Road",
        "Pavement",
        "Tree",
        "SignSymbol",
        "Fence",
        "Car",
        "Pedestrian",
        "Bicyclist",
        "Unlabelled",
    ]
    things = {"Pole", "SignSymbol", "Car", "Pedestrian", "Bicyclist"}
    classes = [
        {"index": index, "name": name, "kind": "ignore" if index == 11 else "thing" if name in things else "stuff"}
        for index, name in enumerate(names)
    ]
    members = {"classes.json": json.dumps({"unlabelled": None, "classes": classes}).encode()}
    truth = {}
    for label in sorted((folder / "labels").glob("*.png")):
        image = next(folder.glob(f"images/{label.stem}.*"))
        members[f"images/{image.name}"] = image.read_bytes()
        members[f"labels/{label.stem}.png"] = label.read_bytes()
        truth[label.stem] = np.asarray(Image.open(label))
    return zipped(members), truth


def test_camvid_class_maps_come_back_unchanged(server: ServerProcess, editor: EditorPage, ground_truth: Path) -> None:
    archive, truth = camvid_archive(ground_truth / "groundtruth" / "driving" / "camvid")
    project = imported(server, name="CamVid", slug="semantic-png", archive=archive)
    assert open_each(server, editor, project["id"]) == len(truth) == 18
    exported = finished_export(server.client, project["id"], slug="semantic-png")
    table = {entry["name"]: entry["index"] for entry in json.loads(exported.read("classes.json"))["classes"]}
    names = [
        "Sky",
        "Building",
        "Pole",
        "Road",
        "Pavement",
        "Tree",
        "SignSymbol",
        "Fence",
        "Car",
        "Pedestrian",
        "Bicyclist",
        "Unlabelled",
    ]
    lookup = np.array([table[name] for name in names])
    for stem, labels in truth.items():
        out = np.asarray(Image.open(io.BytesIO(exported.read(f"labels/{stem}.png"))))
        assert np.count_nonzero(out != lookup[labels]) == 0, stem


def test_coco_panoptic_sample_comes_back_unchanged(
    server: ServerProcess, editor: EditorPage, ground_truth: Path
) -> None:
    folder = ground_truth / "formats" / "coco_panoptic" / "panopticapi_sample"
    members = {"panoptic.json": (folder / "panoptic_examples.json").read_bytes()}
    members |= {
        f"panoptic/{png.name}": png.read_bytes() for png in sorted((folder / "panoptic_examples").glob("*.png"))
    }
    members |= {f"images/{jpg.name}": jpg.read_bytes() for jpg in sorted((folder / "input_images").glob("*.jpg"))}
    project = imported(server, name="Panoptic sample", slug="coco-panoptic", archive=zipped(members))
    assert open_each(server, editor, project["id"]) == 2
    exported = finished_export(server.client, project["id"], slug="coco-panoptic")
    assert differing_pixels(members, exported) == 0


def panoptic_by_image(names: list[str], read: object, document: dict) -> dict[str, dict[str, object]]:  # type: ignore[type-arg]
    """Per image stem: the id grid, and per id the category's name and whether it is a crowd."""
    categories = {category["id"]: category["name"] for category in document["categories"]}
    found = {}
    for annotation in document["annotations"]:
        name = next(name for name in names if name.endswith(annotation["file_name"]))
        rgb = np.asarray(Image.open(io.BytesIO(read(name))).convert("RGB")).astype(np.int64)  # type: ignore[operator]
        ids = rgb[..., 0] + 256 * rgb[..., 1] + 65536 * rgb[..., 2]
        meaning = {
            entry["id"]: (categories[entry["category_id"]], entry["iscrowd"]) for entry in annotation["segments_info"]
        }
        found[Path(annotation["file_name"]).stem] = {"ids": ids, "meaning": meaning}
    return found


def differing_pixels(members: dict[str, bytes], exported: zipfile.ZipFile) -> int:
    """Pixels whose (category, crowd) differ, plus those that break the one-to-one match of segments."""
    before = panoptic_by_image(list(members), members.__getitem__, json.loads(members["panoptic.json"]))
    json_name = next(name for name in exported.namelist() if name.endswith(".json") and "panoptic" in name)
    after = panoptic_by_image(exported.namelist(), exported.read, json.loads(exported.read(json_name)))
    assert before.keys() == after.keys()
    different = 0
    for stem, old in before.items():
        new = after[stem]
        pairs, counts = np.unique(np.stack([old["ids"].ravel(), new["ids"].ravel()]), axis=1, return_counts=True)  # type: ignore[union-attr,attr-defined]
        kept = dict(zip(map(tuple, pairs.T.tolist()), counts.tolist(), strict=True))
        partners = {}
        for (old_id, new_id), count in kept.items():
            same = (
                old["meaning"].get(old_id) == new["meaning"].get(new_id)
                and partners.setdefault(old_id, new_id) == new_id
            )  # type: ignore[union-attr,attr-defined]
            different += 0 if same else count
        assert len(old["meaning"]) == len(new["meaning"])  # type: ignore[arg-type]
    return different
