# SPDX-License-Identifier: Apache-2.0
"""The demo: built once, found afterwards, labelled as it should be, and passed on as its licences ask."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx
import numpy as np
import pytest

from intarsia.core.errors import IntarsiaError
from intarsia.demo.builder import editor_path, ensure_demo
from intarsia.demo.drawing import demo_file, drawn_outlines, instance_mask
from intarsia.demo.projects import DEMO_PROJECTS, STREET
from intarsia.sdk import Client

IMAGES = sum(len(project.images) for project in DEMO_PROJECTS)


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo") / "data"


@pytest.fixture(scope="module")
def client(data_dir: Path) -> Iterator[Client]:
    with Client.local(data_dir) as client:
        yield client


@pytest.fixture(scope="module")
def path(client: Client, data_dir: Path) -> str:
    told: list[tuple[int, int]] = []
    path = ensure_demo(client, data_dir=data_dir, progress=lambda done, total: told.append((done, total)))
    assert told == [(done, IMAGES) for done in range(IMAGES + 1)]
    return path


def test_it_opens_the_street_photograph_partly_labelled(client: Client, path: str) -> None:
    task = client.tasks.get(path.rsplit("/", 1)[-1])
    assert path == f"/p/{task.project.id}/t/{task.id}"
    assert (task.project.name, task.asset.name, task.state) == ("Street", "ice-cream-truck.jpg", "open")
    grid = client.annotations.label_map(task)
    assert 0.55 < np.count_nonzero(grid) / grid.size < 0.70
    names = {c.number: c.name for c in task.ontology.classes}
    areas: dict[str, int] = {}
    for segment in task.annotation.segments:
        name = names[segment.class_number]
        areas[name] = areas.get(name, 0) + int((grid == segment.id).sum())
    assert set(areas) == {"Car", "Road", "Person", "Building", "Truck", "Sign", "Traffic light", "Pole"}
    assert areas["Truck"] > 40_000 and areas["Road"] > 90_000 and areas["Person"] > 3_500
    # what is left to do: the sky above, and the pick-up whose place was kept free
    assert not grid[:60, 200:600].any() and not grid[225:235, 515:600].any()
    assert [c.key for c in task.ontology.classes[:9]] == list("123456789") and task.ontology.classes[0].name == "Car"


def test_every_image_is_there_and_the_next_one_is_reachable(client: Client, path: str) -> None:
    by_name = {project.name: project for project in client.projects.list()}
    assert set(by_name) == {plan.name for plan in DEMO_PROJECTS}
    for plan in DEMO_PROJECTS:
        tasks = list(client.tasks.list(by_name[plan.name].id))
        assert [task.asset_name for task in tasks] == [image.file for image in plan.images]
        for task, image in zip(tasks, plan.images, strict=True):
            assert (task.labelled_fraction > 0) == bool(image.outlines or image.instances)
    assert client.tasks.get(path.rsplit("/", 1)[-1]).next_task_id


def test_all_nuclei_of_the_labelled_picture_are_things_of_their_own(client: Client, path: str) -> None:
    project = client.projects.find("Nuclei")
    first = client.tasks.get(next(iter(client.tasks.list(project.id))).id)
    assert len(first.annotation.segments) == 90
    grid = client.annotations.label_map(first)
    assert len(np.unique(grid)) == 91
    assert np.count_nonzero(grid) == np.count_nonzero(
        instance_mask("nuclei-b76ff33a.instances.png", class_number=1).ids
    )


def test_a_second_start_makes_nothing_again_and_gives_the_same_place(client: Client, path: str, data_dir: Path) -> None:
    before = [(p.id, p.task_count) for p in client.projects.list()]
    again = ensure_demo(client, data_dir=data_dir, progress=lambda done, total: pytest.fail("nothing is left to make"))
    assert again == path == editor_path(data_dir)
    assert [(p.id, p.task_count) for p in client.projects.list()] == before


def test_an_interrupted_first_start_is_finished_by_the_next(tmp_path: Path) -> None:
    class Cut(Exception):
        pass

    def cut(done: int, total: int) -> None:
        if done == 2:
            raise Cut

    with Client.local(tmp_path / "data") as client:
        with pytest.raises(Cut):
            ensure_demo(client, data_dir=tmp_path / "data", progress=cut)
        assert editor_path(tmp_path / "data") == ""
        path = ensure_demo(client, data_dir=tmp_path / "data", progress=lambda done, total: None)
        assert sum(project.task_count for project in client.projects.list()) == IMAGES
        assert len(client.projects.list()) == len(DEMO_PROJECTS)
        task = client.tasks.get(path.rsplit("/", 1)[-1])
        assert task.annotation.revision == 1, "labels that were written are not written twice"


def test_a_demo_whose_first_image_is_gone_opens_the_home_screen(tmp_path: Path) -> None:
    mark = {"version": 1, "editor_path": "/p/prj_x/t/tsk_01890a5dac96774bbcceb302099a8057"}
    (tmp_path / "demo.json").write_text(json.dumps(mark))
    gone = httpx.Response(404, json={"error": {"code": "not_found", "message": "gone", "details": {}}})
    with Client("http://test", transport=httpx.MockTransport(lambda _: gone)) as client:
        assert ensure_demo(client, data_dir=tmp_path, progress=lambda done, total: None) == "/"


def test_outlines_leave_no_gap_where_they_were_drawn_over_each_other() -> None:
    drawn = drawn_outlines("ice-cream-truck.json", ontology=STREET.ontology(), size_hw=(480, 640))
    road = next(c.number for c in STREET.ontology().classes if c.name == "Road")
    # under the truck's wheels the road begins right where the truck ends
    for x in (220, 280, 350):
        column = drawn.ids[200:330, x]
        truck_end = int(np.flatnonzero(np.isin(column, list(drawn.things)))[-1])
        assert column[truck_end + 1] == road


def test_the_notice_names_every_picture_with_its_hash_and_licence() -> None:
    notice = demo_file("NOTICE.md").read_text(encoding="utf-8")
    names = [entry.name for entry in files("intarsia.demo").joinpath("data").iterdir()]
    for name in names:
        assert name == "NOTICE.md" or name in notice, f"{name} is not in the notice"
    for row in re.findall(r"\| (\S+\.jpg) \|.*\| ([0-9a-f]{64}) \|", notice):
        assert hashlib.sha256(demo_file(row[0]).read_bytes()).hexdigest() == row[1]
    assert len(re.findall(r"[0-9a-f]{64} \|", notice)) == 3
    assert all(f"licenses/by/{v}/" in notice for v in ("2.0", "4.0")) and "CC0" in notice
    assert sum(len(demo_file(name).read_bytes()) for name in names) < 1_500_000


def test_a_server_that_refuses_ends_the_build_with_its_reason(tmp_path: Path) -> None:
    refusal = httpx.Response(403, json={"error": {"code": "forbidden", "message": "not yours", "details": {}}})
    transport = httpx.MockTransport(lambda _: refusal)
    with Client("http://test", transport=transport) as client, pytest.raises(IntarsiaError, match="not yours"):
        ensure_demo(client, data_dir=tmp_path, progress=lambda done, total: None)
    assert editor_path(tmp_path) == ""
