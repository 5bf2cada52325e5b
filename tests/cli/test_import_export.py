# SPDX-License-Identifier: Apache-2.0
"""A folder goes in by one command and comes out by another with 0 pixels changed."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from intarsia.formats.registry import BUILT_IN
from tests.formats.dataset import png_of, png_photo, shared
from tests.formats.panoptic_checks import faults, load_panoptic

from .conftest import Ran

Run = Callable[..., Ran]
NAMES = ("Sky", "Building", "Pole", "Road", "Car", "Void")
KINDS = ("stuff", "stuff", "thing", "stuff", "thing", "ignore")
TABLE = {"classes": [{"index": i, "name": n, "kind": k} for i, (n, k) in enumerate(zip(NAMES, KINDS, strict=True))]}


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    """A folder as CamVid's: images/, labels/ with index 0 = Sky and the last one = ignore; no table in it."""
    rng = np.random.default_rng(7)
    for folder in ("images", "labels"):
        (tmp_path / "drive" / folder).mkdir(parents=True)
    for i in range(3):
        size_hw = (60 + i, 300)
        blocks = rng.integers(0, 6, (8, 30))
        labels = np.kron(blocks, np.ones((9, 10), np.int64))[: size_hw[0], : size_hw[1]]
        (tmp_path / "drive" / "images" / f"frame {i}.png").write_bytes(png_photo(size_hw, seed=i))
        (tmp_path / "drive" / "labels" / f"frame {i}.png").write_bytes(png_of(labels, "L"))
    (tmp_path / "table.json").write_text(json.dumps(TABLE))
    return tmp_path / "drive"


def mask(archive: zipfile.ZipFile, name: str) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(archive.read(name)))).astype(np.int64)


def test_index_masks_in_and_out_with_0_pixels_changed(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    came = intarsia("import", drive, "--project", "Drive", "--classes", table, "--json")
    assert came.code == 0, came.err
    assert (came.json["format"], came.json["images"], came.json["tasks"]) == ("semantic-png", 3, 3)
    assert came.json["problems"] == []

    plain, same = tmp_path / "plain.zip", tmp_path / "same.zip"
    went = intarsia("export", "Drive", "--format", "semantic-png", "--out", plain, "--json")
    assert went.code == 0 and went.json["images"] == 3 and went.json["byte_size"] == plain.stat().st_size
    assert intarsia("export", "Drive", "--format", "semantic-png", "--classes", table, "--out", same).code == 0
    with zipfile.ZipFile(plain) as one, zipfile.ZipFile(same) as other:
        written = {entry["name"]: entry["index"] for entry in json.loads(one.read("classes.json"))["classes"]}
        lookup = np.array([written[name] for name in NAMES])
        for label in sorted((drive / "labels").iterdir()):
            truth = np.asarray(Image.open(label)).astype(np.int64)
            assert np.count_nonzero(mask(one, f"labels/{label.name}") != lookup[truth]) == 0
            assert np.count_nonzero(mask(other, f"labels/{label.name}") != truth) == 0
            assert one.read(f"images/{label.name}") == (drive / "images" / label.name).read_bytes()

    again = tmp_path / "again.zip"
    assert intarsia("export", "Drive", "--format", "semantic-png", "--out", again).code == 0
    assert again.read_bytes() == plain.read_bytes()


def test_the_panoptic_export_passes_the_evaluator_and_comes_back(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    intarsia("import", drive, "--project", "Round", "--classes", tmp_path / "table.json")
    first, second = tmp_path / "1.zip", tmp_path / "2.zip"
    went = intarsia("export", "Round", "--format", "coco-panoptic", "--out", first)
    assert went.code == 0 and "void" in went.err
    with zipfile.ZipFile(first) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert faults(load_panoptic(members)) == []
    back = intarsia("import", first, "--project", "Round again")
    assert back.code == 0 and "recognised as coco-panoptic" in back.err
    assert intarsia("export", "Round again", "--format", "coco-panoptic", "--out", second).code == 0
    assert second.read_bytes() == first.read_bytes()


def test_images_alone(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    came = intarsia("import", drive / "images", "--project", "Photos", "--json")
    assert came.code == 0 and (came.json["format"], came.json["images"], came.json["tasks"]) == ("images", 3, 3)
    assert "no labels recognised" in came.err
    twice = intarsia("import", drive / "images", "--project", came.json["project"]["id"], "--json")
    assert twice.code == 0 and twice.json["tasks"] == 3, "the same images are not added again"


def test_a_file_that_is_no_image_is_named_and_the_others_come_in(intarsia: Run, drive: Path) -> None:
    (drive / "images" / "broken.jpg").write_bytes(b"\xff\xd8\xff\xe0 nothing more")
    came = intarsia("import", drive / "images", "--project", "Broken one", "--json")
    assert came.code == 3 and came.json["images"] == 3
    assert [problem["where"] for problem in came.json["problems"]] == ["broken.jpg"]
    assert "broken.jpg" in came.err and "Traceback" not in came.err


def test_labels_that_do_not_fit_are_told_and_exit_code_3_says_so(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    (drive / "labels" / "frame 1.png").write_bytes(png_of(np.zeros((5, 5)), "L"))
    came = intarsia("import", drive, "--project", "Misfit", "--classes", tmp_path / "table.json")
    assert came.code == 3
    assert "labels/frame 1.png" in came.err and "5 x 5" in came.err and "300 x 61" in came.err
    assert came.out.startswith("3 images")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("import", "/no/such/folder"), "no such folder"),
        (("import", "FOLDER", "--format", "yolo"), "no format 'yolo'"),
        (("import", "FOLDER", "--project", "prj_00000000000070008000000000000000"), ""),
        (("export", "No such project", "--format", "coco-panoptic"), "no project called"),
        (("export", "Photos", "--format", "gif"), "it writes: coco-instances, coco-panoptic"),
        (("import", "FOLDER", "--classes", "/no/such/table.json"), "No such file"),
    ],
)
def test_mistakes_end_with_one_message_and_code_1(
    intarsia: Run, drive: Path, arguments: tuple[str, ...], told: str
) -> None:
    intarsia("import", drive / "images", "--project", "Photos")
    ran = intarsia(*[drive if word == "FOLDER" else word for word in arguments])
    assert ran.code == 1 and ran.out == ""
    assert "Error:" in ran.err and told in ran.err and "Traceback" not in ran.err


def test_a_folder_without_images_is_refused_before_a_project_is_made(intarsia: Run, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    ran = intarsia("import", tmp_path, "--project", "Never made")
    assert ran.code == 1 and "no image" in ran.err
    assert "no project called" in intarsia("export", "Never made", "--format", "semantic-png").err


def test_a_server_elsewhere_is_reached_by_address_and_token(intarsia: Run, data_dir: Path, drive: Path) -> None:
    link = intarsia("url").out.strip()
    origin, _, token = link.partition("/open#token=")
    came = intarsia(
        "import", drive / "images", "--url", origin, "--token", token, "--project", "Far", "--json", data=False
    )
    assert came.code == 0 and came.json["images"] == 3
    again = intarsia("import", drive / "images", "--url", origin, "--token", token, data=False)
    assert again.code == 1 and "token" in again.err.lower(), "a token lets in once"


def test_folders_inside_the_folder_keep_their_names_apart(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    for i, sub in enumerate(("left", "right")):
        (tmp_path / "cams" / sub).mkdir(parents=True)
        (tmp_path / "cams" / sub / "0001.png").write_bytes(png_photo((9, 9), seed=50 + i))
    assert intarsia("import", tmp_path / "cams", "--project", "Cams").code == 0
    assert intarsia("export", "Cams", "--format", "coco-panoptic", "--out", tmp_path / "cams.zip").code == 0
    names = zipfile.ZipFile(tmp_path / "cams.zip").namelist()
    assert [name for name in names if name.startswith("images/")] == ["images/left/0001.png", "images/right/0001.png"]


def test_an_archive_is_not_written_over_unless_told(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    intarsia("import", drive / "images", "--project", "Photos")
    out = tmp_path / "out.zip"
    out.write_bytes(b"precious")
    ran = intarsia("export", "Photos", "--format", "semantic-png", "--out", out)
    assert ran.code == 1 and "--force" in ran.err and out.read_bytes() == b"precious"
    assert intarsia("export", "Photos", "--format", "semantic-png", "--out", out, "--force").code == 0
    assert zipfile.is_zipfile(out) and list(tmp_path.glob("*.part")) == []


def test_a_table_that_does_not_fit_leaves_no_archive(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    intarsia("import", drive / "images", "--project", "Photos")
    table, out = tmp_path / "table.json", tmp_path / "x.zip"
    ran = intarsia("export", "Photos", "--format", "semantic-png", "--classes", table, "--out", out)
    assert ran.code == 1 and "unlabelled" in ran.err
    assert not out.exists() and list(tmp_path.glob("*.part")) == []


def test_formats_and_version_are_listed_for_people_and_programs(intarsia: Run) -> None:
    listed = intarsia("formats", "--json", data=False)
    slugs = [entry["slug"] for entry in listed.json]
    assert slugs == [entry.info.slug for entry in BUILT_IN]
    shown = intarsia("formats", data=False).out
    assert all(slug in shown for slug in slugs) and "segmentation=rle|polygons" in shown
    assert intarsia("version", "--json", data=False).json["version"] in intarsia("version", data=False).out


def test_camvids_ground_truth_through_the_command_line(intarsia: Run, tmp_path: Path) -> None:
    folder = shared("groundtruth", "driving", "camvid")
    names = ["Sky", "Building", "Pole", "Road", "Pavement", "Tree", "SignSymbol", "Fence", "Car", "Pedestrian"]
    names += ["Bicyclist", "Unlabelled"]
    kinds = ["stuff"] * 8 + ["thing"] * 3 + ["ignore"]
    entries = [{"index": i, "name": n, "kind": k} for i, (n, k) in enumerate(zip(names, kinds, strict=True))]
    table = tmp_path / "camvid.json"
    table.write_text(json.dumps({"classes": entries}))
    assert intarsia("import", folder, "--project", "CamVid", "--classes", table).code == 0
    out = tmp_path / "camvid.zip"
    assert intarsia("export", "CamVid", "--format", "semantic-png", "--classes", table, "--out", out).code == 0
    with zipfile.ZipFile(out) as archive:
        for label in sorted((folder / "labels").glob("*.png")):
            truth = np.asarray(Image.open(label)).astype(np.int64)
            assert np.count_nonzero(mask(archive, f"labels/{label.name}") != truth) == 0


def test_options_of_a_format_choose_how_it_is_written(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    intarsia("import", drive, "--project", "Choice", "--classes", tmp_path / "table.json")
    target = tmp_path / "polygons.zip"
    arguments = ("export", "Choice", "--format", "coco-instances", "--out", target)
    refused = intarsia(*arguments, "--option", "segmentation=circles")
    assert refused.code == 1 and "rle, polygons" in refused.err and not target.exists()
    assert intarsia(*arguments, "--option", "segmentation=polygons", "--option", "classes=things").code == 0
    with zipfile.ZipFile(target) as archive:
        document = json.loads(archive.read("annotations/instances.json"))
        report = json.loads(archive.read("loss-report.json"))
    assert {category["name"] for category in document["categories"]} == {"Pole", "Car"}
    assert any(isinstance(annotation["segmentation"], list) for annotation in document["annotations"])
    assert {"stuff_dropped", "polygons_by_centres"} <= {loss["code"] for loss in report["losses"]}


def test_inspect_says_what_an_import_would_read_and_leaves_no_trace(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    before = sorted(tmp_path.rglob("*"))
    found = intarsia("inspect", drive, "--classes", table, "--json", data=False)
    assert found.code == 0 and "semantic-png" in found.err
    assert (found.json["format"], found.json["images"], found.json["objects"]) == ("semantic-png", 3, 0)
    truth = np.concatenate([np.asarray(Image.open(path)).reshape(-1) for path in (drive / "labels").iterdir()])
    pixels = {entry["name"]: entry["area_px"] for entry in found.json["classes"]}
    assert pixels == {name: int((truth == i).sum()) for i, name in enumerate(NAMES)}
    shown = intarsia("inspect", drive, "--classes", table, data=False)
    assert "3 images (3 labelled, 3 with photograph)" in shown.out
    assert sorted(tmp_path.rglob("*")) == before


def test_inspect_ends_with_3_when_something_cannot_be_read(intarsia: Run, drive: Path, tmp_path: Path) -> None:
    (drive / "labels" / "frame 1.png").write_bytes(b"nothing")
    found = intarsia("inspect", drive, "--classes", tmp_path / "table.json", data=False)
    assert found.code == 3 and "labels/frame 1.png" in found.err and "not_png" in found.err
    assert intarsia("inspect", tmp_path / "none", data=False).code == 1
    unknown = intarsia("inspect", drive / "images", data=False)
    assert unknown.code == 1 and "no dataset that is recognised" in unknown.err
    assert intarsia("inspect", drive, "--format", "gif", data=False).code == 1
